import { quoteIdentifier, signatureOfRoutine } from '@rolecast/catalog'
import { privilegesOf } from '../../acl.js'
import type { Lint } from '../../lint.js'
import { callersOf } from './callers.js'

/** PostgreSQL grants EXECUTE to PUBLIC on new functions; nobody decided that these are for callers without a token. */
export const lint: Lint = {
  id: 'F01',
  severity: 'warning',
  title: 'A function of the API can be called by everybody',
  nearMiss: 'A trigger function, which no request can call.',
  references: ['CWE-276', 'API5'],
  *find({ exposedRoutines, roles, index }) {
    const open = exposedRoutines.filter(
      (routine) =>
        routine.kind !== 'aggregate' &&
        callersOf(routine, { roles, index }).length > 0 &&
        (routine.acl === null || privilegesOf(routine.acl, (grantee) => grantee === null).includes('EXECUTE')),
    )
    for (const schema of new Set(open.map((routine) => routine.schema))) {
      const own = open.filter((routine) => routine.schema === schema).map(signatureOfRoutine)
      yield {
        object: own.length === 1 ? (own[0] ?? '') : quoteIdentifier(schema),
        message:
          own.length === 1
            ? `Everybody may call ${own[0]}, because PUBLIC may.`
            : `Everybody may call ${own.length} functions of ${quoteIdentifier(schema)}, because PUBLIC may.`,
        evidence: `PUBLIC holds EXECUTE on ${own.join(', ')}.`,
        fix: own.map((signature) => `REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC;`).join(' '),
        narrows: true,
      }
    }
  },
}
