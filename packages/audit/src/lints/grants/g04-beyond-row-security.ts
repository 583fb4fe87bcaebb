import { qualifiedName, quoteIdentifier, type Relation } from '@rolecast/catalog'
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
    for (const grantee of granteesOf(exposedRelations)) {
      const held = exposedRelations.flatMap((relation) => {
        const holders = roles.filter(
          (role) => (grantee === null || hasRole(role, grantee)) && !hasRole(role, relation.owner),
        )
        const beyond = privilegesOf(relation.acl, (other) => other === grantee).filter((name) => needless.has(name))
        if (holders.length === 0 || beyond.length === 0) return []
        return [{ key: qualifiedName(relation.schema, relation.name), beyond, holders }]
      })
      const [first] = held
      if (first === undefined) continue
      const name = grantee === null ? 'PUBLIC' : quoteIdentifier(grantee)
      const holders = [...new Set(held.flatMap((item) => item.holders))]
      const [only] = holders
      const role = grantee !== null && holders.includes(grantee) ? grantee : holders.length === 1 ? only : undefined
      const through = role === grantee ? '' : `, and so ${holders.map(quoteIdentifier).join(', ')}`
      const all = [...new Set(held.flatMap(({ beyond }) => beyond))].sort()
      yield {
        object: held.length === 1 ? first.key : name,
        ...(role !== undefined && { role }),
        message: `${name} holds ${all.join(', ')} on ${held.length === 1 ? first.key : `${held.length} relations`}${through}; row-level security does not hold these.`,
        evidence: held.map(({ key, beyond }) => `${beyond.join(', ')} on ${key}`).join('; '),
        fix: held.map(({ key, beyond }) => `REVOKE ${beyond.join(', ')} ON ${key} FROM ${name};`).join(' '),
        narrows: true,
      }
    }
  },
}

/** Whom something is granted to, PUBLIC as null, each once: the cause lies in the grant, whoever inherits it. */
function granteesOf(relations: readonly Relation[]): ReadonlySet<string | null> {
  return new Set(relations.flatMap(({ acl }) => (acl ?? []).map(({ grantee }) => grantee)))
}
