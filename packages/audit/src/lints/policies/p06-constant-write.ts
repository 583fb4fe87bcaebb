import { quoteIdentifier, type Security, type Term } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { asksCaller, claimsIn } from '../../policies/callers.js'
import { checkFor, usingFor, verbsOf } from '../../policies/policies-of.js'
import { bare, callsIn, conjuncts, disjuncts, isSame, mentionsOwnRow, relationsIn } from '../../policies/terms.js'
import { ownerColumnsOf } from './columns.js'

/**
 * It admits every row to whoever it is for. For callers without a token, and where columns or other policies say whose a
 * row is, that is a mistake; a role of its own for staff may be meant.
 */
export const lint: Lint = {
  id: 'P06',
  severity: 'error',
  title: 'A policy lets every row be written',
  nearMiss: 'A policy that is false; or one that asks a table whether the caller may.',
  references: ['CWE-863', 'splinter 0024'],
  *find({ policies, anonymous, security }) {
    for (const policy of policies.all) {
      const users = policies.users(policy)
      if (!policy.policy.permissive || users.length === 0) continue
      const open = verbsOf(policy).filter(
        (verb) =>
          verb !== 'select' &&
          users.some((role) => policies.holds(role, policy.key, verb)) &&
          [usingFor(policy, verb), checkFor(policy, verb)].every((term) => term === null || isOpen(term, security)),
      )
      if (open.length === 0) continue
      const isAnybody = anonymous !== null && users.includes(anonymous)
      const owners = ownerColumnsOf(policy.relation)
      const others = policies.on(policy.key).filter(({ using }) => using !== null && mentionsOwnRow(using))
      yield {
        object: policy.object,
        severity: isAnybody || owners.length > 0 || others.length > 0 ? 'error' : 'information',
        message: `${users.map(quoteIdentifier).join(', ')} may ${open.join(', ')} any row of ${policy.key}.`,
        evidence: `${policy.policy.using?.text ?? policy.policy.check?.text ?? ''} looks at no column of the row.`,
        fix: null,
      }
    }
  },
}

/** True of every row, for every caller of some kind that needs no table to tell. */
function isOpen(term: Term, security: Security): boolean {
  const inner = bare(term)
  if (inner.kind === 'constant') return inner.value === 'true'
  if (conjuncts(inner).length > 1) return conjuncts(inner).every((part) => isOpen(part, security))
  if (disjuncts(inner).length > 1) return disjuncts(inner).some((part) => isOpen(part, security))
  if (inner.kind === 'operator' && inner.name === '=' && isSame(inner.parts[0] ?? null, inner.parts[1] ?? null)) {
    return true
  }
  if (mentionsOwnRow(inner)) return false
  if (inner.kind === 'other' && inner.name === 'is not null') return asksCaller(inner, security)
  return inner.kind === 'operator' && inner.name === '=' && isRoleClaim(inner, security)
}

/** `role = 'authenticated'`: true of everybody who has a token. */
function isRoleClaim(term: Term, security: Security): boolean {
  if (relationsIn(term).length > 0 || callsIn(term).some((name) => (security.code[name]?.relations.length ?? 0) > 0)) {
    return false
  }
  const claims = claimsIn(term, security)
  return (
    claims.length === 1 &&
    claims[0]?.path.join('.') === 'role' &&
    term.kind === 'operator' &&
    term.parts.some((part) => {
      const value = bare(part)
      return value.kind === 'constant' && (value.value === 'authenticated' || value.value === 'anon')
    })
  )
}
