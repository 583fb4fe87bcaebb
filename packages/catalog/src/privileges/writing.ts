import type { QualifiedName, Relation } from '../catalog.js'
import { quoteIdentifier } from '../names.js'
import { type Answers, keyOf } from './answers.js'
import { hasTrigger } from './before-triggers.js'
import { Defaults, hasDefault, isIncomplete } from './defaults.js'
import { functionsRefusal } from './expressions.js'
import { descendantsOf } from './inheritance.js'
import type { Reading } from './reading.js'
import { both, type Decision, firstIn, firstOf, type Refusal, type Rows, refuse, within } from './refusal.js'
import { RowNeeds } from './row-needs.js'
import { RuleActions } from './rule-actions.js'
import { baseColumn, unwritable, type WriteCommand, writeTarget } from './target.js'

/**
 * Decides writes as PostgreSQL executes them: `INSERT INTO r (c, …) VALUES (…)`, `UPDATE r SET c = …, …` and
 * `DELETE FROM r`, the latter two without a condition and none returning anything. Tables are taken to have rows.
 */
export class Writing {
  readonly #fixed = new Map<string, Decision>()

  readonly defaults: Defaults
  readonly #rows: RowNeeds
  readonly #rules: RuleActions

  constructor(readonly reading: Reading) {
    this.defaults = new Defaults(reading)
    this.#rows = new RowNeeds(reading)
    this.#rules = new RuleActions(reading, this)
  }

  insert(relation: Relation, as: Answers, columns: readonly string[]): Decision {
    return this.#insert(relation, as, columns, columns)
  }

  /**
   * @param listed columns that the statement names: INSERT is checked on these
   * @param filled columns that have a value by now, from the statement or a view's defaults
   */
  #insert(relation: Relation, as: Answers, listed: readonly string[], filled: readonly string[]): Decision {
    const target = writeTarget(relation, 'insert')
    if (target.kind === 'none') return refused(target.refusal)
    const key = keyOf(relation)
    const grants = as.columnsRefusal(key, 'insert', listed)
    if (grants) return refused(grants)
    if (target.kind === 'table') return this.#insertIntoTable(relation, as, filled)
    const omitted = this.#isDiscarded(relation) ? null : this.defaults.firstOmitted(relation, filled)
    if (omitted) return refused(omitted)
    const rules = target.kind === 'rules' ? null : this.#rules.decide(relation, 'insert').refusal
    if (rules) return refused(rules)
    if (target.kind === 'trigger') {
      const refusal = firstOf(
        () => firstIn(relation.columns, (column) => this.#rows.domainChecks(relation, column)),
        () => this.#rows.conditionsOfTriggers(relation, 'insert', []),
      )
      return { refusal, rows: 'some' }
    }
    if (target.kind === 'rules') return this.#rules.decide(relation, 'insert')
    const base = this.reading.index.relations.get(target.base)
    if (base === undefined) return refused(refuse('not updatable', () => `${target.base} is not described.`))
    const mapped = mapColumns(relation, target.base, listed)
    if ('fact' in mapped) return refused(mapped)
    const defaults = relation.columns.filter(
      (column) => !filled.includes(column.name) && hasDefault(column, this.reading.index),
    )
    const more = mapColumns(relation, target.base, [...filled, ...defaults.map(({ name }) => name)])
    if ('fact' in more) return refused(more)
    const decision = this.#insert(base, this.reading.checkedFor(relation), mapped, more)
    const checked = relation.checkOption ? this.reading.conditionOfView(relation) : null
    return throughView(relation, { ...decision, refusal: decision.refusal ?? checked })
  }

  #insertIntoTable(relation: Relation, as: Answers, filled: readonly string[]): Decision {
    const unable = firstIn(filled, (column) => unwritable(relation, column))
    if (unable) return refused(unable)
    const omitted = this.defaults.firstOmitted(relation, filled)
    if (omitted) return refused(omitted)
    const fixed = this.#fixedOfInsert(relation, as)
    if (fixed.refusal) return fixed
    // A missing value stops the statement before anything that follows it is looked at.
    if (isIncomplete(relation, filled, this.reading.index)) return fixed
    const refusal = firstOf(
      () => this.#rows.checks(relation),
      () => this.#rows.bounds(relation),
      () => this.#rows.indexes(relation, null),
      () => this.#rows.conditionsOfTriggers(relation, 'insert', [], { timings: ['after'] }),
      () => this.#rows.everyPartition(relation),
      () => this.#rules.decide(relation, 'insert').refusal,
    )
    return refusal ? refused(refusal) : fixed
  }

  /** What inserting needs, whichever columns are given. */
  #fixedOfInsert(relation: Relation, as: Answers): Decision {
    const memo = `${as.role}\0${keyOf(relation)}`
    const known = this.#fixed.get(memo)
    if (known !== undefined) return known
    const policies = this.reading.policies(relation, as, 'insert', 'check')
    const refusal = firstOf(
      () => policies.refusal,
      () => (policies.rows === 'none' ? noPolicy(relation, as, 'INSERT') : null),
      () => firstIn(relation.columns, (column) => this.#rows.domainChecks(relation, column)),
      () => this.#rows.generated(relation, null),
      () =>
        functionsRefusal(
          this.reading.current,
          relation.partitionFunctions,
          () => `The partition key of ${keyOf(relation)} is computed.`,
        ),
      () => this.#rows.conditionsOfTriggers(relation, 'insert', [], { timings: ['before'] }),
    )
    const decision: Decision = {
      refusal,
      rows: refusal ? 'none' : both(policies.rows, rowsAfterTriggers(relation, 'insert')),
    }
    this.#fixed.set(memo, decision)
    return decision
  }

  /** @param isEmpty no row is ever reached: what is asked row by row is not asked */
  update(relation: Relation, as: Answers, columns: readonly string[], isEmpty = false): Decision {
    const target = writeTarget(relation, 'update')
    if (target.kind === 'none') return refused(target.refusal)
    const grants = as.columnsRefusal(keyOf(relation), 'update', columns)
    if (grants) return refused(grants)
    if (target.kind === 'table') return this.#updateTable(relation, as, columns, isEmpty)
    if (target.kind === 'rules') return this.#rules.decide(relation, 'update')
    const rules = this.#rules.decide(relation, 'update').refusal
    if (rules) return refused(rules)
    if (target.kind === 'trigger') return this.#insteadOf(relation, as, 'update', columns)
    const base = this.reading.index.relations.get(target.base)
    if (base === undefined) return refused(refuse('not updatable', () => `${target.base} is not described.`))
    const mapped = mapColumns(relation, target.base, columns)
    if ('fact' in mapped) return refused(mapped)
    const decision = this.update(
      base,
      this.reading.checkedFor(relation),
      mapped,
      isEmpty || this.reading.isEmptyView(relation),
    )
    return throughView(relation, { ...decision, refusal: decision.refusal ?? this.#conditionOfView(relation, isEmpty) })
  }

  #updateTable(relation: Relation, as: Answers, columns: readonly string[], isEmpty: boolean): Decision {
    const unable = firstIn(columns, (column) => unwritable(relation, column))
    if (unable) return refused(unable)
    const using = this.reading.policies(relation, as, 'update', 'using')
    const check = this.reading.policies(relation, as, 'update', 'check')
    const refusal = firstOf(
      () => using.refusal,
      () => check.refusal,
      () => this.#rules.decide(relation, 'update').refusal,
      () =>
        firstIn(relation.columns, (column) =>
          columns.includes(column.name) ? this.#rows.domainChecks(relation, column) : null,
        ),
      () => (preparesGenerated(this.reading.index) ? this.#rows.generated(relation, columns) : null),
      // run even where no row is reached
      () => this.#rows.conditionsOfTriggers(relation, 'update', columns, { level: 'statement' }),
    )
    if (refusal) return refused(refusal)
    if (using.rows === 'none' || isEmpty) return { refusal: null, rows: 'none' }
    const perRow = firstOf(
      () => (check.rows === 'none' ? noPolicy(relation, as, 'UPDATE') : null),
      () => this.#rows.ofUpdatedRows(relation, columns),
      () => firstIn(descendantsOf(this.reading.index, relation), (child) => this.#rows.ofUpdatedRows(child, columns)),
    )
    const rows = both(both(using.rows, check.rows), rowsAfterTriggers(relation, 'update'))
    return { refusal: perRow, rows: perRow ? 'none' : rows }
  }

  delete(relation: Relation, as: Answers, isEmpty = false): Decision {
    const target = writeTarget(relation, 'delete')
    if (target.kind === 'none') return refused(target.refusal)
    const grants = as.deleteRefusal(keyOf(relation))
    if (grants) return refused(grants)
    if (target.kind === 'table') {
      const using = this.reading.policies(relation, as, 'delete', 'using')
      const refusal = firstOf(
        () => using.refusal,
        () => this.#rules.decide(relation, 'delete').refusal,
        () => this.#rows.conditionsOfTriggers(relation, 'delete', [], { level: 'statement' }),
        () => (using.rows === 'none' || isEmpty ? null : this.#rows.ofDeletedRows(relation)),
      )
      const rows = both(using.rows, rowsAfterTriggers(relation, 'delete'))
      return { refusal, rows: refusal || isEmpty ? 'none' : rows }
    }
    if (target.kind === 'rules') return this.#rules.decide(relation, 'delete')
    const rules = this.#rules.decide(relation, 'delete').refusal
    if (rules) return refused(rules)
    if (target.kind === 'trigger') return this.#insteadOf(relation, as, 'delete', [])
    const base = this.reading.index.relations.get(target.base)
    if (base === undefined) return refused(refuse('not updatable', () => `${target.base} is not described.`))
    const replaced = this.#rowsForRules(relation, base, 'delete')
    if (replaced) return refused(replaced)
    const decision = this.delete(base, this.reading.checkedFor(relation), isEmpty || this.reading.isEmptyView(relation))
    return throughView(relation, { ...decision, refusal: decision.refusal ?? this.#conditionOfView(relation, isEmpty) })
  }

  /** Whether rules replace an insert without looking at its values: nobody computes defaults then. */
  #isDiscarded(relation: Relation): boolean {
    const target = writeTarget(relation, 'insert')
    if (target.kind === 'rules') return !relation.rules.some(({ uses }) => uses.readsNew)
    const base = target.kind === 'view' ? this.reading.index.relations.get(target.base) : undefined
    return base !== undefined && this.#isDiscarded(base)
  }

  /**
   * Conditions of views that pass a write on are joined by AND: beside one that is never true, the others are dropped,
   * unless a security barrier keeps them apart.
   */
  #conditionOfView(relation: Relation, isEmpty: boolean): Refusal | null {
    if (isEmpty && !relation.securityBarrier) return null
    return this.reading.conditionOfView(relation)
  }

  /** A view on top of one whose rules replace the write finds the rows for them by its condition, which reads that one. */
  #rowsForRules(view: Relation, base: Relation, command: 'update' | 'delete'): Refusal | null {
    if (view.view === null || view.view.conditionInputs.length === 0) return null
    return writeTarget(base, command).kind === 'rules' ? this.reading.rowsRefusal(base) : null
  }

  /** The rows that a trigger is run for are read from the view. */
  #insteadOf(relation: Relation, as: Answers, command: 'update' | 'delete', updated: readonly string[]): Decision {
    const body = this.reading.body(keyOf(relation), as)
    const all = relation.columns.map(({ name }) => name)
    const refusal = firstOf(
      () => body.refusal,
      () =>
        firstIn(relation.columns, (column) =>
          updated.includes(column.name) ? this.#rows.domainChecks(relation, column) : null,
        ),
      () => this.reading.columnsRefusal(keyOf(relation), all),
      () => this.reading.carriedRefusal(relation),
      () => this.#rows.conditionsOfTriggers(relation, command, []),
    )
    return { refusal, rows: body.rows === 'none' ? 'none' : 'some' }
  }
}

/** Before PostgreSQL 16 an update prepares generated columns even where no row is reached. */
const preparesGenerated = ({ catalog }: Reading['index']) => catalog.serverVersion < 160000

function refused(refusal: Refusal): Decision {
  return { refusal, rows: 'none' }
}

function throughView(view: Relation, decision: Decision): Decision {
  const as = view.securityInvoker ? 'whoever runs the statement' : `its owner ${quoteIdentifier(view.owner)}`
  const refusal = within(() => `The view ${keyOf(view)} passes the write on, as ${as}.`, decision.refusal)
  return { refusal, rows: refusal ? 'none' : decision.rows }
}

function mapColumns(view: Relation, base: QualifiedName, columns: readonly string[]): string[] | Refusal {
  const mapped: string[] = []
  for (const column of columns) {
    const name = baseColumn(view, base, column)
    if (name === null) {
      const what = () => `${keyOf(view)}.${quoteIdentifier(column)}`
      return refuse('not updatable', () => `${what()} is computed by the view and so takes no value.`)
    }
    mapped.push(name)
  }
  return mapped
}

function noPolicy(relation: Relation, as: Answers, command: string): Refusal {
  const who = quoteIdentifier(as.role)
  return refuse('row security', () => `No policy on ${keyOf(relation)} ever lets ${command} by ${who} through.`)
}

function rowsAfterTriggers(relation: Relation, command: WriteCommand): Rows {
  return hasTrigger(relation, command) ? 'some' : 'all'
}
