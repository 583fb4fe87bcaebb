import { quoteIdentifier, signatureOfRoutine } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { asksWhoCalls } from './asks-who-calls.js'
import { callersOf } from './callers.js'

/** It is SECURITY DEFINER, reads or writes tables for whatever value it is given, and never asks who calls. */
export const lint: Lint = {
  id: 'N40',
  severity: 'critical',
  title: 'A function of an owner’s rights looks at no caller',
  nearMiss: 'The same function with a check of the caller’s claims; a computed field, which is given a row.',
  references: ['CWE-639', 'API1'],
  *find({ exposedRoutines, security, roles, index }) {
    for (const routine of exposedRoutines) {
      const signature = signatureOfRoutine(routine)
      const code = security.code[signature]
      const callers = callersOf(routine, { roles, index })
      const inputs = routine.arguments.filter(({ mode }) => mode !== 'out' && mode !== 'table')
      if (!routine.securityDefiner || code === undefined || callers.length === 0 || inputs.length === 0) continue
      if (code.relations.length === 0 || asksWhoCalls(signature, security)) continue
      const [row] = inputs
      // a field that is computed of a row: it comes with rows that the caller sees
      if (inputs.length === 1 && row && index.relations.has(row.type.type) && code.writes.length === 0) continue
      yield {
        object: signature,
        ...(callers.length === 1 && callers[0] !== undefined && { role: callers[0] }),
        message: `${callers.map(quoteIdentifier).join(', ')} may call ${signature} for anybody’s rows: it never asks who calls.`,
        evidence: `SECURITY DEFINER; ${code.writes.length > 0 ? 'writes' : 'reads'} ${(code.writes.length > 0 ? code.writes : code.relations).join(', ')}; no claim and no current user in it.`,
        fix: null,
      }
    }
  },
}
