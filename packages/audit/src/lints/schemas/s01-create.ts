import { quoteIdentifier } from '@rolecast/catalog'
import { privilegesOf } from '../../acl.js'
import type { Lint } from '../../lint.js'

/** What it makes there can stand in for a function or relation that others call. */
export const lint: Lint = {
  id: 'S01',
  severity: 'error',
  title: 'An API role may create objects in a schema of the search path',
  nearMiss: 'CREATE for the owner of the schema.',
  references: ['CWE-426', 'CWE-732'],
  *find({ roles, schemas, index, hasRole }) {
    for (const name of schemas) {
      const schema = index.schemas.get(name)
      if (schema === undefined) continue
      for (const role of roles) {
        const isOwner = hasRole(role, schema.owner)
        const granted = privilegesOf(schema.acl, (grantee) => grantee === null || hasRole(role, grantee))
        if (!isOwner && !granted.includes('CREATE')) continue
        const quoted = quoteIdentifier(name)
        yield {
          object: quoted,
          role,
          message: `A request of ${quoteIdentifier(role)} may create objects in ${quoted}, which others then use by name.`,
          evidence: isOwner
            ? `${quoteIdentifier(role)} has the privileges of the owner, ${quoteIdentifier(schema.owner)}.`
            : `${quoteIdentifier(role)} holds CREATE on ${quoted}, of its own, by a role or by PUBLIC.`,
          fix: isOwner ? null : `REVOKE CREATE ON SCHEMA ${quoted} FROM ${quoteIdentifier(role)}, PUBLIC;`,
          narrows: true,
        }
      }
    }
  },
}
