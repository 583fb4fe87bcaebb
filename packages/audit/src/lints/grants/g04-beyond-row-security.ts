import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import { privilegesOf } from '../../acl.js'
import type { Lint } from '../../lint.js'

const needless: ReadonlySet<string> = new Set(['TRUNCATE', 'TRIGGER', 'REFERENCES', 'MAINTAIN'])

/** Row-level security holds none of them, and no request of the API needs them. */
export const lint: Lint = {
  id: 'G04',
  severity: 'error',
  title: 'An API role holds TRUNCATE, TRIGGER, REFERENCES or MAINTAIN',
  nearMiss: 'The same privileges of the owner.',
  references: ['CWE-732', 'CWE-863'],
  *find({ roles, exposedRelations, hasRole }) {
    for (const role of roles) {
      const held = exposedRelations.flatMap((relation) => {
        if (hasRole(role, relation.owner)) return []
        const privileges = privilegesOf(relation.acl, (grantee) => grantee === null || hasRole(role, grantee))
        const beyond = privileges.filter((privilege) => needless.has(privilege))
        return beyond.length === 0 ? [] : [{ key: qualifiedName(relation.schema, relation.name), beyond }]
      })
      const [first] = held
      if (first === undefined) continue
      const name = quoteIdentifier(role)
      const all = [...new Set(held.flatMap(({ beyond }) => beyond))].sort()
      yield {
        object: held.length === 1 ? first.key : name,
        role,
        message: `${name} holds ${all.join(', ')} on ${held.length === 1 ? first.key : `${held.length} relations`}; row-level security does not hold these.`,
        evidence: held.map(({ key, beyond }) => `${beyond.join(', ')} on ${key}`).join('; '),
        fix: held.map(({ key, beyond }) => `REVOKE ${beyond.join(', ')} ON ${key} FROM ${name}, PUBLIC;`).join(' '),
        narrows: true,
      }
    }
  },
}
