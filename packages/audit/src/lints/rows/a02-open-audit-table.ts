import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** A log: a table that triggers of other tables write, and that is named so. */
export const lint: Lint = {
  id: 'A02',
  severity: 'error',
  title: 'The table that changes are logged in is open to API roles',
  nearMiss: 'A log in a schema of its own, which only its trigger writes.',
  references: ['CWE-778', 'CWE-732'],
  *find({ catalog, roles, policies, security, index, hasRole }) {
    const logged = new Map<string, string>()
    for (const relation of catalog.relations) {
      const key = qualifiedName(relation.schema, relation.name)
      for (const { function: signature } of relation.triggers) {
        for (const table of security.code[signature]?.writes ?? []) if (table !== key) logged.set(table, signature)
      }
    }
    for (const [table, signature] of logged) {
      const relation = index.relations.get(table)
      if (relation === undefined || !/(audit|history|(^|_)logs?($|_))/i.test(relation.name)) continue
      const open = roles.flatMap((role) => {
        const verbs = policies.held(role, table).filter((verb) => verb !== 'select')
        return verbs.length === 0 || hasRole(role, relation.owner) ? [] : [{ role, verbs }]
      })
      if (open.length === 0) continue
      const named = open.map(({ role, verbs }) => `${quoteIdentifier(role)}: ${verbs.join(', ')}`).join('; ')
      yield {
        object: table,
        message: `What is logged in ${table} can be forged or wiped out.`,
        evidence: `${signature} writes it; ${named}.`,
        fix: `REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ${table} FROM ${open.map(({ role }) => quoteIdentifier(role)).join(', ')};`,
        narrows: true,
      }
    }
  },
}
