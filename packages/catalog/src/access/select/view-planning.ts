import type { QualifiedName, Relation, ViewDefinition } from '../../model/catalog.js'
import type { EffectivePrivileges } from '../effective-privileges.js'
import { foldCondition } from '../fold-condition.js'
import { dropsBesideFalse, policiesInForce, policyCondition } from '../policies.js'
import type { StatementRoles } from './statement-roles.js'

/** What the planner makes of views: grants and functions are checked only of what it keeps. */
export class ViewPlanning {
  readonly #volatile = new Map<string, boolean>()

  constructor(readonly roles: StatementRoles) {}

  /** Whether the planner merges a view into what reads it (pull_up_subqueries). */
  isMerged(relation: Relation): boolean {
    const { view, securityBarrier } = relation
    if (view?.isSimple !== true || securityBarrier) return false
    const as = this.roles.checkedFor(relation)
    return !view.columnUses.some((part) => this.isKept(part, as))
  }

  /** Whether a column is computed even for queries that do not ask for it: volatile in the end, through other views. */
  isKept({ isKept, uses }: ViewDefinition['columnUses'][number], as: EffectivePrivileges): boolean {
    return isKept || uses.reads.some(({ relation }) => this.#isVolatile(relation, as))
  }

  #isVolatile(key: QualifiedName, as: EffectivePrivileges): boolean {
    const memo = `${as.role}\0${key}`
    const known = this.#volatile.get(memo)
    if (known !== undefined) return known
    this.#volatile.set(memo, false) // for views that lead back to themselves
    const relation = this.roles.index.relations.get(key)
    const view = relation?.kind === 'view' ? relation.view : null
    const behind = relation && view ? this.roles.checkedFor(relation) : as
    const isVolatile =
      view?.volatile === true ||
      (relation !== undefined && policiesInForce(relation, as, 'select').some(({ using }) => using?.uses.volatile)) ||
      (view?.reads ?? []).some((read) => this.#isVolatile(read.relation, behind))
    this.#volatile.set(memo, isVolatile)
    return isVolatile
  }

  /** Whether the scan behind a view of one table is left out of every plan, and its conditions with it. */
  isLeftOut(relation: Relation): boolean {
    const { hasNever, hasOthers } = this.#conditionsBehind(relation, this.roles.current)
    return hasNever && (!hasOthers || dropsBesideFalse(this.roles.index))
  }

  /** Whether some condition on the rows of a table, or of a view of one table, is never true; and whether others are open. */
  #conditionsBehind(relation: Relation, as: EffectivePrivileges): { hasNever: boolean; hasOthers: boolean } {
    if (relation.view === null || relation.kind === 'materialized view') {
      const { rows, conditions } = policyCondition(relation, as, this.roles.current, 'select', 'using')
      return { hasNever: rows === 'none', hasOthers: rows === 'some' || conditions.length > 0 }
    }
    const [table, ...others] = relation.view.reads
    const base = table && this.roles.index.relations.get(table.relation)
    const isOfOne = others.length === 0 && relation.view.tables.length === 1
    if (base === undefined || !isOfOne || (base.view !== null && !base.view.isSimple)) {
      return { hasNever: false, hasOthers: true }
    }
    const behind = this.#conditionsBehind(base, this.roles.checkedFor(relation))
    const { value } = foldCondition(relation.view.condition, this.roles.current)
    return {
      hasNever: behind.hasNever || value === false,
      hasOthers: behind.hasOthers || value === undefined,
    }
  }
}
