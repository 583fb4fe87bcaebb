import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** A partition or child that is asked for by its own name goes by its own policies, not by its parent's. */
export const lint: Lint = {
  id: 'P19',
  severity: 'error',
  title: 'A partition can be reached around the policies of its parent',
  nearMiss: 'A partition without grants of its own.',
  references: ['CWE-863'],
  *find({ catalog, roles, index, policies, hasRole }) {
    for (const relation of catalog.relations) {
      if (relation.rowSecurity.enabled || relation.parents.length === 0) continue
      const parent = relation.parents.find((name) => index.relations.get(name)?.rowSecurity.enabled)
      if (parent === undefined) continue
      const key = qualifiedName(relation.schema, relation.name)
      const reached = roles.filter(
        (role) =>
          policies.held(role, key).length > 0 &&
          !hasRole(role, relation.owner) &&
          (index.privileges.get(role)?.schemas.includes(relation.schema) ?? false),
      )
      if (reached.length === 0) continue
      const named = reached.map(quoteIdentifier).join(', ')
      yield {
        object: key,
        message: `${named} may reach rows of ${parent} in ${key}, where no policy holds.`,
        evidence: `Row-level security is on for ${parent}, and off for its partition or child ${key}.`,
        fix: `REVOKE ALL ON ${key} FROM ${named};`,
        narrows: true,
      }
    }
  },
}
