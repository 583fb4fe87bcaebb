import type { QualifiedName, Relation } from '../../model/catalog.js'
import { type EffectivePrivileges, keyOf } from '../effective-privileges.js'
import { type Command, policiesInForce } from '../policies.js'
import { firstIn, type Refusal, refuse } from '../refusal.js'
import type { StatementRoles } from './statement-roles.js'

/**
 * Whether the rewriter follows views and policies back to where it is (fireRIRrules): it refuses then, whatever the planner
 * would have folded away later.
 */
export class Recursion {
  readonly #known = new Set<string>()
  readonly #underWay = new Set<QualifiedName>()

  constructor(readonly roles: StatementRoles) {}

  refusal(relation: Relation, as: EffectivePrivileges, command: Command): Refusal | null {
    const memo = `${as.role}\0${command}\0${keyOf(relation)}`
    if (this.#known.has(memo)) return null
    const reads = this.#readsOf(relation, as, command)
    if (reads.length > 0) {
      const key = keyOf(relation)
      if (this.#underWay.has(key)) return recursion(key)
      this.#underWay.add(key)
      const behind = relation.kind === 'view' ? this.roles.checkedFor(relation) : as
      const refusal = firstIn(reads, (read) => {
        const next = this.roles.index.relations.get(read)
        return next === undefined ? null : this.refusal(next, behind, 'select')
      })
      this.#underWay.delete(key)
      if (refusal) return refusal
    }
    this.#known.add(memo)
    return null
  }

  #readsOf(relation: Relation, as: EffectivePrivileges, command: Command): readonly QualifiedName[] {
    if (relation.kind === 'view') return (relation.view?.reads ?? []).map((read) => read.relation)
    return policiesInForce(relation, as, command).flatMap(({ using, check }) => {
      const checked = command === 'insert' || command === 'update' ? (check ?? using) : null
      return [command === 'insert' ? null : using, checked].flatMap((expression) =>
        expression === null ? [] : [...expression.uses.reads.map((read) => read.relation), ...expression.foldedReads],
      )
    })
  }
}

export function recursion(key: QualifiedName): Refusal {
  return refuse(
    'recursion',
    () => `Reading ${key} leads back to ${key}: PostgreSQL refuses infinite recursion (42P17).`,
  )
}
