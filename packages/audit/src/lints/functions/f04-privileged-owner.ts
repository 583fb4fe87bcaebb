import { quoteIdentifier, signatureOfRoutine } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { callersOf } from './callers.js'

/** Its owner is a superuser or has BYPASSRLS: one mistake in it opens everything. */
export const lint: Lint = {
  id: 'F04',
  severity: 'error',
  title: 'A function that requests call runs as a superuser, or past row-level security',
  nearMiss: 'The same owner of a function that runs as its caller.',
  references: ['CWE-250'],
  *find({ catalog, roles, index }) {
    for (const routine of catalog.routines) {
      const owner = index.roles.get(routine.owner)
      if (!routine.securityDefiner || owner === undefined || routine.extension !== null) continue
      if (!owner.superuser && !owner.bypassRowSecurity) continue
      if (callersOf(routine, { roles, index }).length === 0) continue
      const signature = signatureOfRoutine(routine)
      yield {
        object: signature,
        message: `${signature} runs as ${quoteIdentifier(owner.name)}, ${owner.superuser ? 'a superuser' : 'which bypasses row-level security'}.`,
        evidence: `Its owner is ${quoteIdentifier(owner.name)}, and it is SECURITY DEFINER.`,
        fix: `ALTER FUNCTION ${signature} OWNER TO ${quoteIdentifier(index.schemas.get(routine.schema)?.owner ?? 'owner')};`,
        narrows: true,
      }
    }
  },
}
