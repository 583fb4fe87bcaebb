import type { Relation } from '../../model/catalog.js'
import { type EffectivePrivileges, keyOf } from '../effective-privileges.js'
import { functionsRefusal } from '../expressions.js'
import { noPolicy } from '../policies.js'
import { both, type Decision, firstIn, firstOf, type Refusal, refused } from '../refusal.js'
import { indexesRefusal } from '../select/scanning.js'
import { notDescribed, throughView } from '../select/through-view.js'
import { rowsAfterTriggers } from './before-triggers.js'
import { hasDefault, isIncomplete } from './defaults.js'
import { decideNamed } from './named-columns.js'
import { mapColumns, unwritable, writeTarget } from './target.js'
import type { WriteParts } from './write-parts.js'

/** What is refused while a statement is rewritten, before any of it runs. */
const atRewriting = new Set<Refusal['rule']>(['recursion', 'generated', 'not updatable'])

/** `INSERT INTO r (c, …) VALUES (…)` */
export class Inserting {
  readonly #fixed = new Map<string, Decision>()

  constructor(readonly parts: WriteParts) {}

  insert(relation: Relation, as: EffectivePrivileges, columns: readonly string[]): Decision {
    return this.#insert(relation, as, columns, columns)
  }

  /**
   * @param listed columns that the statement names: INSERT is checked on these
   * @param filled columns that have a value by now, from the statement or a view's defaults
   * @param isChecked a view in front has a CASCADED CHECK OPTION: the conditions behind it are checked too
   */
  #insert(
    relation: Relation,
    as: EffectivePrivileges,
    listed: readonly string[],
    filled: readonly string[],
    isChecked = false,
  ): Decision {
    const { reading, rules, defaults } = this.parts
    const target = writeTarget(relation, 'insert')
    if (target.kind === 'none') return refused(target.refusal)
    const unable = target.kind === 'table' ? firstIn(filled, (column) => unwritable(relation, column)) : null
    if (unable) return refused(unable)
    const named = decideNamed(this.parts, relation, as, 'insert', listed)
    if (named) return named
    if (target.kind === 'table') return this.#intoTable(relation, as, filled)
    const omitted = this.#isDiscarded(relation) ? null : defaults.firstOmitted(relation, filled)
    if (omitted) return refused(omitted)
    const ofRules = target.kind === 'rules' ? null : rules.decide(relation, 'insert').refusal
    if (ofRules) return refused(ofRules)
    if (target.kind === 'trigger') return this.#insteadOf(relation, filled)
    if (target.kind === 'rules') return rules.decide(relation, 'insert')
    const base = target.kind === 'view' ? reading.index.relations.get(target.base) : undefined
    if (base === undefined) return notDescribed(relation)
    const mapped = mapColumns(relation, keyOf(base), listed)
    if ('fact' in mapped) return refused(mapped)
    const ownDefaults = relation.columns.filter(
      (column) => !filled.includes(column.name) && hasDefault(column, reading.index),
    )
    const more = mapColumns(relation, keyOf(base), [...filled, ...ownDefaults.map(({ name }) => name)])
    if ('fact' in more) return refused(more)
    const isCascaded = isChecked || relation.checkOption === 'cascaded'
    const decision = this.#insert(base, reading.checkedFor(relation), mapped, more, isCascaded)
    const checked = isChecked || relation.checkOption ? reading.conditionOfView(relation) : null
    return throughView(relation, { ...decision, refusal: decision.refusal ?? checked })
  }

  #insteadOf(relation: Relation, filled: readonly string[]): Decision {
    const { rows } = this.parts
    const refusal = firstOf(
      () => firstIn(relation.columns, (column) => rows.domainChecks(relation, column, filled.includes(column.name))),
      () => rows.conditionsOfTriggers(relation, 'insert', []),
    )
    return { refusal, rows: 'some' }
  }

  #intoTable(relation: Relation, as: EffectivePrivileges, filled: readonly string[]): Decision {
    const { reading, rows, rules, defaults, keys } = this.parts
    const omitted = defaults.firstOmitted(relation, filled)
    if (omitted) return refused(omitted)
    const fixed = this.#fixedOfInsert(relation, as)
    if (fixed.refusal) return fixed
    const ofValues = firstIn(relation.columns, (column) =>
      filled.includes(column.name) ? rows.domainChecks(relation, column, true) : null,
    )
    if (ofValues) return refused(ofValues)
    const ofRules = rules.decide(relation, 'insert').refusal
    if (ofRules && atRewriting.has(ofRules.rule)) return refused(ofRules)
    // A missing value stops the statement before anything that follows it is looked at.
    if (isIncomplete(relation, filled, reading.index)) return fixed
    const withValue = relation.columns
      .filter((column) => filled.includes(column.name) || column.identity || hasDefault(column, reading.index))
      .map(({ name }) => name)
    const ofRow = firstOf(
      () => rows.checks(relation),
      () => rows.bounds(relation),
      () => rows.indexes(relation, null),
      () => rows.conditionsOfTriggers(relation, 'insert', [], { timings: ['after'] }),
      () => rows.everyPartition(relation, withValue),
      () => ofRules,
      () => keys.ofWrittenRows(relation, withValue, false),
    )
    return ofRow ? refused(ofRow) : fixed
  }

  /** What inserting needs, whichever columns are given. */
  #fixedOfInsert(relation: Relation, as: EffectivePrivileges): Decision {
    const memo = `${as.role}\0${keyOf(relation)}`
    const known = this.#fixed.get(memo)
    if (known !== undefined) return known
    const { reading, rows } = this.parts
    const policies = reading.policies(relation, as, 'insert', 'check')
    const refusal = firstOf(
      () => policies.refusal,
      () => (policies.rows === 'none' ? noPolicy(relation, as, 'INSERT') : null),
      () => firstIn(relation.columns, (column) => rows.domainChecks(relation, column, false)),
      () => rows.generated(relation, null),
      () => indexesRefusal(relation, reading.current),
      () =>
        functionsRefusal(
          reading.current,
          relation.partitionFunctions,
          () => `The partition key of ${keyOf(relation)} is computed.`,
        ),
      () => rows.conditionsOfTriggers(relation, 'insert', [], { timings: ['before'] }),
    )
    const decision: Decision = {
      refusal,
      rows: refusal ? 'none' : both(policies.rows, rowsAfterTriggers(relation, 'insert')),
    }
    this.#fixed.set(memo, decision)
    return decision
  }

  /** Whether rules replace an insert without looking at its values: nobody computes defaults then. */
  #isDiscarded(relation: Relation): boolean {
    const target = writeTarget(relation, 'insert')
    if (target.kind === 'rules') return !relation.rules.some(({ uses }) => uses.readsNew)
    const base = target.kind === 'view' ? this.parts.reading.index.relations.get(target.base) : undefined
    return base !== undefined && this.#isDiscarded(base)
  }
}
