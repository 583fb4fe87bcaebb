import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import { privilegesOf } from '../../acl.js'
import type { Lint } from '../../lint.js'

/** GRANT ALL gives what nobody thought about, TRUNCATE and TRIGGER among it. */
export const lint: Lint = {
  id: 'G05',
  severity: 'warning',
  title: 'A role was granted everything',
  nearMiss: 'The four verbs of the API, each on purpose.',
  references: ['CWE-250'],
  *find({ roles, exposedRelations }) {
    for (const role of roles) {
      const all = exposedRelations.filter((relation) => {
        const held = privilegesOf(relation.acl, (grantee) => grantee === role)
        return ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'].every((one) =>
          held.includes(one),
        )
      })
      if (all.length === 0) continue
      const name = quoteIdentifier(role)
      const keys = all.map((relation) => qualifiedName(relation.schema, relation.name))
      yield {
        object: keys.length === 1 ? (keys[0] ?? name) : name,
        role,
        message: `${name} was granted ALL on ${keys.length === 1 ? keys[0] : `${keys.length} relations`}.`,
        evidence: `Every privilege on ${keys.join(', ')}.`,
        fix: keys
          .map((key) => `REVOKE ALL ON ${key} FROM ${name}; GRANT SELECT, INSERT, UPDATE, DELETE ON ${key} TO ${name};`)
          .join(' '),
        narrows: true,
      }
    }
  },
}
