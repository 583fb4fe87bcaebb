import type { Condition, ExpressionUses } from '../catalog.js'
import type { Answers } from './answers.js'

/** A condition as the planner folds it for a role: a constant, or what evaluating the rest of it needs. */
export interface Folded {
  /** undefined: rows decide; a condition that is NULL lets no row through */
  readonly value: boolean | undefined
  readonly needs: readonly ExpressionUses[]
}

export function foldCondition(condition: Condition, current: Answers): Folded {
  const { value, needs } = fold(condition, current)
  return { value: value === null ? false : value, needs }
}

interface Part {
  readonly value: boolean | null | undefined
  readonly needs: readonly ExpressionUses[]
}

function fold(condition: Condition, current: Answers): Part {
  if (condition === null || typeof condition === 'boolean') return { value: condition, needs: [] }
  if ('uses' in condition) return { value: undefined, needs: [condition.uses] }
  if ('call' in condition) {
    const { call, value } = condition
    if (current.mayExecute(call)) return { value, needs: [] }
    return { value: undefined, needs: [{ functions: [call], sequences: [], volatile: false, reads: [] }] }
  }
  if ('not' in condition) {
    const { value, needs } = fold(condition.not, current)
    return { value: typeof value === 'boolean' ? !value : value, needs }
  }
  return 'any' in condition ? combine(condition.any, true, current) : combine(condition.all, false, current)
}

/** @param decisive the value that decides whatever the others are: true of OR, false of AND */
function combine(conditions: readonly Condition[], decisive: boolean, current: Answers): Part {
  const parts = conditions.map((condition) => fold(condition, current))
  if (parts.some(({ value }) => value === decisive)) return { value: decisive, needs: [] }
  const open = parts.filter(({ value }) => value === undefined)
  if (open.length > 0) return { value: undefined, needs: open.flatMap(({ needs }) => needs) }
  return { value: parts.some(({ value }) => value === null) ? null : !decisive, needs: [] }
}
