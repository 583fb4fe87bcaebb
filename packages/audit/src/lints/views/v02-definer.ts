import { hasFeature, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { baseTablesOf } from './base-tables.js'
import { asksCallerInView, readableViews } from './filters.js'

/**
 * Where its readers may read its tables as well, the owner's rights add nothing but risk. Where they may not, hiding the
 * tables is what the view is for. One finding a schema of each kind.
 */
export const lint: Lint = {
  id: 'V02',
  severity: 'warning',
  title: 'A view runs with its owner’s rights',
  nearMiss: 'A view with security_invoker.',
  references: ['CWE-250', 'splinter 0010'],
  *find(context) {
    if (!hasFeature(context.catalog.serverVersion, 'securityInvoker')) return
    const groups = new Map<string, { schema: string; isNeedless: boolean; views: string[] }>()
    for (const { relation, key, readers } of readableViews(context)) {
      if (relation.securityInvoker || asksCallerInView(relation, context)) continue
      const tables = baseTablesOf(relation, context)
      if (tables.some(({ table }) => table.rowSecurity.enabled)) continue
      const isNeedless = readers.every((role) =>
        (relation.view?.reads ?? []).every(({ relation: read, columns }) =>
          columns.every((column) => context.policies.holdsColumn(role, read, 'select', column)),
        ),
      )
      const group = groups.get(`${relation.schema} ${isNeedless}`) ?? { schema: relation.schema, isNeedless, views: [] }
      group.views.push(key)
      groups.set(`${relation.schema} ${isNeedless}`, group)
    }
    for (const { schema, isNeedless, views } of groups.values()) {
      yield {
        object: views.length === 1 ? (views[0] ?? '') : quoteIdentifier(schema),
        severity: isNeedless ? 'warning' : 'information',
        message: `${views.length === 1 ? views[0] : `${views.length} views of ${quoteIdentifier(schema)}`} ${views.length === 1 ? 'reads' : 'read'} with the owner's rights, whoever asks.`,
        evidence: `Without security_invoker: ${views.join(', ')}.`,
        fix: isNeedless ? views.map((key) => `ALTER VIEW ${key} SET (security_invoker = true);`).join(' ') : null,
        narrows: true,
      }
    }
  },
}
