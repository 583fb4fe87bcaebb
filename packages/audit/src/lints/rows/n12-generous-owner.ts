import { hasFeature, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { asksCaller } from '../../policies/callers.js'
import { baseTablesOf } from '../views/base-tables.js'
import { asksCallerInView, readableViews } from '../views/filters.js'

export const lint: Lint = {
  id: 'N12',
  severity: 'error',
  title: 'A view’s owner is admitted to more rows than its readers',
  nearMiss: 'A view whose owner is held by the same policies.',
  references: ['CWE-863'],
  *find(context) {
    const { policies } = context
    const isOpen = (key: string, role: string) =>
      policies.permissive(key, role, 'select').some(({ policy }) => policy.using?.constant === true)
    for (const { relation, key, readers } of readableViews(context)) {
      if (asksCallerInView(relation, context)) continue
      for (const { table, key: base, as } of baseTablesOf(relation, context)) {
        if (as === null || !policies.isUnder(table, as) || !isOpen(base, as)) continue
        const held = readers.filter(
          (role) =>
            policies.isUnder(table, role) &&
            !isOpen(base, role) &&
            policies.applying(base, role, 'select').some(({ using }) => asksCaller(using, context.security)),
        )
        if (held.length === 0) continue
        yield {
          object: key,
          message: `${held.map(quoteIdentifier).join(', ')} sees every row of ${base} through ${key}.`,
          evidence: `A policy that is true holds for its owner ${quoteIdentifier(as)}, and others for its readers.`,
          fix: hasFeature(context.catalog.serverVersion, 'securityInvoker')
            ? `ALTER VIEW ${key} SET (security_invoker = true);`
            : null,
          narrows: true,
        }
        break
      }
    }
  },
}
