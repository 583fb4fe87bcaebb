import type { Lint } from '../../lint.js'
import { callsIn } from '../../policies/terms.js'

/** VOLATILE is what a function is unless it says otherwise. One finding a function. */
export const lint: Lint = {
  id: 'F12',
  severity: 'warning',
  title: 'A policy calls a VOLATILE function, once for every row',
  nearMiss: 'The same function marked STABLE.',
  references: ['CWE-405'],
  *find({ policies, index, security }) {
    const called = new Map<string, string[]>()
    for (const policy of policies.all) {
      for (const name of new Set([policy.using, policy.check].flatMap(callsIn))) {
        called.set(name, [...(called.get(name) ?? []), policy.object])
      }
    }
    for (const [signature, named] of called) {
      const routine = index.routines.get(signature)
      if (routine?.volatility !== 'volatile' || routine.extension !== null) continue
      const isWriting = (security.code[signature]?.writes.length ?? 0) > 0
      yield {
        object: signature,
        message: `${signature} runs for every row that a policy looks at.`,
        evidence: `It is VOLATILE; ${named.join('; ')} ${named.length === 1 ? 'calls' : 'call'} it.`,
        fix: isWriting ? null : `ALTER FUNCTION ${signature} STABLE;`,
      }
    }
  },
}
