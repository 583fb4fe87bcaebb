import type { QualifiedName, Relation } from '../../model/catalog.js'
import type { CatalogIndex } from '../../model/index-catalog.js'
import { quoteIdentifier } from '../../postgres/names.js'
import { keyOf } from '../effective-privileges.js'
import { type Decision, firstIn, type Refusal, refuse } from '../refusal.js'

export type WriteCommand = 'insert' | 'update' | 'delete'

/** How PostgreSQL carries out a write ("Updatable Views", "Rules on INSERT, UPDATE, and DELETE" in its manual). */
export type WriteTarget =
  | { readonly kind: 'table' }
  /** an INSTEAD OF trigger does it */
  | { readonly kind: 'trigger' }
  /** rules without condition replace it */
  | { readonly kind: 'rules' }
  /** rules do nothing instead, and nothing else either: nothing is left to check */
  | { readonly kind: 'nothing' }
  /** passed on to the one relation that a view selects from */
  | { readonly kind: 'view'; readonly base: QualifiedName }
  | { readonly kind: 'none'; readonly refusal: Refusal }

export function writeTarget(relation: Relation, command: WriteCommand): WriteTarget {
  const key = keyOf(relation)
  const rules = relation.rules.filter(({ event, instead }) => event === command && instead)
  if (rules.some(({ conditional }) => !conditional)) {
    const acts = relation.rules.some(({ event, nothing }) => event === command && !nothing)
    return { kind: acts ? 'rules' : 'nothing' }
  }
  switch (relation.kind) {
    case 'table':
    case 'partitioned table':
      return { kind: 'table' }
    case 'foreign table':
      if (relation.updatable[command]) return { kind: 'table' }
      return none(() => `The foreign table ${key} does not take ${command.toUpperCase()}.`)
    case 'materialized view':
      return none(() => `${key} is a materialized view, which is read only.`)
    case 'view':
      return viewTarget(relation, command)
  }
}

/**
 * What decides a write that rules turn into nothing, of a relation or of one behind its views: only whether the columns
 * take values at all. Undefined for any other write.
 */
export function decideDiscarded(
  index: CatalogIndex,
  relation: Relation,
  command: WriteCommand,
  columns: readonly string[],
): Decision | undefined {
  const target = writeTarget(relation, command)
  if (target.kind === 'nothing') {
    const isTable = relation.kind !== 'view'
    return { refusal: isTable ? firstIn(columns, (column) => unwritable(relation, column)) : null, rows: 'none' }
  }
  const base = target.kind === 'view' ? index.relations.get(target.base) : undefined
  if (base === undefined || relation.rules.some(({ event, nothing }) => event === command && !nothing)) return undefined
  const mapped = mapColumns(relation, keyOf(base), columns)
  return 'fact' in mapped ? undefined : decideDiscarded(index, base, command, mapped)
}

function viewTarget(relation: Relation, command: WriteCommand): WriteTarget {
  const { triggers, view, updatable } = relation
  if (triggers.some(({ timing, events }) => timing === 'instead of' && events.includes(command)))
    return { kind: 'trigger' }
  if (relation.rules.some(({ event, instead }) => event === command && instead)) {
    return none(() => `A view with a conditional rule instead of ${command.toUpperCase()} passes nothing on.`)
  }
  const [table] = view?.tables ?? []
  if (!updatable[command] || table === undefined) {
    return none(
      () =>
        `The view ${keyOf(relation)} cannot pass ${command.toUpperCase()} on, and has no INSTEAD OF trigger or rule for it.`,
    )
  }
  return { kind: 'view', base: table.relation }
}

function none(fact: () => string): WriteTarget {
  return { kind: 'none', refusal: refuse('not updatable', fact) }
}

/** The column of the base relation that a column of an auto-updatable view stands for. */
export function baseColumn(relation: Relation, base: QualifiedName, column: string): string | null {
  const position = relation.columns.findIndex(({ name }) => name === column)
  const origin = relation.view?.origins[position] ?? null
  return origin !== null && origin.relation === base ? origin.column : null
}

/** A column that an insert or update cannot give a value. */
export function unwritable(relation: Relation, column: string): Refusal | null {
  const found = relation.columns.find(({ name }) => name === column)
  const what = () => `${keyOf(relation)}.${quoteIdentifier(column)}`
  if (found?.generated) return refuse('generated', () => `${what()} is a generated column.`)
  if (found?.identity === 'always') return refuse('generated', () => `${what()} is GENERATED ALWAYS AS IDENTITY.`)
  return null
}

/** The base relation's columns that columns of a view stand for, or why one takes no value. */
export function mapColumns(view: Relation, base: QualifiedName, columns: readonly string[]): string[] | Refusal {
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
