import type { Condition, ExpressionUses, Signature } from '../model/catalog.js'
import type { EffectivePrivileges } from './effective-privileges.js'

/** A condition as the planner folds it for a role: a constant, or what evaluating the rest of it needs. */
export interface Folded {
  /** undefined: rows decide; a condition that is NULL lets no row through */
  readonly value: boolean | undefined
  readonly needs: readonly ExpressionUses[]
  /** those of `needs` that planning itself has, before it can find a constant further on */
  readonly planning: readonly ExpressionUses[]
}

export function foldCondition(condition: Condition, current: EffectivePrivileges): Folded {
  const { value, needs, planning } = fold(condition, current)
  return { value: value === null || isNeverTrue(condition) ? false : value, needs, planning }
}

/** NULL AND anything is NULL or false: what stands beside NULL is still prepared, but lets nothing through. */
function isNeverTrue(condition: Condition): boolean {
  if (condition === null || typeof condition === 'boolean') return condition !== true
  if ('all' in condition) return condition.all.some(isNeverTrue)
  return 'any' in condition && condition.any.every(isNeverTrue)
}

interface Part extends Omit<Folded, 'value'> {
  readonly value: boolean | null | undefined
}

function fold(condition: Condition, current: EffectivePrivileges): Part {
  if (condition === null || typeof condition === 'boolean') return { value: condition, needs: [], planning: [] }
  if ('uses' in condition) {
    const { uses } = condition
    return {
      value: undefined,
      needs: [uses],
      planning: uses.evaluatedAtPlanTime.length > 0 ? [executing(uses.evaluatedAtPlanTime)] : [],
    }
  }
  if ('call' in condition) {
    const { call, value, immutable } = condition
    if (current.mayExecute(call)) return { value: value ?? undefined, needs: [], planning: [] }
    const needs = [executing([call])]
    return { value: undefined, needs, planning: immutable ? needs : [] }
  }
  if ('not' in condition) {
    const part = fold(condition.not, current)
    return { ...part, value: typeof part.value === 'boolean' ? !part.value : part.value }
  }
  return 'any' in condition ? combine(condition.any, true, current) : combine(condition.all, false, current)
}

function executing(functions: readonly Signature[]): ExpressionUses {
  return { functions, evaluatedAtPlanTime: [], sequences: [], volatile: false, reads: [], code: calling }
}

const calling = { runs: true, advances: false, types: [] }

/** @param decisive the value that decides whatever the others are: true of OR, false of AND */
function combine(conditions: readonly Condition[], decisive: boolean, current: EffectivePrivileges): Part {
  const parts = conditions.map((condition) => fold(condition, current))
  const decided = parts.findIndex(({ value }) => value === decisive)
  if (decided >= 0) {
    const planning = parts.slice(0, decided + 1).flatMap((part) => part.planning)
    return { value: decisive, needs: planning, planning }
  }
  const needs = parts.flatMap((part) => part.needs)
  const planning = parts.flatMap((part) => part.planning)
  if (parts.some(({ value }) => value === undefined)) return { value: undefined, needs, planning }
  return { value: parts.some(({ value }) => value === null) ? null : !decisive, needs, planning }
}
