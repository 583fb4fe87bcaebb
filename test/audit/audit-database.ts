import { audit, type Finding, loadLints } from '@rolecast/audit'
import { type Catalog, introspect } from '@rolecast/catalog'
import { type Platform, startPostgres } from '@rolecast/embedded'
import pg from 'pg'

/** A database made of SQL files, and what it is judged by. */
export interface Situation {
  readonly sql: readonly string[]
  /** what is there before them */
  readonly platform?: Platform | undefined
  readonly schemas: readonly string[]
  readonly authenticator: string
  readonly anonymous: string
}

export interface Audited {
  readonly catalog: Catalog
  readonly findings: readonly Finding[]
  readonly policies: number
}

/** Makes the database, reads it as the authenticator's owner would, and audits it. */
export async function auditDatabase(situation: Situation): Promise<Audited> {
  const { sql, platform, schemas, authenticator, anonymous } = situation
  const server = await startPostgres({ sql: [...sql], platform, authentication: 'trust' })
  const client = new pg.Client({ connectionString: server.uri })
  try {
    await client.connect()
    const catalog = await introspect(client, { schemas, authenticator, security: true })
    const findings = audit(catalog, { schemas, authenticator, anonymous }, await loadLints())
    const policies = catalog.relations.reduce((sum, relation) => sum + relation.policies.length, 0)
    return { catalog, findings, policies }
  } finally {
    await client.end()
    await server.stop()
  }
}

/** How many findings there are, by id, the most first. */
export function countsOf(findings: readonly Finding[]): string {
  const counts = new Map<string, number>()
  for (const { id } of findings) counts.set(id, (counts.get(id) ?? 0) + 1)
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([id, count]) => `${id} ${count}`)
    .join(', ')
}

export const linesOf = (findings: readonly Finding[]): string =>
  findings
    .map(({ id, severity, object, role, message }) => `${id} ${severity} ${object} [${role ?? ''}] ${message}`)
    .join('\n')
