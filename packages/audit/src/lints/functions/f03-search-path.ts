import { quoteIdentifier, signatureOfRoutine } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { callersOf } from './callers.js'

/** What a caller makes in a schema of the search path, or in pg_temp, then runs as the owner. */
export const lint: Lint = {
  id: 'F03',
  severity: 'error',
  title: 'A SECURITY DEFINER function has no safe search path',
  nearMiss: 'A search path with pg_temp at its end.',
  references: ['CWE-426', 'splinter 0011'],
  *find({ catalog, roles, index }) {
    for (const routine of catalog.routines) {
      if (!routine.securityDefiner || routine.extension !== null || callersOf(routine, { roles, index }).length === 0)
        continue
      const path = routine.settings.find(({ name }) => name === 'search_path')?.value
      const schemas = path?.split(',').map((part) => part.trim().replaceAll('"', ''))
      if (schemas?.at(-1) === 'pg_temp') continue
      const signature = signatureOfRoutine(routine)
      yield {
        object: signature,
        message: `A caller can make ${signature} use a table, type or function of its own, as ${quoteIdentifier(routine.owner)}.`,
        evidence:
          path === undefined
            ? 'It sets no search_path.'
            : `Its search_path is ${path === '' ? 'empty' : path}, so pg_temp is searched first.`,
        fix: `ALTER FUNCTION ${signature} SET search_path = pg_catalog, ${quoteIdentifier(routine.schema)}, pg_temp;`,
      }
    }
  },
}
