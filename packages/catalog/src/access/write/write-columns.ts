import type { Column, QualifiedName, Relation } from '../../model/catalog.js'
import type { CatalogIndex } from '../../model/index-catalog.js'
import { keyOf } from '../effective-privileges.js'
import { domainsOf } from '../expressions.js'
import { hasTrigger } from './before-triggers.js'
import { mustBeGiven } from './defaults.js'
import { baseColumn, type WriteCommand, writeTarget } from './target.js'
import type { Writing } from './writing.js'

/** What an insert must give. */
export interface Required {
  readonly columns: readonly string[]
  /** required, unless a BEFORE trigger fills them */
  readonly maybe: readonly string[]
  /** something must be given that the view does not have */
  readonly isImpossible: boolean
}

export function requiredOf(relation: Relation, writing: Writing): Required {
  const { index } = writing.reading
  const target = writeTarget(relation, 'insert')
  const withoutDefault = [...writing.defaults.omittable(relation).keys()]
  if (target.kind === 'table') {
    const mustHave = relation.columns.filter((column) => mustBeGiven(column, index))
    const mayBeFilled = hasTrigger(relation, 'insert')
    const isMaybe = (column: Column) =>
      mayBeFilled &&
      !domainsOf(index, column.type).some(({ notNull }) => notNull) &&
      !withoutDefault.includes(column.name)
    const maybe = mustHave.filter(isMaybe).map(({ name }) => name)
    const names = mustHave.map(({ name }) => name).filter((name) => !maybe.includes(name))
    return { columns: inTableOrder(relation, [...names, ...withoutDefault]), maybe, isImpossible: false }
  }
  const base = target.kind === 'view' ? index.relations.get(target.base) : undefined
  if (base === undefined) return { columns: withoutDefault, maybe: [], isImpossible: false }
  const ofBase = requiredOf(base, writing)
  const here = (column: string) => namedHere(relation, keyOf(base), column)
  const hasOwnDefault = (column: string) => relation.columns.some(({ name, default: text }) => name === column && text)
  const columns = ofBase.columns.map(here)
  const given = columns.flatMap((column) => (column === undefined || hasOwnDefault(column) ? [] : [column]))
  return {
    columns: inTableOrder(relation, [...given, ...withoutDefault]),
    maybe: ofBase.maybe.flatMap((column) => here(column) ?? []),
    isImpossible: ofBase.isImpossible || columns.includes(undefined),
  }
}

export function inTableOrder(relation: Relation, columns: Iterable<string>): string[] {
  const wanted = new Set(columns)
  return relation.columns.map(({ name }) => name).filter((name) => wanted.has(name))
}

function namedHere(view: Relation, base: QualifiedName, column: string): string | undefined {
  return view.columns.find(({ name }) => baseColumn(view, base, name) === column)?.name
}

/** The column of a table that a column of an auto-updatable view stands for; any other column is its own. */
export function storedColumn(index: CatalogIndex, relation: Relation, column: Column): Column {
  let here = { relation, column }
  for (let depth = 0; depth < index.relations.size; depth += 1) {
    const next = behind(index, here.relation, here.column)
    if (next === undefined) break
    here = next
  }
  return here.column
}

function behind(index: CatalogIndex, relation: Relation, column: Column) {
  if (relation.kind !== 'view' || column.default !== null) return undefined
  const target = writeTarget(relation, 'insert')
  const base = target.kind === 'view' ? index.relations.get(target.base) : undefined
  const name = base && baseColumn(relation, keyOf(base), column.name)
  const found = base?.columns.find((candidate) => candidate.name === name)
  return base && found && { relation: base, column: found }
}

/** What ON CONFLICT can name, the primary key first; of a view the keys of the table that it passes writes on to. */
export function uniqueKeysOf(index: CatalogIndex, relation: Relation): string[][] {
  const target = writeTarget(relation, 'insert')
  if (target.kind === 'table') return ownKeys(relation)
  const base = target.kind === 'view' ? index.relations.get(target.base) : undefined
  if (base === undefined) return []
  return uniqueKeysOf(index, base).flatMap((key) => {
    const named = key.map((column) => namedHere(relation, keyOf(base), column))
    return named.every((name) => name !== undefined) ? [named] : []
  })
}

/** Unique indexes without predicate and expressions. A deferrable one on the same columns spoils it: PostgreSQL looks at all. */
function ownKeys({ indexes }: Relation): string[][] {
  const plain = indexes.flatMap(({ unique, valid, predicate, columns, arbitrates, primary }) => {
    const names = columns.filter((name) => name !== null)
    const isPlain = unique && valid && predicate === null && names.length === columns.length
    return isPlain ? [{ names, arbitrates, primary }] : []
  })
  const isSame = (a: readonly string[], b: readonly string[]) =>
    a.length === b.length && a.every((name) => b.includes(name))
  const usable = plain.filter(({ names }) => plain.every((other) => other.arbitrates || !isSame(other.names, names)))
  return usable
    .filter(({ names }, at) => usable.findIndex((other) => isSame(other.names, names)) === at)
    .sort((a, b) => Number(b.primary) - Number(a.primary))
    .map(({ names }) => names)
}

/** ON CONFLICT works on tables and what passes writes on to them, not through triggers and rules. */
export function takesConflicts(index: CatalogIndex, relation: Relation): boolean {
  const kinds = (['insert', 'update'] as const satisfies readonly WriteCommand[]).map((command) =>
    writeTarget(relation, command),
  )
  if (relation.rules.some(({ event }) => event !== 'delete')) return false
  if (kinds.every(({ kind }) => kind === 'table')) return relation.kind !== 'foreign table'
  const [insert] = kinds
  const base = insert?.kind === 'view' ? index.relations.get(insert.base) : undefined
  return base !== undefined && kinds.every(({ kind }) => kind === 'view') && takesConflicts(index, base)
}
