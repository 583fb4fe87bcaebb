import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { readableViews } from './filters.js'
import { lackingFor } from './lacking.js'

export const lint: Lint = {
  id: 'V04',
  severity: 'error',
  title: 'A view’s owner may not read what it shows: it is dead',
  nearMiss: 'The same view with security_invoker, which the caller’s rights count for.',
  references: ['CWE-1164'],
  *find(context) {
    for (const { relation, key } of readableViews(context)) {
      if (relation.securityInvoker) continue
      const lacking = lackingFor(relation.owner, relation, context)
      if (lacking.length === 0) continue
      const owner = quoteIdentifier(relation.owner)
      yield {
        object: key,
        message: `Every query of ${key} is refused, because its owner ${owner} may not read its tables.`,
        evidence: `${owner} lacks ${lacking.join(', ')}.`,
        fix: lacking.map((right) => `GRANT ${right} TO ${owner};`).join(' '),
      }
    }
  },
}
