import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { readableViews } from '../views/filters.js'

export const lint: Lint = {
  id: 'N35',
  severity: 'error',
  title: 'A view lets a role write what it may only read in the table',
  nearMiss: 'A view over a table that the role may not use at all: the view is its door.',
  references: ['CWE-863'],
  *find(context) {
    const { policies, index } = context
    for (const { relation, key, readers } of readableViews(context)) {
      const [base] = relation.view?.tables ?? []
      if (relation.securityInvoker || base === undefined || relation.triggers.length > 0 || relation.rules.length > 0)
        continue
      if (index.relations.get(base.relation) === undefined) continue
      for (const role of readers) {
        if (!policies.holds(role, base.relation, 'select')) continue
        const gained = (['insert', 'update', 'delete'] as const).filter(
          (verb) =>
            relation.updatable[verb] && policies.holds(role, key, verb) && !policies.holds(role, base.relation, verb),
        )
        if (gained.length === 0) continue
        yield {
          object: key,
          role,
          message: `${quoteIdentifier(role)} may ${gained.join(', ')} rows of ${base.relation} through ${key}, and not in the table.`,
          evidence: `The view writes as its owner ${quoteIdentifier(relation.owner)}.`,
          fix: `REVOKE ${gained.map((verb) => verb.toUpperCase()).join(', ')} ON ${key} FROM ${quoteIdentifier(role)};`,
          narrows: true,
        }
      }
    }
  },
}
