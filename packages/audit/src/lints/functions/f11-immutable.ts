import { signatureOfRoutine } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** PostgreSQL computes it once and reuses the answer: one caller gets another’s rows. */
export const lint: Lint = {
  id: 'F11',
  severity: 'critical',
  title: 'A function that depends on the request is marked IMMUTABLE',
  nearMiss: 'A STABLE function that reads the same setting.',
  references: ['CWE-488', 'CWE-524'],
  *find({ catalog, security }) {
    for (const routine of catalog.routines) {
      if (routine.volatility !== 'immutable' || routine.extension !== null) continue
      const signature = signatureOfRoutine(routine)
      const code = security.code[signature]
      if (
        code === undefined ||
        (code.settingsRead.length === 0 && code.relations.length === 0 && code.identities.length === 0)
      )
        continue
      const reads = [
        ...code.settingsRead.map(({ name }) => `the setting ${name ?? '(computed)'}`),
        ...code.relations.map((key) => `the relation ${key}`),
        ...code.identities,
      ]
      yield {
        object: signature,
        severity: code.settingsRead.length > 0 || code.identities.length > 0 ? 'critical' : 'warning',
        message: `The answer of ${signature} for one caller may be used for another.`,
        evidence: `It is IMMUTABLE and reads ${[...new Set(reads)].join(', ')}.`,
        fix: `ALTER FUNCTION ${signature} STABLE;`,
        narrows: true,
      }
    }
  },
}
