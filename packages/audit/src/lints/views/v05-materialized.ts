import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { baseTablesOf } from './base-tables.js'
import { readableViews } from './filters.js'

/** Row-level security never holds what a materialized view has stored. */
export const lint: Lint = {
  id: 'V05',
  severity: 'warning',
  title: 'A materialized view shows all its rows to API roles',
  nearMiss: 'One that no API role may read.',
  references: ['CWE-863', 'splinter 0016'],
  *find(context) {
    for (const { relation, key, readers } of readableViews(context, 'materialized view')) {
      const held = baseTablesOf(relation, context).filter(({ table }) => table.rowSecurity.enabled)
      yield {
        object: key,
        severity: held.length > 0 ? 'warning' : 'information',
        message: `${readers.map(quoteIdentifier).join(', ')} reads every row of ${key}.`,
        evidence:
          held.length > 0
            ? `It stores rows of ${held.map((each) => each.key).join(', ')}, where policies would choose.`
            : 'Policies cannot be made for it.',
        fix: held.length > 0 ? `REVOKE SELECT ON ${key} FROM ${readers.map(quoteIdentifier).join(', ')};` : null,
        narrows: true,
      }
    }
  },
}
