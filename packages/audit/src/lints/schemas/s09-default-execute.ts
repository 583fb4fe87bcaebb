import { quoteIdentifier } from '@rolecast/catalog'
import { publicPrivileges } from '../../acl.js'
import type { Lint } from '../../lint.js'

/** PostgreSQL grants EXECUTE to PUBLIC on each new function unless default privileges say otherwise. */
export const lint: Lint = {
  id: 'S09',
  severity: 'warning',
  title: 'New functions will be open to everybody',
  nearMiss: 'Default privileges that revoke it for the role that makes the functions.',
  references: ['CWE-276'],
  *find({ exposedRoutines, catalog, schemas }) {
    const owners = [...new Set(exposedRoutines.map(({ owner }) => owner))].sort()
    for (const owner of owners) {
      const own = catalog.defaultAcls.filter(({ role, kind }) => role === owner && kind === 'function')
      const isClosed = own.some(({ schema, acl }) => schema === null && publicPrivileges(acl).length === 0)
      if (isClosed) continue
      const name = quoteIdentifier(owner)
      yield {
        object: name,
        message: `Every function that ${name} makes in ${schemas.map(quoteIdentifier).join(', ')} can be called by everybody.`,
        evidence: `${name} has no default privileges that revoke EXECUTE from PUBLIC.`,
        fix: `ALTER DEFAULT PRIVILEGES FOR ROLE ${name} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;`,
        narrows: true,
      }
    }
  },
}
