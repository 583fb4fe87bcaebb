import { quoteIdentifier, signatureOfRoutine } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { callersOf } from './callers.js'

/** SQL that a caller slips in runs as the function, and can become any role that the login role can. */
export const lint: Lint = {
  id: 'F06',
  severity: 'error',
  title: 'A function runs SQL that it puts together from values',
  nearMiss: 'format() with %I and %L, and values given by USING.',
  references: ['CWE-89'],
  *find({ catalog, security, roles, index, reachable }) {
    for (const routine of catalog.routines) {
      const signature = signatureOfRoutine(routine)
      if (security.code[signature]?.dynamicSql !== true || routine.extension !== null) continue
      const callers = callersOf(routine, { roles, index })
      const inputs = routine.arguments.filter(({ mode }) => mode !== 'out' && mode !== 'table')
      if (callers.length === 0 || inputs.length === 0) continue
      const others = [...reachable.keys()].map(quoteIdentifier)
      yield {
        object: signature,
        message: `SQL that a caller slips into ${signature} runs, and can become ${others.length === 0 ? 'other roles' : others.join(', ')}.`,
        evidence: `It executes a text that it puts together; ${callers.map(quoteIdentifier).join(', ')} may call it.`,
        fix: null,
      }
    }
  },
}
