import { hasFeature, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { baseTablesOf } from './base-tables.js'
import { asksCallerInView, readableViews } from './filters.js'

export const lint: Lint = {
  id: 'V01',
  severity: 'error',
  title: 'A view shows rows around the policies of its tables',
  nearMiss: 'A view with security_invoker; one whose owner the policies hold; one that filters by the caller (V03).',
  references: ['CWE-863', 'splinter 0010'],
  *find(context) {
    for (const { relation, key, readers } of readableViews(context)) {
      if (asksCallerInView(relation, context)) continue
      const passed = baseTablesOf(relation, context).filter(
        ({ table, as }) => as !== null && table.rowSecurity.enabled && !context.policies.isUnder(table, as),
      )
      if (passed.length === 0) continue
      const owner = quoteIdentifier(passed[0]?.as ?? relation.owner)
      yield {
        object: key,
        message: `${readers.map(quoteIdentifier).join(', ')} reaches rows through ${key} that policies hide.`,
        evidence: `It reads ${passed.map((each) => each.key).join(', ')} as ${owner}, whom row-level security does not hold.`,
        fix: hasFeature(context.catalog.serverVersion, 'securityInvoker')
          ? `ALTER VIEW ${key} SET (security_invoker = true);`
          : passed.map((each) => `ALTER TABLE ${each.key} FORCE ROW LEVEL SECURITY;`).join(' '),
        narrows: true,
      }
    }
  },
}
