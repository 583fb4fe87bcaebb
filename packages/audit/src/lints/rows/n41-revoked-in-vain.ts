import { quoteIdentifier, signatureOfRoutine } from '@rolecast/catalog'
import { privilegesOf, publicPrivileges } from '../../acl.js'
import type { Lint } from '../../lint.js'

/** One finding a default: it names the functions. */
export const lint: Lint = {
  id: 'N41',
  severity: 'error',
  title: 'EXECUTE was revoked from PUBLIC, and default privileges gave it to API roles',
  nearMiss: 'A function that was granted to them one by one, without such defaults.',
  references: ['CWE-732'],
  *find({ catalog, exposedRoutines, roles, hasRole }) {
    for (const { role: owner, schema, kind, acl } of catalog.defaultAcls) {
      // where PUBLIC is left out of a default for all schemas, what it grants is what is meant
      if (kind !== 'function' || (schema === null && !publicPrivileges(acl).includes('EXECUTE'))) continue
      const given = roles.filter(
        (role) =>
          acl.some(({ grantee }) => grantee !== null && grantee !== owner && hasRole(role, grantee)) &&
          privilegesOf(acl, (grantee) => grantee !== null && hasRole(role, grantee)).includes('EXECUTE'),
      )
      const closed = exposedRoutines.filter(
        (routine) =>
          routine.owner === owner &&
          (schema === null || routine.schema === schema) &&
          routine.acl !== null &&
          !publicPrivileges(routine.acl).includes('EXECUTE') &&
          given.some((role) =>
            privilegesOf(routine.acl, (grantee) => grantee !== null && hasRole(role, grantee)).includes('EXECUTE'),
          ),
      )
      const named = closed.map(signatureOfRoutine)
      if (named.length === 0) continue
      const to = given.map(quoteIdentifier).join(', ')
      yield {
        object: named.length === 1 ? (named[0] ?? '') : quoteIdentifier(owner),
        message: `${to} may execute ${named.length === 1 ? named[0] : `${named.length} functions`} although PUBLIC may not.`,
        evidence: `Default privileges of ${quoteIdentifier(owner)} grant EXECUTE to ${to}: ${named.join(', ')}.`,
        fix: named.map((signature) => `REVOKE EXECUTE ON FUNCTION ${signature} FROM ${to};`).join(' '),
        narrows: true,
      }
    }
  },
}
