import type {
  ExpressionUses,
  QualifiedName,
  Relation,
  RelationRead,
  ViewDefinition,
  ViewPartUses,
} from '../../model/catalog.js'
import { quoteIdentifier } from '../../postgres/names.js'
import { type EffectivePrivileges, keyOf } from '../effective-privileges.js'
import { valueRefusal } from '../expressions.js'
import { foldCondition } from '../fold-condition.js'
import { type Command, dropsBesideFalse, needsOnceDropped, type PolicyCondition, policyCondition } from '../policies.js'
import { both, type Decision, firstIn, firstOf, type Refusal, type Rows, within } from '../refusal.js'
import { Recursion, recursion } from './recursion.js'
import { membersRefusal, scanRefusal } from './scanning.js'
import { StatementRoles } from './statement-roles.js'
import { ViewPlanning } from './view-planning.js'

/**
 * What reading relations needs of `current`, the role that runs the statement, and of the roles it acts through: views'
 * owners. Answers are kept, so that asking for every column of every relation costs little.
 */
export class Reading extends StatementRoles {
  readonly #bodies = new Map<string, Decision | 'under way'>()
  readonly #columns = new Map<string, Refusal | null | 'under way'>()
  readonly #policies = new Map<string, Decision>()
  readonly #filters = new Map<string, Refusal | null>()
  readonly #recursion = new Recursion(this)
  readonly #planning = new ViewPlanning(this)

  /** A range table entry: the grants on its columns, what is behind the relation, and what its columns compute. */
  read(relation: QualifiedName, as: EffectivePrivileges, columns: readonly string[]): Decision {
    const body = this.body(relation, as)
    const refusal = firstOf(
      () => as.columnsRefusal(relation, 'select', columns),
      () => body.refusal,
      () => this.columnsRefusal(relation, columns),
    )
    return { refusal, rows: body.rows }
  }

  /** What a condition on rows needs that reading all of them does not. */
  filterRefusal(relation: Relation): Refusal | null {
    return this.#membersBehind(relation) ?? this.#keptByFilter(relation)
  }

  #membersBehind(relation: Relation): Refusal | null {
    if (relation.kind !== 'view') return membersRefusal(this, relation)
    return this.#once(`members ${keyOf(relation)}`, () =>
      firstIn(this.#relationsOf(relation.view?.reads), (base) => this.#membersBehind(base)),
    )
  }

  /** Before PostgreSQL 17 a condition keeps a scan in the plan that no policy lets a row of, and its view's columns with it. */
  #keptByFilter(relation: Relation): Refusal | null {
    if (relation.kind !== 'view' || dropsBesideFalse(this.index)) return null
    const bases = this.#relationsOf(relation.view?.tables)
    return this.#once(
      `kept ${keyOf(relation)}`,
      () => this.#keptRefusal(relation) ?? firstIn(bases, (base) => this.#keptByFilter(base)),
    )
  }

  /** Asked once, however many ways lead there; also on a way that leads back. */
  #once(memo: string, ask: () => Refusal | null): Refusal | null {
    const known = this.#filters.get(memo)
    if (known !== undefined) return known
    this.#filters.set(memo, null)
    const refusal = ask()
    this.#filters.set(memo, refusal)
    return refusal
  }

  #relationsOf(reads: readonly RelationRead[] = []): Relation[] {
    return reads.flatMap(({ relation }) => this.index.relations.get(relation) ?? [])
  }

  /** What columns compute, beyond grants on them. */
  columnsRefusal(relation: QualifiedName, columns: readonly string[]): Refusal | null {
    if (this.index.relations.get(relation)?.kind !== 'view') return null
    return firstIn(columns, (column) => this.#columnRefusal(relation, column))
  }

  /** What any statement needs that reads the relation, whichever columns: policies of a table, the query of a view. */
  body(key: QualifiedName, as: EffectivePrivileges): Decision {
    const memo = `${as.role}\0${key}`
    const known = this.#bodies.get(memo)
    if (known === 'under way') return { refusal: recursion(key), rows: 'none' }
    if (known !== undefined) return known
    this.#bodies.set(memo, 'under way')
    const decision = this.#decideBody(key, as)
    this.#bodies.set(memo, decision)
    return decision
  }

  #decideBody(key: QualifiedName, as: EffectivePrivileges): Decision {
    const relation = this.index.relations.get(key)
    if (relation === undefined) return { refusal: null, rows: 'all' }
    if (relation.kind === 'view') return this.#viewBody(key, relation)
    const scan = scanRefusal(this, relation)
    if (scan !== null || relation.kind === 'materialized view') return { refusal: scan, rows: 'all' }
    const decision = this.policies(relation, as, 'select', 'using')
    if (decision.refusal !== null || decision.rows !== 'some') return decision
    return { refusal: membersRefusal(this, relation), rows: decision.rows }
  }

  #viewBody(key: QualifiedName, relation: Relation): Decision {
    const { view } = relation
    if (view === null) return { refusal: null, rows: 'all' }
    const as = this.checkedFor(relation)
    let rows: Rows = 'all'
    const through = (refusal: Refusal | null) =>
      within(
        () =>
          `The view ${key} ${relation.securityInvoker ? 'acts as whoever queries it (security_invoker)' : `acts as its owner ${quoteIdentifier(relation.owner)}`}.`,
        refusal,
      )
    const refusal = firstOf(
      () =>
        firstIn(view.tables, (table) => {
          const decision = this.#entry(table, as)
          rows = rowsOf(view.tables.length, rows, decision.rows)
          return through(decision.refusal)
        }),
      () => through(this.#part(view.always, as, () => `Every query of the view ${key} calls it.`)),
      () => through(this.conditionOfView(relation, this.#planning.isLeftOut(relation))),
      () =>
        view.condition === true
          ? null
          : firstIn(this.#relationsOf(relation.view?.tables), (base) => through(this.#keptByFilter(base))),
      () => (view.isSimple && this.#planning.isLeftOut(relation) ? null : this.#keptRefusal(relation)),
    )
    if (view.tables.length !== 1 && rows === 'all' && view.reads.length > view.tables.length) rows = 'some'
    return { refusal, rows: refusal ? 'none' : rows }
  }

  /** What columns need that a view computes for every query of it. */
  #keptRefusal(relation: Relation): Refusal | null {
    const as = this.checkedFor(relation)
    return firstOf(
      () =>
        firstIn(relation.view?.columnUses.entries() ?? [], ([position, part]) =>
          this.#planning.isKept(part, as)
            ? this.#columnRefusal(keyOf(relation), relation.columns[position]?.name ?? '')
            : null,
        ),
      () => this.#hiddenRefusal(relation, (part) => this.#planning.isKept(part, as)),
    )
  }

  /** What columns of queries in FROM need that are computed, though no column of the view may be made of them. */
  #hiddenRefusal(relation: Relation, isComputed: (part: ViewDefinition['hiddenUses'][number]) => boolean) {
    const as = this.checkedFor(relation)
    const what = () => `A query in FROM of the view ${keyOf(relation)} calls it.`
    return firstIn(relation.view?.hiddenUses.filter(isComputed) ?? [], (part) => this.#part(part, as, what))
  }

  #entry(read: RelationRead, as: EffectivePrivileges): Decision {
    const columns = read.wholeRow
      ? (this.index.relations.get(read.relation)?.columns.map(({ name }) => name) ?? [])
      : read.columns
    const body = this.body(read.relation, as)
    return { refusal: as.columnsRefusal(read.relation, 'select', columns) ?? body.refusal, rows: body.rows }
  }

  /** Functions, sub-selects with all they mention, and columns of other relations that are computed on the way. */
  #part(part: ViewPartUses, as: EffectivePrivileges, what: () => string): Refusal | null {
    return firstOf(
      () => valueRefusal(this.current, part.uses, what),
      () => firstIn(part.uses.reads, (read) => this.#entry(read, as).refusal),
      () => firstIn(part.inputs, ({ relation, column }) => this.columnsRefusal(relation, [column])),
    )
  }

  #columnRefusal(key: QualifiedName, column: string): Refusal | null {
    const memo = `${key}\0${column}`
    const known = this.#columns.get(memo)
    if (known === 'under way') return recursion(key)
    if (known !== undefined) return known
    const relation = this.index.relations.get(key)
    const position = relation?.columns.findIndex(({ name }) => name === column) ?? -1
    const part = relation?.view?.columnUses[position]
    if (relation === undefined || part === undefined) return null
    this.#columns.set(memo, 'under way')
    const what = () => `The column ${key}.${quoteIdentifier(column)} is computed.`
    const refusal = this.#part(part, this.checkedFor(relation), what)
    this.#columns.set(memo, refusal)
    return refusal
  }

  /** The policies for a command: what their conditions need, and which rows they may let through. */
  policies(relation: Relation, as: EffectivePrivileges, command: Command, use: 'using' | 'check'): Decision {
    if (!as.isUnderRowSecurity(relation)) return everything
    const memo = `${use} ${command} ${keyOf(relation)}\0${as.role}`
    const known = this.#policies.get(memo)
    if (known !== undefined) return known
    const decision = this.#decidePolicies(relation, as, command, use)
    // What leads back is found again: the answer may be another one from there.
    if (decision.refusal === null) this.#policies.set(memo, decision)
    return decision
  }

  #decidePolicies(relation: Relation, as: EffectivePrivileges, command: Command, use: 'using' | 'check'): Decision {
    const endless = this.#recursion.refusal(relation, as, command)
    if (endless) return { refusal: endless, rows: 'none' }
    const condition = policyCondition(relation, as, this.current, command, use)
    return { refusal: this.#conditionRefusal(relation, as, condition), rows: condition.rows }
  }

  #conditionRefusal(relation: Relation, as: EffectivePrivileges, { conditions }: PolicyCondition): Refusal | null {
    return firstIn(conditions, ({ policy, needs }) =>
      within(
        () => `The policy ${quoteIdentifier(policy)} on ${keyOf(relation)} applies to ${quoteIdentifier(as.role)}.`,
        this.#needs(needs, as, () => 'Its condition calls functions.'),
      ),
    )
  }

  #needs(needs: readonly ExpressionUses[], as: EffectivePrivileges, what: () => string): Refusal | null {
    return firstIn(needs, (uses) =>
      firstOf(
        () => valueRefusal(this.current, uses, what),
        () =>
          firstIn(uses.reads, (read) =>
            firstOf(
              () => this.#entry(read, as).refusal,
              () => this.columnsRefusal(read.relation, read.columns),
            ),
          ),
      ),
    )
  }

  /**
   * What a view's condition needs where rows are read or written through it.
   *
   * @param isDropped the scan is left out of the plan, and the condition with it, but for its sub-selects
   */
  conditionOfView(relation: Relation, isDropped = false): Refusal | null {
    const { view } = relation
    if (view === null) return null
    const as = this.checkedFor(relation)
    const what = () => `The condition of the view ${keyOf(relation)} calls it.`
    const folded = foldCondition(view.condition, this.current)
    if (isDropped) return this.#needs(needsOnceDropped(folded), as, what)
    return firstOf(
      () => this.#needs(folded.needs, as, what),
      () => firstIn(view.conditionInputs, ({ relation: base, column }) => this.columnsRefusal(base, [column])),
      () => (view.condition === true && view.hiddenUses.length === 0 ? null : this.#membersBehind(relation)),
    )
  }

  /**
   * What an INSTEAD OF trigger's rows need of views that the planner does not merge into the statement: all their columns,
   * because an update or delete carries the rows of what it joins along (row marks).
   */
  carriedRefusal(relation: Relation): Refusal | null {
    if (!this.#planning.isMerged(relation)) return null
    return firstOf(
      () => this.#hiddenRefusal(relation, () => true),
      () =>
        firstIn(this.#relationsOf(relation.view?.tables), (base) => {
          if (base.kind !== 'view') return null
          if (this.#planning.isMerged(base)) return this.carriedRefusal(base)
          return this.columnsRefusal(
            keyOf(base),
            base.columns.map(({ name }) => name),
          )
        }),
    )
  }

  /** What finding the rows of a view for a write needs, on top of grants on it. */
  rowsRefusal(relation: Relation): Refusal | null {
    const key = keyOf(relation)
    const all = relation.columns.map(({ name }) => name)
    return firstOf(
      () => this.body(key, this.current).refusal,
      () => (this.#planning.isMerged(relation) ? this.carriedRefusal(relation) : this.columnsRefusal(key, all)),
    )
  }

  /** Whether a view's condition is never true for this role. */
  isEmptyView(relation: Relation): boolean {
    return relation.view !== null && foldCondition(relation.view.condition, this.current).value === false
  }

  /** The grants that a statement needs on a view's relation once it reads as well as writes: on all columns mentioned. */
  tablesRefusal(relation: Relation): Refusal | null {
    const as = this.checkedFor(relation)
    return firstIn(relation.view?.tables ?? [], (table) => this.#entry(table, as).refusal)
  }
}

const everything: Decision = { refusal: null, rows: 'all' }

/** A view of one relation has its rows; joins leave open what a condition on one side does. */
function rowsOf(tables: number, rows: Rows, added: Rows): Rows {
  if (tables === 1) return added
  return both(rows, added === 'none' ? 'some' : added)
}
