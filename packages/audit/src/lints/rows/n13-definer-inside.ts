import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { asksWhoCalls } from '../functions/asks-who-calls.js'
import { readableViews } from '../views/filters.js'

export const lint: Lint = {
  id: 'N13',
  severity: 'error',
  title: 'A view with the caller’s rights calls a function that has others',
  nearMiss: 'A function that looks at who calls.',
  references: ['CWE-863'],
  *find(context) {
    const { index, security, policies } = context
    for (const { relation, key, readers } of readableViews(context)) {
      if (!relation.securityInvoker) continue
      for (const signature of relation.view?.functions ?? []) {
        const routine = index.routines.get(signature)
        if (!routine?.securityDefiner || asksWhoCalls(signature, security)) continue
        const passed = (security.code[signature]?.relations ?? []).filter((name) => {
          const table = index.relations.get(name)
          return table?.rowSecurity.enabled && !policies.isUnder(table, routine.owner)
        })
        if (passed.length === 0) continue
        yield {
          object: key,
          message: `${readers.map(quoteIdentifier).join(', ')} reaches rows of ${passed.join(', ')} through ${key}.`,
          evidence: `${signature} reads them as ${quoteIdentifier(routine.owner)}, whom row-level security does not hold.`,
          fix: null,
        }
      }
    }
  },
}
