import { quoteIdentifier } from '@rolecast/catalog'
import { privilegesOf } from '../../acl.js'
import type { Lint } from '../../lint.js'

/** A temporary table can stand in for a relation that a later request on the same connection names without schema. */
export const lint: Lint = {
  id: 'S07',
  severity: 'warning',
  title: 'API roles may create temporary tables',
  nearMiss: 'TEMP for the owner of the database.',
  references: ['CWE-426'],
  *find({ roles, security, hasRole, anonymous }) {
    const { name, acl, owner } = security.database
    // No list stands for the default one, by which PUBLIC may create temporary tables.
    const isOpen = (role: string) =>
      acl === null ||
      hasRole(role, owner) ||
      privilegesOf(acl, (grantee) => grantee === null || hasRole(role, grantee)).includes('TEMPORARY')
    const able = roles.filter(isOpen)
    if (able.length === 0) return
    const quoted = quoteIdentifier(name)
    yield {
      object: quoted,
      ...(able.length === 1 && able[0] !== undefined && { role: able[0] }),
      severity: anonymous !== null && able.includes(anonymous) ? 'warning' : 'information',
      message: `${able.map(quoteIdentifier).join(', ')} may create temporary tables, which can shadow the API's own relations.`,
      evidence:
        acl === null ? `The database ${quoted} has its default privileges.` : `TEMPORARY on ${quoted} is granted.`,
      fix: `REVOKE TEMPORARY ON DATABASE ${quoted} FROM PUBLIC;`,
      narrows: true,
    }
  },
}
