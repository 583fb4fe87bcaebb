import type { ExpressionUses, Policy, PolicyExpression, Relation } from '../catalog.js'
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
  readonly needs: readonly ExpressionUses[]
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
  const folded = (isPermissive: boolean): FoldedPolicy[] =>
    applicable.flatMap((policy) => {
      const expression = expressionOf(policy, use)
      if (policy.permissive !== isPermissive || expression === null) return []
      return [{ policy: policy.name, ...foldCondition(expression.condition, current) }]
    })
  // the server keeps a table's policies by name, last first
  const permissive = folded(true).toReversed()
  if (permissive.length === 0) return { rows: 'none', conditions: [] }
  const restrictive = folded(false)
  const open = permissive.findIndex(({ value }) => value === true)
  const isShut = permissive.every(({ value }) => value === false) || restrictive.some(({ value }) => value === false)
  // Once one lets every row through, those that follow are dropped; those before it were already planned.
  const alternatives =
    open < 0 ? permissive : permissive.slice(0, open + 1).map(({ policy, planning }) => ({ policy, needs: planning }))
  // All conditions are prepared, even beside one that is never true.
  const conditions = [...alternatives, ...restrictive]
    .filter(({ needs }) => needs.length > 0)
    .map(({ policy, needs }) => ({ policy, needs }))
  const isEveryRow = open >= 0 && restrictive.every(({ value }) => value === true)
  return { rows: isShut ? 'none' : isEveryRow ? 'all' : 'some', conditions }
}

interface FoldedPolicy extends Folded {
  readonly policy: string
}

function applies(policy: Policy, command: Command, answers: Answers): boolean {
  if (policy.command !== 'all' && policy.command !== command) return false
  return policy.roles === null || policy.roles.some((role) => answers.hasRole(role))
}

/** A policy without WITH CHECK checks new rows by USING. */
function expressionOf(policy: Policy, use: 'using' | 'check'): PolicyExpression | null {
  return use === 'using' ? policy.using : (policy.check ?? policy.using)
}
