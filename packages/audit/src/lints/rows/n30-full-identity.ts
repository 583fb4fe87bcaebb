import type { Lint } from '../../lint.js'

export const lint: Lint = {
  id: 'N30',
  severity: 'warning',
  title: 'Changes of a table with policies are published with all old values',
  nearMiss: 'The same table with its primary key as replica identity.',
  references: ['CWE-200'],
  *find({ security, index }) {
    const published = new Set(security.publications.flatMap(({ tables }) => tables.map(({ table }) => table)))
    for (const table of security.fullReplicaIdentity) {
      if (!published.has(table) || !index.relations.get(table)?.rowSecurity.enabled) continue
      yield {
        object: table,
        message: `Subscribers see every old value of ${table}, of deleted rows too.`,
        evidence: 'REPLICA IDENTITY FULL, and a publication has the table.',
        fix: `ALTER TABLE ${table} REPLICA IDENTITY DEFAULT;`,
        narrows: true,
      }
    }
  },
}
