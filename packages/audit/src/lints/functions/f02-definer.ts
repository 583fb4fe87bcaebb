import { quoteIdentifier, signatureOfRoutine } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { callersOf } from './callers.js'

/** A SECURITY DEFINER function is not held by the caller’s grants and policies. */
export const lint: Lint = {
  id: 'F02',
  severity: 'error',
  title: 'A caller without a token runs code as its owner',
  nearMiss: 'A function that runs as its caller.',
  references: ['CWE-250', 'splinter 0028', 'splinter 0029'],
  *find({ exposedRoutines, roles, index, anonymous }) {
    for (const routine of exposedRoutines) {
      if (!routine.securityDefiner || anonymous === null) continue
      if (!callersOf(routine, { roles, index }).includes(anonymous)) continue
      const signature = signatureOfRoutine(routine)
      yield {
        object: signature,
        role: anonymous,
        message: `Whoever reaches the API runs ${signature} with the rights of ${quoteIdentifier(routine.owner)}.`,
        evidence: `${signature} is SECURITY DEFINER, and ${quoteIdentifier(anonymous)} may execute it.`,
        fix: `REVOKE EXECUTE ON FUNCTION ${signature} FROM ${quoteIdentifier(anonymous)}, PUBLIC;`,
        narrows: true,
      }
    }
  },
}
