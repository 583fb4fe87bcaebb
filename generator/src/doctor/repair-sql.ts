import { quoteIdentifier } from '@rolecast/catalog'
import type { GrantLink, Link, PolicyLink, RestrictiveLink } from './link.js'

/** What new and changed policies of a relation let through, as SQL. */
export type ConditionOf = (relation: string) => string

/** What gives these links, in as few statements as can be. */
export function repairSql(links: readonly Link[], conditionOf: ConditionOf = () => 'true'): readonly string[] {
  const grants = links.filter((link) => link.kind === 'grant')
  return [
    ...links.flatMap((link) => {
      const who = quoteIdentifier(link.who)
      switch (link.kind) {
        case 'usage':
          return [`GRANT USAGE ON SCHEMA ${quoteIdentifier(link.schema)} TO ${who}`]
        case 'function':
          return [`GRANT EXECUTE ON FUNCTION ${link.signature} TO ${who}`]
        case 'sequence':
          return [`GRANT USAGE ON SEQUENCE ${link.sequence} TO ${who}`]
        default:
          return []
      }
    }),
    ...grantsSql(grants),
    ...links.flatMap((link) => {
      if (link.kind === 'policy') return [createPolicy(link, conditionOf(link.relation))]
      return link.kind === 'restrictive' ? [alterPolicy(link, conditionOf(link.relation))] : []
    }),
  ]
}

interface Grants {
  readonly relation: string
  readonly to: string
  readonly onColumns: Map<string, string[]>
  readonly onRelation: string[]
}

function grantsSql(links: readonly GrantLink[]): readonly string[] {
  const groups = new Map<string, Grants>()
  for (const { relation, verb, column, who } of links) {
    const key = JSON.stringify([relation, who])
    const group: Grants = groups.get(key) ?? {
      onColumns: new Map(),
      onRelation: [],
      to: quoteIdentifier(who),
      relation,
    }
    groups.set(key, group)
    if (column === null) group.onRelation.push(verb.toUpperCase())
    else group.onColumns.set(verb, [...(group.onColumns.get(verb) ?? []), quoteIdentifier(column)])
  }
  return [...groups.values()].map(({ onColumns, onRelation, to, relation }) => {
    const privileges = [...onColumns].map(([verb, columns]) => `${verb.toUpperCase()} (${columns.join(', ')})`)
    return `GRANT ${[...privileges, ...onRelation].join(', ')} ON ${relation} TO ${to}`
  })
}

function createPolicy({ relation, verb, who }: PolicyLink, condition: string): string {
  const name = quoteIdentifier(`${who}_${verb}_${relation.replace(/^.*\./s, '')}`.replaceAll('"', '').slice(0, 60))
  const using = verb === 'insert' ? '' : ` USING (${condition})`
  const check = verb === 'insert' || verb === 'update' ? ` WITH CHECK (${condition})` : ''
  return `CREATE POLICY ${name} ON ${relation} FOR ${verb.toUpperCase()} TO ${quoteIdentifier(who)}${using}${check}`
}

/** For this role only. */
function alterPolicy({ relation, policy, using, check, who }: RestrictiveLink, condition: string): string {
  const only = `current_user = '${who.replaceAll("'", "''")}'`
  const wider = (old: string) => `((${old}) OR (${condition === 'true' ? only : `${only} AND (${condition})`}))`
  const parts = [
    ...(using === null ? [] : [` USING ${wider(using)}`]),
    ...(check === null ? [] : [` WITH CHECK ${wider(check)}`]),
  ]
  return `ALTER POLICY ${quoteIdentifier(policy)} ON ${relation}${parts.join('')}`
}
