import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { readableViews } from './filters.js'
import { lackingFor } from './lacking.js'

export const lint: Lint = {
  id: 'V09',
  severity: 'information',
  title: 'A role was granted a view whose tables it may not read: it is dead for it',
  nearMiss: 'A view that runs with its owner’s rights.',
  references: ['CWE-1164'],
  *find(context) {
    for (const { relation, key, readers } of readableViews(context)) {
      if (!relation.securityInvoker) continue
      for (const role of readers) {
        const lacking = lackingFor(role, relation, context)
        if (lacking.length === 0) continue
        yield {
          object: key,
          role,
          message: `Every query of ${key} by ${quoteIdentifier(role)} is refused.`,
          evidence: `${quoteIdentifier(role)} lacks ${lacking.join(', ')}.`,
          fix: `REVOKE ALL ON ${key} FROM ${quoteIdentifier(role)};`,
          narrows: true,
        }
      }
    }
  },
}
