import type { Security, Term } from '@rolecast/catalog'
import { boundColumns } from '../../policies/callers.js'
import { callsIn, isConstant, ownColumns, queriesIn } from '../../policies/terms.js'

/** No sub-selects and no functions of one's own: all that it asks of the row is in sight. */
export function isSimple(term: Term | null, security: Security): boolean {
  return (
    queriesIn(term).every(({ relations }) => relations.length === 0) &&
    callsIn(term).every((name) => (security.code[name]?.relations.length ?? 0) === 0)
  )
}

/**
 * Whether a row that one condition admits may be one that none of the others does: each of these binds a column to the
 * caller that the first says nothing of.
 */
export function isBeyond(term: Term | null, others: readonly (Term | null)[], security: Security): boolean {
  if (!isSimple(term, security) || others.length === 0 || (term !== null && isConstant(term, 'false'))) return false
  const mentioned = ownColumns(term)
  return others.every((other) => {
    const bound = boundColumns(other, security)
    return bound.length > 0 && bound.every((column) => !mentioned.includes(column))
  })
}
