import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { asksCaller } from '../../policies/callers.js'
import { conjuncts, ownColumns } from '../../policies/terms.js'

export const lint: Lint = {
  id: 'N27',
  severity: 'warning',
  title: 'An indexed column is wrapped in a function where a policy compares it',
  nearMiss: 'An index on that very expression.',
  references: ['CWE-405'],
  *find({ policies, security }) {
    for (const policy of policies.all) {
      if (policies.users(policy).length === 0) continue
      const column = conjuncts(policy.using).flatMap((part) => {
        if (part.kind !== 'operator' || part.name !== '=' || part.over !== 'values') return []
        const wrapped = part.parts.find(
          (side) =>
            (side.kind === 'call' || (side.kind === 'other' && side.name === 'cast')) && ownColumns(side).length === 1,
        )
        const other = part.parts.find((side) => side !== wrapped)
        return wrapped !== undefined &&
          other !== undefined &&
          asksCaller(other, security) &&
          !asksCaller(wrapped, security)
          ? ownColumns(wrapped)
          : []
      })[0]
      const { indexes } = policy.relation
      const isIndexed = indexes.some(({ columns, valid }) => valid && columns[0] === column)
      if (
        column === undefined ||
        !isIndexed ||
        indexes.some(({ columns, inputs }) => columns.includes(null) && inputs.includes(column))
      ) {
        continue
      }
      yield {
        object: policy.object,
        message: `The index on ${policy.key}.${quoteIdentifier(column)} does not serve ${policy.object}.`,
        evidence: policy.policy.using?.text ?? '',
        fix: null,
      }
    }
  },
}
