import type { Column, Constraint, QualifiedName, Relation, RelationAccess, Rule, Trigger } from '../catalog.js'
import { quoteIdentifier } from '../names.js'
import { type Answers, keyOf } from './answers.js'
import { domainsOf, functionsRefusal, valueRefusal } from './expressions.js'
import { descendantsOf, partitionedAbove } from './inheritance.js'
import type { Reading } from './reading.js'
import { both, type Decision, firstIn, firstOf, type Refusal, type Rows, refuse, within } from './refusal.js'
import { baseColumn, unwritable, type WriteCommand, writeTarget } from './target.js'

/**
 * Decides writes as PostgreSQL executes them: `INSERT INTO r (c, …) VALUES (…)`, `UPDATE r SET c = …, …` and
 * `DELETE FROM r`, the latter two without a condition and none returning anything. Tables are taken to have rows.
 */
export class Writing {
  readonly #omitted = new Map<string, ReadonlyMap<string, Refusal>>()
  readonly #fixed = new Map<string, Decision>()

  readonly #rulesUnderWay = new Set<string>()

  constructor(readonly reading: Reading) {}

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
    const omitted = this.#isDiscarded(relation) ? null : this.#firstOmitted(relation, filled)
    if (omitted) return refused(omitted)
    const rules = target.kind === 'rules' ? null : this.#rules(relation, 'insert').refusal
    if (rules) return refused(rules)
    if (target.kind === 'trigger') {
      const refusal = firstOf(
        () => firstIn(relation.columns, (column) => this.#domainChecks(relation, column)),
        () => this.#conditionsOfTriggers(relation, 'insert', []),
      )
      return { refusal, rows: 'some' }
    }
    if (target.kind === 'rules') return this.#rules(relation, 'insert')
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
    const omitted = this.#firstOmitted(relation, filled)
    if (omitted) return refused(omitted)
    const fixed = this.#fixedOfInsert(relation, as)
    if (fixed.refusal) return fixed
    // A missing value stops the statement before anything that follows it is looked at.
    if (isIncomplete(relation, filled, this.reading)) return fixed
    const refusal = firstOf(
      () => this.#checks(relation),
      () => this.#bounds(relation),
      () => this.#indexes(relation, null),
      () => this.#conditionsOfTriggers(relation, 'insert', [], { timings: ['after'] }),
      () => this.#everyPartition(relation),
      () => this.#rules(relation, 'insert').refusal,
    )
    return refusal ? refused(refusal) : fixed
  }

  /** Which partition a row goes to is its values' matter: inserting is refused where each of them refuses. */
  #everyPartition(relation: Relation): Refusal | null {
    if (relation.kind !== 'partitioned table') return null
    const leaves = descendantsOf(this.reading.index, relation).filter(({ kind }) => kind !== 'partitioned table')
    const refusals = leaves.map((leaf) =>
      firstOf(
        () => this.#conditionsOfTriggers(leaf, 'insert', [], { level: 'row' }),
        () => this.#checks(leaf),
        () => this.#indexes(leaf, null),
      ),
    )
    return refusals.includes(null) ? null : (refusals[0] ?? null)
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
      () => firstIn(relation.columns, (column) => this.#domainChecks(relation, column)),
      () => this.#generated(relation, null),
      () =>
        functionsRefusal(
          this.reading.current,
          relation.partitionFunctions,
          () => `The partition key of ${keyOf(relation)} is computed.`,
        ),
      () => this.#conditionsOfTriggers(relation, 'insert', [], { timings: ['before'] }),
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
    if (target.kind === 'rules') return this.#rules(relation, 'update')
    const rules = this.#rules(relation, 'update').refusal
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
    return throughView(relation, { ...decision, refusal: decision.refusal ?? this.reading.conditionOfView(relation) })
  }

  #updateTable(relation: Relation, as: Answers, columns: readonly string[], isEmpty: boolean): Decision {
    const unable = firstIn(columns, (column) => unwritable(relation, column))
    if (unable) return refused(unable)
    const using = this.reading.policies(relation, as, 'update', 'using')
    const check = this.reading.policies(relation, as, 'update', 'check')
    const refusal = firstOf(
      () => using.refusal,
      () => check.refusal,
      () => this.#rules(relation, 'update').refusal,
      () =>
        firstIn(relation.columns, (column) =>
          columns.includes(column.name) ? this.#domainChecks(relation, column) : null,
        ),
      () => (preparesGenerated(this.reading.index) ? this.#generated(relation, columns) : null),
    )
    if (refusal) return refused(refusal)
    if (using.rows === 'none' || isEmpty) return { refusal: null, rows: 'none' }
    const perRow = firstOf(
      () => (check.rows === 'none' ? noPolicy(relation, as, 'UPDATE') : null),
      () => this.#conditionsOfTriggers(relation, 'update', columns),
      () => this.#ofUpdatedRows(relation, columns),
      () => firstIn(descendantsOf(this.reading.index, relation), (child) => this.#ofUpdatedRows(child, columns)),
    )
    const rows = both(both(using.rows, check.rows), rowsAfterTriggers(relation, 'update'))
    return { refusal: perRow, rows: perRow ? 'none' : rows }
  }

  /** What a row of a table needs when it is changed: of its own table, whichever relation the statement names. */
  #ofUpdatedRows(relation: Relation, columns: readonly string[]): Refusal | null {
    return firstOf(
      () => this.#generated(relation, columns),
      () => this.#conditionsOfTriggers(relation, 'update', columns, { level: 'row' }),
      () => this.#bounds(relation),
      () => this.#checks(relation),
      () => this.#indexes(relation, columns),
    )
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
        () => this.#rules(relation, 'delete').refusal,
        () => (using.rows === 'none' || isEmpty ? null : this.#ofDeletedRows(relation)),
      )
      const rows = both(using.rows, rowsAfterTriggers(relation, 'delete'))
      return { refusal, rows: refusal || isEmpty ? 'none' : rows }
    }
    if (target.kind === 'rules') return this.#rules(relation, 'delete')
    const rules = this.#rules(relation, 'delete').refusal
    if (rules) return refused(rules)
    if (target.kind === 'trigger') return this.#insteadOf(relation, as, 'delete', [])
    const base = this.reading.index.relations.get(target.base)
    if (base === undefined) return refused(refuse('not updatable', () => `${target.base} is not described.`))
    const replaced = this.#rowsForRules(base, 'delete')
    if (replaced) return refused(replaced)
    const decision = this.delete(base, this.reading.checkedFor(relation), isEmpty || this.reading.isEmptyView(relation))
    return throughView(relation, { ...decision, refusal: decision.refusal ?? this.reading.conditionOfView(relation) })
  }

  /** Whether rules replace an insert without looking at its values: nobody computes defaults then. */
  #isDiscarded(relation: Relation): boolean {
    const target = writeTarget(relation, 'insert')
    if (target.kind === 'rules') return !relation.rules.some(({ uses }) => uses.readsNew)
    const base = target.kind === 'view' ? this.reading.index.relations.get(target.base) : undefined
    return base !== undefined && this.#isDiscarded(base)
  }

  /** A view on top of one whose rules replace the write finds the rows for them, which reads that one. */
  #rowsForRules(base: Relation, command: 'update' | 'delete'): Refusal | null {
    return writeTarget(base, command).kind === 'rules' ? this.reading.rowsRefusal(base) : null
  }

  #ofDeletedRows(relation: Relation): Refusal | null {
    return firstOf(
      () => this.#conditionsOfTriggers(relation, 'delete', []),
      () =>
        firstIn(descendantsOf(this.reading.index, relation), (child) =>
          this.#conditionsOfTriggers(child, 'delete', [], { level: 'row' }),
        ),
    )
  }

  /** The rows that a trigger is run for are read from the view. */
  #insteadOf(relation: Relation, as: Answers, command: 'update' | 'delete', updated: readonly string[]): Decision {
    const body = this.reading.body(keyOf(relation), as)
    const all = relation.columns.map(({ name }) => name)
    const refusal = firstOf(
      () => body.refusal,
      () =>
        firstIn(relation.columns, (column) =>
          updated.includes(column.name) ? this.#domainChecks(relation, column) : null,
        ),
      () => this.reading.columnsRefusal(keyOf(relation), all),
      () => this.reading.carriedRefusal(relation),
      () => this.#conditionsOfTriggers(relation, command, []),
    )
    return { refusal, rows: body.rows === 'none' ? 'none' : 'some' }
  }

  /** Rules act as the relation's owner; their functions as whoever runs the statement. */
  #rules(relation: Relation, command: WriteCommand): Decision {
    const rules = relation.rules.filter(({ event }) => event === command)
    if (rules.length === 0) return { refusal: null, rows: 'all' }
    const memo = `${command} ${keyOf(relation)}`
    if (this.#rulesUnderWay.has(memo)) return refused(ruleRecursion(relation))
    this.#rulesUnderWay.add(memo)
    const decision = this.#decideRules(relation, rules)
    this.#rulesUnderWay.delete(memo)
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
    { relation: key, select, ...writes }: RelationAccess,
    owner: Answers,
    ruled: Relation,
  ): Refusal | null {
    const relation = this.reading.index.relations.get(key)
    if (relation === undefined) return null
    return firstOf(
      () => select && owner.columnsRefusal(key, 'select', select),
      () => (select && relation !== ruled ? this.reading.read(key, owner, select).refusal : null),
      () => writes.insert && this.#insert(relation, owner, writes.insert, writes.insert).refusal,
      () => writes.update && this.update(relation, owner, writes.update).refusal,
      () => (writes.delete ? this.delete(relation, owner).refusal : null),
    )
  }

  #firstOmitted(relation: Relation, filled: readonly string[]): Refusal | null {
    for (const [column, refusal] of this.omittable(relation)) if (!filled.includes(column)) return refusal
    return null
  }

  /** Columns that must be given, because their default is not for this role. */
  omittable(relation: Relation): ReadonlyMap<string, Refusal> {
    const key = keyOf(relation)
    const known = this.#omitted.get(key)
    if (known !== undefined) return known
    const refusals = new Map<string, Refusal>()
    for (const column of relation.columns) {
      const refusal = this.#defaultRefusal(relation, column)
      if (refusal) refusals.set(column.name, refusal)
    }
    this.#omitted.set(key, refusals)
    return refusals
  }

  #defaultRefusal(relation: Relation, column: Column): Refusal | null {
    if (column.generated || column.identity) return null
    const what = () =>
      `The default of ${keyOf(relation)}.${quoteIdentifier(column.name)} needs it when the column is left out.`
    if (column.default !== null) return valueRefusal(this.reading.current, column.defaultUses, what)
    const domain = domainsOf(this.reading.index, column.type).find(({ default: text }) => text !== null)
    return domain ? valueRefusal(this.reading.current, domain.defaultUses, what) : null
  }

  #domainChecks(relation: Relation, column: Column): Refusal | null {
    return firstIn(domainsOf(this.reading.index, column.type), (domain) =>
      functionsRefusal(
        this.reading.current,
        domain.checks.flatMap(({ functions }) => functions),
        () => `A CHECK of the type of ${keyOf(relation)}.${quoteIdentifier(column.name)} calls it.`,
      ),
    )
  }

  #generated(relation: Relation, updated: readonly string[] | null): Refusal | null {
    const always = updated === null || hasTrigger(relation, 'update')
    return firstIn(relation.columns, (column) => {
      if (column.generated !== 'stored') return null
      if (!always && !column.generatedFrom.some((name) => updated.includes(name))) return null
      return valueRefusal(
        this.reading.current,
        column.defaultUses,
        () => `The generated column ${keyOf(relation)}.${quoteIdentifier(column.name)} is computed.`,
      )
    })
  }

  #checks(relation: Relation): Refusal | null {
    return firstIn(relation.constraints, (constraint: Constraint) =>
      constraint.kind === 'check'
        ? functionsRefusal(
            this.reading.current,
            constraint.functions,
            () => `The CHECK ${quoteIdentifier(constraint.name)} of ${keyOf(relation)} calls it.`,
          )
        : null,
    )
  }

  /** A row that is put into a partition directly, or changed in it, is compared with the partition's bounds. */
  #bounds(relation: Relation): Refusal | null {
    return firstIn(partitionedAbove(this.reading.index, relation), (parent) =>
      functionsRefusal(
        this.reading.current,
        parent.partitionFunctions,
        () => `${keyOf(relation)} is a partition, and the partition key of ${keyOf(parent)} is computed.`,
      ),
    )
  }

  /** An update that changes no indexed column leaves the indexes alone (heap-only tuples). */
  #indexes(relation: Relation, updated: readonly string[] | null): Refusal | null {
    const touches = ({ columns, inputs }: Relation['indexes'][number]) =>
      updated === null || updated.some((name) => columns.includes(name) || inputs.includes(name))
    if (!relation.indexes.some(touches)) return null
    return firstIn(relation.indexes, (index) =>
      functionsRefusal(
        this.reading.current,
        index.uses.functions,
        () => `The index ${quoteIdentifier(index.name)} of ${keyOf(relation)} is computed.`,
      ),
    )
  }

  #conditionsOfTriggers(
    relation: Relation,
    command: WriteCommand,
    updated: readonly string[],
    only: { readonly timings?: readonly Trigger['timing'][]; readonly level?: Trigger['level'] } = {},
  ): Refusal | null {
    return firstIn(relation.triggers, (trigger) => {
      if (only.timings && !only.timings.includes(trigger.timing)) return null
      if (only.level && only.level !== trigger.level) return null
      if (!trigger.enabled || !trigger.events.includes(command)) return null
      if (trigger.columns.length > 0 && !trigger.columns.some((column) => updated.includes(column))) return null
      return functionsRefusal(
        this.reading.current,
        trigger.conditionUses.functions,
        () => `The WHEN condition of the trigger ${quoteIdentifier(trigger.name)} on ${keyOf(relation)} calls it.`,
      )
    })
  }
}

/** Before PostgreSQL 16 an update prepares generated columns even where no row is reached. */
const preparesGenerated = ({ catalog }: Reading['index']) => catalog.serverVersion < 160000

function ruleRecursion(relation: Relation): Refusal {
  return refuse('recursion', () => `The rules of ${keyOf(relation)} lead back to themselves (42P17).`)
}

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

export function hasTrigger(relation: Relation, command: WriteCommand): boolean {
  return relation.triggers.some(
    ({ enabled, timing, level, events }) =>
      enabled && timing === 'before' && level === 'row' && events.includes(command),
  )
}

function rowsAfterTriggers(relation: Relation, command: WriteCommand): Rows {
  return hasTrigger(relation, command) ? 'some' : 'all'
}

/** Whether a column that must not be null surely gets no value. */
function isIncomplete(relation: Relation, filled: readonly string[], { index }: Reading): boolean {
  if (hasTrigger(relation, 'insert')) return false
  return relation.columns.some((column) => !filled.includes(column.name) && mustBeGiven(column, index))
}

export function mustBeGiven(column: Column, index: Reading['index']): boolean {
  if (column.identity || column.generated || hasDefault(column, index)) return false
  return column.notNull || domainsOf(index, column.type).some(({ notNull }) => notNull)
}

/** A default of its own, or of its type: views' columns have these as well. */
function hasDefault(column: Column, index: Reading['index']): boolean {
  return column.default !== null || domainsOf(index, column.type).some(({ default: text }) => text !== null)
}
