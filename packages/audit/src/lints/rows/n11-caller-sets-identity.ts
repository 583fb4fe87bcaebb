import { quoteIdentifier, signatureOfRoutine } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { settingsIn } from '../../policies/callers.js'
import { callersOf } from '../functions/callers.js'

export const lint: Lint = {
  id: 'N11',
  severity: 'critical',
  title: 'Callers can set what policies take for the caller',
  nearMiss: 'A function that sets a setting which no policy reads; one that takes nothing from its caller.',
  references: ['CWE-287', 'CWE-639'],
  *find({ exposedRoutines, policies, security, roles, index }) {
    const read = new Set(
      policies.all.flatMap(({ using, check }) => [using, check].flatMap((term) => settingsIn(term, security))),
    )
    if (read.size === 0) return
    for (const routine of exposedRoutines) {
      const signature = signatureOfRoutine(routine)
      const callers = callersOf(routine, { roles, index })
      const takes = routine.arguments.some(({ mode }) => mode !== 'out' && mode !== 'table')
      const written = security.code[signature]?.settingsWritten ?? []
      const set = written.find(({ name }) => name === null || read.has(name))
      if (callers.length === 0 || !takes || set === undefined) continue
      yield {
        object: signature,
        message: `${callers.map(quoteIdentifier).join(', ')} may call ${signature} to be somebody else.`,
        evidence: `It sets ${set.name ?? 'a setting of the caller’s choice'}, and policies read ${set.name ?? [...read].join(', ')}.`,
        fix: `REVOKE EXECUTE ON FUNCTION ${signature} FROM ${callers.map(quoteIdentifier).join(', ')}, PUBLIC;`,
        narrows: true,
      }
    }
  },
}
