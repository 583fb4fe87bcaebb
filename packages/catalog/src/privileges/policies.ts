import type { Policy, PolicyExpression, Relation } from '../catalog.js'
import type { Answers } from './answers.js'
import { type Folded, foldCondition } from './condition.js'
import type { Rows } from './refusal.js'

export type Command = 'select' | 'insert' | 'update' | 'delete'

/** What the policies that apply come to, constants folded as the planner folds them. */
export interface PolicyCondition {
  readonly rows: Rows
  /** conditions that are prepared, and so need their functions and tables to be allowed */
  readonly conditions: readonly NamedCondition[]
}

export interface NamedCondition {
  readonly policy: string
  readonly condition: Folded
}

export const everyRow: PolicyCondition = { rows: 'all', conditions: [] }

/**
 * The policies of a relation for a command and a role ("Row Security Policies" in PostgreSQL's manual; rowsecurity.c):
 * one permissive policy at least must pass, and every restrictive one.
 *
 * @param answers of the role whose policies apply
 * @param current of the role that executes functions
 * @param use USING, which chooses rows, or WITH CHECK, which a new row must pass
 */
export function policyCondition(
  relation: Relation,
  answers: Answers,
  current: Answers,
  command: Command,
  use: 'using' | 'check',
): PolicyCondition {
  if (!answers.isUnderRowSecurity(relation)) return everyRow
  const applicable = relation.policies.filter((policy) => applies(policy, command, answers))
  const expressions = (permissive: boolean): NamedCondition[] =>
    applicable.flatMap((policy) => {
      const expression = expressionOf(policy, use)
      if (policy.permissive !== permissive || expression === null) return []
      return [{ policy: policy.name, condition: foldCondition(expression.condition, current) }]
    })
  const permissive = expressions(true)
  if (permissive.length === 0) return { rows: 'none', conditions: [] }
  const restrictive = expressions(false)
  const isOpen = permissive.some(({ condition }) => condition.value === true)
  const open = isOpen ? [] : permissive.filter(isUndecided)
  const conditions = [...open, ...restrictive.filter(isUndecided)]
  const isShut = (!isOpen && open.length === 0) || restrictive.some(({ condition }) => condition.value === false)
  // All conditions are prepared, even beside one that is never true.
  return { rows: isShut ? 'none' : conditions.length === 0 ? 'all' : 'some', conditions }
}

const isUndecided = ({ condition }: NamedCondition) => condition.value === undefined

function applies(policy: Policy, command: Command, answers: Answers): boolean {
  if (policy.command !== 'all' && policy.command !== command) return false
  return policy.roles === null || policy.roles.some((role) => answers.hasRole(role))
}

/** A policy without WITH CHECK checks new rows by USING. */
function expressionOf(policy: Policy, use: 'using' | 'check'): PolicyExpression | null {
  return use === 'using' ? policy.using : (policy.check ?? policy.using)
}
