import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { readableViews } from './filters.js'

export const lint: Lint = {
  id: 'V07',
  severity: 'warning',
  title: 'Rows can be written through a view that it would not show',
  nearMiss: 'The same view WITH CASCADED CHECK OPTION, or one that only deletes.',
  references: ['CWE-863'],
  *find(context) {
    for (const { relation, key, readers } of readableViews(context)) {
      const { view, checkOption, updatable, rules, triggers } = relation
      if (view === null || !view.isSimple || view.condition === true || checkOption !== null) continue
      if (rules.length > 0 || triggers.some(({ timing }) => timing === 'instead of')) continue
      const written = (['insert', 'update'] as const).filter(
        (verb) => updatable[verb] && readers.some((role) => context.policies.holds(role, key, verb)),
      )
      if (written.length === 0) continue
      yield {
        object: key,
        message: `${readers.map(quoteIdentifier).join(', ')} may ${written.join(' and ')} rows of ${key} that its condition excludes.`,
        evidence: 'It has a WHERE, takes writes, and has no CHECK OPTION.',
        fix: `ALTER VIEW ${key} SET (check_option = cascaded);`,
        narrows: true,
      }
    }
  },
}
