import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { boundColumns } from '../../policies/callers.js'
import { checkFor } from '../../policies/policies-of.js'
import { mentionsOwnRow, ownColumns } from '../../policies/terms.js'

/** The CHECKs of a table's permissive policies are joined by OR, whatever USING they stand beside. */
export const lint: Lint = {
  id: 'P07',
  severity: 'error',
  title: 'A row can be given away: its new owner is not checked',
  nearMiss: 'The same without WITH CHECK: USING checks new rows as well.',
  references: ['CWE-639', 'CWE-863'],
  *find({ policies, roles, security }) {
    for (const policy of policies.all) {
      if (!policy.policy.permissive || policy.check === null || policy.using === null) continue
      const users = roles.filter(
        (role) => policies.concerns(policy, role) && policies.applying(policy.key, role, 'update').includes(policy),
      )
      const check = checkFor(policy, 'update')
      const checked = ownColumns(check)
      const floor = new Set(
        policies
          .on(policy.key)
          .filter((other) => !other.policy.permissive)
          .flatMap((other) => ownColumns(checkFor(other, 'update'))),
      )
      const free = boundColumns(policy.using, security).filter(
        (column) =>
          !checked.includes(column) &&
          !floor.has(column) &&
          users.some((role) => policies.holdsColumn(role, policy.key, 'update', column)),
      )
      if (free.length === 0 || (check !== null && !mentionsOwnRow(check) && policy.policy.check?.constant === false)) {
        continue
      }
      const named = free.map(quoteIdentifier).join(', ')
      yield {
        object: policy.object,
        message: `Whoever may update a row of ${policy.key} may set ${named} to what they like.`,
        evidence: `USING ${policy.policy.using?.text}; WITH CHECK ${policy.policy.check?.text}.`,
        fix: `ALTER POLICY ${policy.object} WITH CHECK (${policy.policy.using?.text});`,
        narrows: false,
      }
    }
  },
}
