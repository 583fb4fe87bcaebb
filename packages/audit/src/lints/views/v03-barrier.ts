import type { Lint } from '../../lint.js'
import { asksCallerInView, readableViews } from './filters.js'

/** A cheap function in a caller's filter may run before the view's own condition, and tell of rows that this hides. */
export const lint: Lint = {
  id: 'V03',
  severity: 'warning',
  title: 'A view that filters by the caller has no security barrier',
  nearMiss: 'The same view with security_barrier, or with security_invoker.',
  references: ['CWE-200'],
  *find(context) {
    for (const { relation, key } of readableViews(context)) {
      const { securityInvoker, securityBarrier, view } = relation
      if (securityInvoker || securityBarrier || view === null || view.condition === true) continue
      if (!asksCallerInView(relation, context)) continue
      yield {
        object: key,
        message: `Functions in a caller's filter may see rows that ${key} hides.`,
        evidence: 'It filters by the caller, with its owner’s rights, and without security_barrier.',
        fix: `ALTER VIEW ${key} SET (security_barrier = true);`,
        narrows: true,
      }
    }
  },
}
