import type { ExpressionUses, Policy, PolicyExpression, Relation } from '../model/catalog.js'
import type { CatalogIndex } from '../model/index-catalog.js'
import { quoteIdentifier } from '../postgres/names.js'
import { hasFeature } from '../postgres/version.js'
import { type EffectivePrivileges, keyOf } from './effective-privileges.js'
import { type Folded, foldCondition } from './fold-condition.js'
import { type Refusal, type Rows, refuse } from './refusal.js'

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
 * @param privileges of the role whose policies apply
 * @param current of the role that executes functions
 * @param use USING, which chooses rows, or WITH CHECK, which a new row must pass
 */
export function policyCondition(
  relation: Relation,
  privileges: EffectivePrivileges,
  current: EffectivePrivileges,
  command: Command,
  use: 'using' | 'check',
): PolicyCondition {
  if (!privileges.isUnderRowSecurity(relation)) return everyRow
  const applicable = relation.policies.filter((policy) => applies(policy, command, privileges))
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
  // Beside one that is never true the others are dropped since PostgreSQL 17, once they are planned, but not the plans of
  // their sub-selects; new rows are checked by all.
  const isDropped = isShut && use === 'using' && dropsBesideFalse(current.index)
  const conditions = [...alternatives, ...restrictive]
    .map((part) => ({
      policy: part.policy,
      needs: isDropped && 'planning' in part ? needsOnceDropped(part) : part.needs,
    }))
    .filter(({ needs }) => needs.length > 0)
  const isEveryRow = open >= 0 && restrictive.every(({ value }) => value === true)
  return { rows: isShut ? 'none' : isEveryRow ? 'all' : 'some', conditions }
}

/** What a condition needs that is planned, but for its sub-selects not kept. */
export function needsOnceDropped({ needs, planning }: Folded): readonly ExpressionUses[] {
  return [...planning, ...needs.filter(({ reads }) => reads.length > 0)]
}

/** Whether a condition that is never true empties a scan beside others, too. */
export const dropsBesideFalse = ({ catalog }: CatalogIndex) => hasFeature(catalog.serverVersion, 'falseConditionsWin')

interface FoldedPolicy extends Folded {
  readonly policy: string
}

/** Policies whose conditions are added to a statement; without a permissive one no condition is looked at. */
export function policiesInForce(
  relation: Relation,
  privileges: EffectivePrivileges,
  command: Command,
): readonly Policy[] {
  if (!privileges.isUnderRowSecurity(relation)) return []
  const applicable = relation.policies.filter((policy) => applies(policy, command, privileges))
  return applicable.some(({ permissive }) => permissive) ? applicable : []
}

function applies(policy: Policy, command: Command, privileges: EffectivePrivileges): boolean {
  if (policy.command !== 'all' && policy.command !== command) return false
  return policy.roles === null || privileges.hasAnyOf(policy.roles)
}

/** A policy without WITH CHECK checks new rows by USING. */
function expressionOf(policy: Policy, use: 'using' | 'check'): PolicyExpression | null {
  return use === 'using' ? policy.using : (policy.check ?? policy.using)
}

export function noPolicy(relation: Relation, as: EffectivePrivileges, command: string): Refusal {
  const who = quoteIdentifier(as.role)
  return refuse('row security', () => `No policy on ${keyOf(relation)} ever lets ${command} by ${who} through.`)
}
