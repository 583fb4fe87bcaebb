import { quoteIdentifier } from '@rolecast/catalog'
import { privilegesOf } from '../../acl.js'
import type { Lint } from '../../lint.js'

/** Every request of the role is refused, although the relation was granted. */
export const lint: Lint = {
  id: 'S02',
  severity: 'error',
  title: 'A grant is of no use without USAGE on its schema',
  nearMiss: 'A grant on a relation outside of the exposed schemas.',
  references: ['CWE-284'],
  *find({ roles, schemas, index, exposedRelations, hasRole }) {
    for (const role of roles) {
      const usable = new Set(index.privileges.get(role)?.schemas)
      for (const schema of schemas) {
        if (usable.has(schema)) continue
        const granted = exposedRelations.filter(
          (relation) =>
            relation.schema === schema &&
            [relation.acl, ...relation.columns.map(({ acl }) => acl)].some(
              (acl) => privilegesOf(acl, (grantee) => grantee !== null && hasRole(role, grantee)).length > 0,
            ),
        )
        if (granted.length === 0) continue
        const [quoted, name] = [quoteIdentifier(schema), quoteIdentifier(role)]
        yield {
          object: quoted,
          role,
          message: `${name} was granted ${granted.length} relations of ${quoted}, and can use none of them.`,
          evidence: `${name} has no USAGE on the schema ${quoted}.`,
          fix: `GRANT USAGE ON SCHEMA ${quoted} TO ${name};`,
        }
      }
    }
  },
}
