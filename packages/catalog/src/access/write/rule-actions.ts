import type { RangeTableEntryPrivileges, Relation, Rule } from '../../model/catalog.js'
import { quoteIdentifier } from '../../postgres/names.js'
import { type EffectivePrivileges, keyOf } from '../effective-privileges.js'
import { type Decision, firstIn, firstOf, type Refusal, refuse, within } from '../refusal.js'
import type { Reading } from '../select/reading.js'
import type { WriteCommand } from './target.js'

/** The writes that a rule's actions may be. */
export interface Writes {
  insert(relation: Relation, as: EffectivePrivileges, columns: readonly string[]): Decision
  update(relation: Relation, as: EffectivePrivileges, columns: readonly string[]): Decision
  delete(relation: Relation, as: EffectivePrivileges): Decision
}

/** What the rules of a relation need when it is written to. */
export class RuleActions {
  readonly #underWay = new Set<string>()

  constructor(
    readonly reading: Reading,
    readonly writes: Writes,
  ) {}

  /** Rules act as the relation's owner; their functions as whoever runs the statement. */
  decide(relation: Relation, command: WriteCommand): Decision {
    const rules = relation.rules.filter(({ event }) => event === command)
    if (rules.length === 0) return { refusal: null, rows: 'all' }
    const memo = `${command} ${keyOf(relation)}`
    if (this.#underWay.has(memo)) return { refusal: ruleRecursion(relation), rows: 'none' }
    this.#underWay.add(memo)
    const decision = this.#decideRules(relation, rules)
    this.#underWay.delete(memo)
    return decision
  }

  #decideRules(relation: Relation, rules: readonly Rule[]): Decision {
    const owner = this.reading.as(relation.owner)
    const refusal = firstIn(rules, (rule) =>
      within(
        () =>
          `The rule ${quoteIdentifier(rule.name)} on ${keyOf(relation)} acts as its owner ${quoteIdentifier(relation.owner)}.`,
        firstOf(
          () => firstIn(rule.uses.functions, (signature) => this.reading.current.functionRefusal(signature)),
          () => firstIn(rule.uses.sequences, (sequence) => this.reading.current.sequenceRefusal(sequence)),
          () => firstIn(rule.uses.relations, (access) => this.#accessRefusal(access, owner, relation)),
          () => (rule.uses.readsOld ? this.reading.body(keyOf(relation), owner).refusal : null),
        ),
      ),
    )
    return { refusal, rows: refusal ? 'none' : 'some' }
  }

  /** @param ruled whose rule it is: OLD and NEW stand in its range table, read or not */
  #accessRefusal(
    { relation: key, select, ...writes }: RangeTableEntryPrivileges,
    owner: EffectivePrivileges,
    ruled: Relation,
  ): Refusal | null {
    const relation = this.reading.index.relations.get(key)
    if (relation === undefined) return null
    return firstOf(
      () => select && owner.columnsRefusal(key, 'select', select),
      () => (select && relation !== ruled ? this.reading.read(key, owner, select).refusal : null),
      () => writes.insert && this.writes.insert(relation, owner, writes.insert).refusal,
      () => writes.update && this.writes.update(relation, owner, writes.update).refusal,
      () => (writes.delete ? this.writes.delete(relation, owner).refusal : null),
    )
  }
}

function ruleRecursion(relation: Relation): Refusal {
  return refuse('recursion', () => `The rules of ${keyOf(relation)} lead back to themselves (42P17).`)
}
