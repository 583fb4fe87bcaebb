import type { Lint } from '../../lint.js'
import { callsIn } from '../../policies/terms.js'
import { asksWhoCalls } from '../functions/asks-who-calls.js'

/** Its answer for one caller may be kept for another. */
export const lint: Lint = {
  id: 'N46',
  severity: 'warning',
  title: 'A policy calls an IMMUTABLE function that calls one which looks at the caller',
  nearMiss: 'The same function marked STABLE; one that reads the setting itself (F11).',
  references: ['CWE-488'],
  *find({ policies, security, index }) {
    const called = new Set(policies.all.flatMap(({ using, check }) => [using, check].flatMap(callsIn)))
    for (const signature of called) {
      const code = security.code[signature]
      if (index.routines.get(signature)?.volatility !== 'immutable' || code === undefined) continue
      if (code.settingsRead.length > 0 || code.identities.length > 0 || !asksWhoCalls(signature, security)) continue
      yield {
        object: signature,
        message: `The answer of ${signature} for one caller may be used for another.`,
        evidence: `It is IMMUTABLE and calls ${code.calls.join(', ')}.`,
        fix: `ALTER FUNCTION ${signature} STABLE;`,
        narrows: true,
      }
    }
  },
}
