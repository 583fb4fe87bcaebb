/** Whether a migration grants the API's roles something on tables, as projects have to that are granted nothing by default. */
export function grantsInstead(sql: string): boolean {
  return /\bgrant\s+(?!usage\b|execute\b)[^;]*?\bon\s+(?!function|routine|procedure|schema|sequence|type|all\s+(?:function|routine|sequence))[^;]*?\bto\s+[^;]*?\b(?:anon|authenticated)\b/i.test(
    sql,
  )
}

/** What is only there with an extension. */
const traces: Readonly<Record<string, RegExp>> = {
  pg_cron: /\bcron\.(?:schedule|unschedule|alter_job|job)/i,
  pg_net: /\bnet\.(?:http_|_http)/i,
  pgmq: /\bpgmq\.\w/i,
  vector: /\b(?:vector|halfvec|sparsevec)\s*\(\s*\d+\s*\)/i,
  postgis: /\b(?:geography|geometry)\s*\(|\bst_(?:point|makepoint|setsrid|dwithin|distance)\s*\(/i,
  http: /\bhttp_(?:get|post|put|delete)\s*\(/i,
  pg_trgm: /\bgin_trgm_ops\b|\bgist_trgm_ops\b/i,
}

/** Extensions that migrations use and none of them creates: somebody enabled them in the dashboard. */
export function enabledElsewhere(migrations: readonly string[]): readonly string[] {
  return Object.entries(traces)
    .filter(([name, trace]) => {
      const creates = new RegExp(`create\\s+extension\\s+(?:if\\s+not\\s+exists\\s+)?"?${name}\\b`, 'i')
      return migrations.some((sql) => trace.test(sql)) && !migrations.some((sql) => creates.test(sql))
    })
    .map(([name]) => name)
}
