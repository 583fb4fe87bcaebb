import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { boundColumns } from '../../policies/callers.js'
import { checkFor } from '../../policies/policies-of.js'
import { ownColumns } from '../../policies/terms.js'

/** PostgreSQL joins USINGs by OR, and CHECKs by OR: a row that one policy admits may leave by the CHECK of another. */
export const lint: Lint = {
  id: 'N03',
  severity: 'error',
  title: 'Rows of one policy can be changed into what only another admits',
  nearMiss: 'Two policies whose CHECKs ask for the same column.',
  references: ['CWE-863'],
  *find({ policies, roles, security }) {
    const binding = policies.all
      .filter(({ policy }) => policy.permissive)
      .map((from) => ({ from, bound: boundColumns(from.using, security) }))
      .filter(({ bound }) => bound.length > 0)
    for (const role of roles) {
      for (const { from, bound } of binding) {
        if (!policies.holds(role, from.key, 'update') || !policies.isUnder(from.relation, role)) continue
        const deciding = policies.permissive(from.key, role, 'update')
        if (!deciding.includes(from)) continue
        const to = deciding.find((other) => {
          const check = checkFor(other, 'update')
          const asked = ownColumns(check)
          if (other === from || check === null || asked.length === 0) return false
          // the row must be able to become what the other asks for, and to lose what bound it
          const isFree = bound.some(
            (column) => !asked.includes(column) && policies.holdsColumn(role, from.key, 'update', column),
          )
          return isFree && asked.every((column) => policies.holdsColumn(role, from.key, 'update', column))
        })
        if (to === undefined) continue
        yield {
          object: from.object,
          role,
          message: `${quoteIdentifier(role)} may turn rows of ${from.object} into rows of ${to.object}.`,
          evidence: `USING ${from.policy.using?.text}; the other's CHECK ${(to.policy.check ?? to.policy.using)?.text}.`,
          fix: null,
        }
      }
    }
  },
}
