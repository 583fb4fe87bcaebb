import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { boundColumns } from '../../policies/callers.js'
import { mentionsOwnRow } from '../../policies/terms.js'
import { isTenantColumn } from './columns.js'

/** Another policy of the table holds callers to their tenant; this one looks at no column of the row. */
export const lint: Lint = {
  id: 'P21',
  severity: 'error',
  title: 'A policy forgets the tenant that the table’s other policies ask for',
  nearMiss: 'A policy for rows that are marked as public.',
  references: ['CWE-863', 'CWE-639'],
  *find({ policies, security }) {
    for (const policy of policies.all) {
      const term = policy.using ?? policy.check
      const users = policies.users(policy)
      if (!policy.policy.permissive || term === null || mentionsOwnRow(term) || users.length === 0) continue
      if ((policy.policy.using ?? policy.policy.check)?.constant === false) continue
      const tenant = policies
        .on(policy.key)
        .filter((other) => other !== policy)
        .flatMap((other) => boundColumns(other.using ?? other.check, security))
        .find(isTenantColumn)
      const floor = policies
        .on(policy.key)
        .some((other) => !other.policy.permissive && users.every((role) => policies.concerns(other, role)))
      if (tenant === undefined || floor) continue
      yield {
        object: policy.object,
        message: `${users.map(quoteIdentifier).join(', ')} may reach the rows of every tenant.`,
        evidence: `Other policies compare ${policy.key}.${quoteIdentifier(tenant)}; this one is ${policy.policy.using?.text ?? policy.policy.check?.text}.`,
        fix: null,
      }
    }
  },
}
