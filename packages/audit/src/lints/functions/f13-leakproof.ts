import { signatureOfRoutine } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** PostgreSQL then calls it before row-level security has hidden rows: an error or a notice shows them. */
export const lint: Lint = {
  id: 'F13',
  severity: 'error',
  title: 'A function was marked LEAKPROOF by hand',
  nearMiss: 'A function without the mark.',
  references: ['CWE-200'],
  *find({ catalog }) {
    for (const routine of catalog.routines) {
      if (!routine.leakproof || routine.extension !== null || routine.schema === 'pg_catalog') continue
      const signature = signatureOfRoutine(routine)
      yield {
        object: signature,
        message: `${signature} is called with values of rows that row-level security hides.`,
        evidence: 'It is marked LEAKPROOF.',
        fix: `ALTER FUNCTION ${signature} NOT LEAKPROOF;`,
        narrows: true,
      }
    }
  },
}
