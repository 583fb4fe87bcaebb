import { quoteIdentifier, signatureOfRoutine } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { callersOf } from '../functions/callers.js'

/** There CURRENT_USER is the owner. */
export const lint: Lint = {
  id: 'N36',
  severity: 'warning',
  title: 'A function with its owner’s rights takes CURRENT_USER for the caller',
  nearMiss: 'The same function with the caller’s rights.',
  references: ['CWE-290'],
  *find({ catalog, security, roles, index }) {
    for (const routine of catalog.routines) {
      if (!routine.securityDefiner || routine.extension !== null) continue
      const signature = signatureOfRoutine(routine)
      const identities = (security.code[signature]?.identities ?? []).filter(
        (word) => word !== 'session_user' && word !== 'user',
      )
      if (identities.length === 0 || callersOf(routine, { roles, index }).length === 0) continue
      yield {
        object: signature,
        message: `${signature} takes every caller for ${quoteIdentifier(routine.owner)}.`,
        evidence: `It is SECURITY DEFINER and asks ${identities.join(', ')}; current_setting('role') is the caller's role.`,
        fix: null,
      }
    }
  },
}
