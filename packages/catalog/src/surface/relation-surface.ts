import { type EffectivePrivileges, keyOf } from '../access/effective-privileges.js'
import { domainsOf, schemaOfType } from '../access/expressions.js'
import type { Decision } from '../access/refusal.js'
import type { RelationAccess } from '../access/relation-access.js'
import { baseColumn, decideDiscarded, unwritable, type WriteCommand, writeTarget } from '../access/write/target.js'
import { requiredOf, storedColumn, takesConflicts, uniqueKeysOf } from '../access/write/write-columns.js'
import type { Column, Relation } from '../model/catalog.js'
import { primaryKeyOf } from '../relationships/primary-key.js'
import { keyOfRows } from '../relationships/proven-keys.js'
import { checkSurfaces } from './check-surface.js'
import { columnSchema } from './json-schema.js'
import type { SearchPath } from './search-path.js'
import type { ColumnSurface, RelationSurface, Verdict } from './surface.js'

/** What a surface says of a relation before its relationships and computed columns are known. */
export type RelationCore = Omit<RelationSurface, 'relationships' | 'computed'>

export function relationCore(relation: Relation, access: RelationAccess, searchPath: SearchPath): RelationCore | null {
  const { reading } = access
  if (!reading.current.mayUseSchema(relation.schema)) return null
  const names = relation.columns.map(({ name }) => name)
  const selectable = access.select(relation, [])
  const select = selectable.refusal ? [] : names.filter((name) => access.select(relation, [name]).refusal === null)
  const givable = names.filter((name) => mayBeGiven(relation, name, access))
  const castable = castableColumns(relation, reading.current)
  const given = givable.filter((name) => castable.has(name))
  const inserting = access.insertOf(relation, given)
  const isDiscarded = decideDiscarded(reading.index, relation, 'insert', []) !== undefined
  const insertAlone = (isDiscarded ? names : givable).filter((name) => access.insert(relation, [name]).refusal === null)
  const updates = names.map((name) => ({ name, ...access.update(relation, [name]) }))
  const updatable = updates.filter(({ refusal }) => refusal === null)
  const updateAlone = updatable.map(({ name }) => name)
  const update = updateAlone.filter((name) => castable.has(name))
  const deleting = access.delete(relation)
  const canDelete = deleting.refusal === null
  if (select.length + insertAlone.length + updateAlone.length === 0 && inserting.refusal && !canDelete) return null

  const insert = inserting.refusal ? [] : given
  const required = insert.length > 0 ? requiredOf(relation, access.writing) : { columns: [], maybe: [] }
  const reads = {
    insert: access.readWhileWriting(relation, 'insert'),
    update: access.readWhileWriting(relation, 'update'),
    delete: access.readWhileWriting(relation, 'delete'),
  }
  const returned = (command: WriteCommand, isAllowed: boolean) =>
    isAllowed && isUseful(reads[command]) && mayReturn(relation, command, reading) ? readable(relation, access) : []
  const filter = reading.filterRefusal(relation) ? [] : select
  const pageable = relation.columns
    .filter(({ name, type }) => filter.includes(name) && searchPath.compares(type, relation.schema, '=', '<', '>'))
    .map(({ name }) => name)
  const used = new Set([...select, ...insert, ...insertAlone, ...updateAlone])
  const returning = {
    insert: returned('insert', insert.length > 0),
    update: returned('update', update.length > 0),
    delete: returned('delete', canDelete),
  }
  for (const name of [...returning.insert, ...returning.update, ...returning.delete]) used.add(name)
  return {
    schema: relation.schema,
    name: relation.name,
    kind: relation.kind,
    comment: relation.comment,
    isPartition: relation.isPartition,
    select,
    insert,
    insertAlone,
    update,
    updateAlone,
    delete: canDelete,
    verdicts: {
      select: verdictOf(selectable, select.length > 0),
      insert: verdictOf(inserting, insert.length > 0),
      update: verdictOf(updatable[0] ?? { refusal: null, rows: 'none' }, updateAlone.length > 0),
      delete: verdictOf(deleting, canDelete),
    },
    filter,
    required: required.columns,
    maybeRequired: required.maybe,
    returning,
    filtered: {
      update: update.length > 0 && filter.length > 0 && isUseful(reads.update),
      delete: canDelete && filter.length > 0 && isUseful(reads.delete),
    },
    upsert: upsertOf(relation, access, { select, insert, update }),
    wholeRow: select.length === names.length,
    columns: relation.columns
      .filter(({ name }) => used.has(name))
      .map((column) => columnSurface(relation, column, access)),
    checks: checkSurfaces(reading.index, relation).filter(({ columns }) => columns.every((name) => used.has(name))),
    primaryKey: keyOfRows(relation, pageable),
    ...arbiters(access, relation, select),
  }
}

/** Columns to whose type the API can cast a value from JSON: its name is in the statement. */
function castableColumns({ columns }: Relation, current: EffectivePrivileges): ReadonlySet<string> {
  const castable = columns.filter(({ type }) => current.mayUseSchema(schemaOfType(type)))
  return new Set(castable.map(({ name }) => name))
}

/** Rules that replace a write return rows only if one says which. */
function mayReturn(relation: Relation, command: WriteCommand, reading: RelationAccess['reading']): boolean {
  const target = writeTarget(relation, command)
  const replacing = relation.rules.filter(({ event, instead }) => event === command && instead)
  if (replacing.length > 0) return replacing.some(({ returning }) => returning)
  const base = target.kind === 'view' ? reading.index.relations.get(target.base) : undefined
  return base === undefined || mayReturn(base, command, reading)
}

const isUseful = ({ refusal, rows }: Decision) => refusal === null && rows !== 'none'

/** Columns that may come back from a write: of a view that a trigger inserts into, no query stands behind them. */
function readable(relation: Relation, { reading }: RelationAccess): string[] {
  const key = keyOf(relation)
  return relation.columns
    .map(({ name }) => name)
    .filter(
      (name) =>
        reading.current.columnsRefusal(key, 'select', [name]) === null && reading.columnsRefusal(key, [name]) === null,
    )
}

function mayBeGiven(relation: Relation, column: string, { reading }: RelationAccess): boolean {
  const target = writeTarget(relation, 'insert')
  if (target.kind === 'none' || reading.current.columnsRefusal(keyOf(relation), 'insert', [column])) return false
  if (target.kind === 'table') return unwritable(relation, column) === null
  return target.kind !== 'view' || passesOn(relation, column, reading.checkedFor(relation), reading)
}

function passesOn(
  view: Relation,
  column: string,
  as: EffectivePrivileges,
  reading: RelationAccess['reading'],
): boolean {
  const target = writeTarget(view, 'insert')
  const base = target.kind === 'view' ? reading.index.relations.get(target.base) : undefined
  const name = base && baseColumn(view, keyOf(base), column)
  if (base === undefined || name === null || name === undefined) return false
  if (as.columnsRefusal(keyOf(base), 'insert', [name]) !== null || unwritable(base, name) !== null) return false
  return writeTarget(base, 'insert').kind !== 'view' || passesOn(base, name, reading.checkedFor(base), reading)
}

function verdictOf(decision: Decision, isAllowed: boolean): Verdict {
  if (!isAllowed || decision.refusal) return 'never'
  return { none: 'zero-rows', some: 'rows-restricted', all: 'unrestricted' }[decision.rows] as Verdict
}

/** PostgREST's upsert sets every column that it inserts, the key's too, and reads both. */
function upsertOf(
  relation: Relation,
  access: RelationAccess,
  { select, insert, update }: Pick<RelationCore, 'select' | 'insert' | 'update'>,
): RelationCore['upsert'] {
  const { index } = access.reading
  const read = access.readWhileWriting(relation, 'insert')
  if (insert.length === 0 || !isUseful(read) || !takesConflicts(index, relation)) return { merge: [], ignore: [] }
  const mayBoth = mayInsertAndUpdate(relation, access.reading.current, access.reading)
  const keys = uniqueKeysOf(index, relation)
  const isWithin = (columns: readonly string[]) => keys.some((key) => key.every((name) => columns.includes(name)))
  const merge = insert.filter((name) => update.includes(name) && select.includes(name))
  const merging =
    mayBoth && isWithin(merge) && isUseful(access.insertOf(relation, merge)) && isUseful(access.update(relation, merge))
  return { merge: merging ? merge : [], ignore: isWithin(select) ? insert : [] }
}

/** Asked of the role for the relation, and of a view's owner for what the view passes on to. */
function mayInsertAndUpdate(relation: Relation, as: EffectivePrivileges, reading: RelationAccess['reading']): boolean {
  if (!as.mayInsertAndUpdateAtOnce(relation)) return false
  const target = writeTarget(relation, 'insert')
  const base = target.kind === 'view' ? reading.index.relations.get(target.base) : undefined
  return base === undefined || mayInsertAndUpdate(base, reading.checkedFor(relation), reading)
}

function arbiters({ reading: { index } }: RelationAccess, relation: Relation, select: readonly string[]) {
  const uniqueKeys = uniqueKeysOf(index, relation).filter((key) => key.every((name) => select.includes(name)))
  const primaryKey = primaryKeyOf(relation, index)
  const isPrimary = (key: readonly string[]) =>
    key.length === primaryKey.length && key.every((name) => primaryKey.includes(name))
  return { uniqueKeys, primaryKeyArbitrates: uniqueKeys.some(isPrimary) }
}

function columnSurface(relation: Relation, column: Column, { reading }: RelationAccess): ColumnSurface {
  const { index } = reading
  const stored = storedColumn(index, relation, column)
  const domains = domainsOf(index, column.type)
  const position = relation.columns.indexOf(column)
  const isNullable = relation.view ? (relation.view.nullable[position] ?? true) : !column.neverNull
  const domainDefault = domains.find(({ default: text }) => text !== null)?.default ?? null
  return {
    name: column.name,
    type: column.type,
    nullable: isNullable,
    refusesNull: column.notNull || stored.notNull || domains.some(({ notNull }) => notNull),
    hasDefault: stored.default !== null || stored.identity !== null || domainDefault !== null,
    literalDefault: literalOf(stored.generated ? null : (stored.default ?? domainDefault)),
    generated: stored.generated !== null,
    identity: stored.identity,
    jsonSchema: isJson(column) ? columnSchema(index, relation, column.name) : null,
    comment: column.comment,
  }
}

const isJson = ({ type: { type, array } }: Column) => !array && /^pg_catalog\.jsonb?$/.test(type)

/** The literal of a default that is nothing else, without the cast, which may name a type's schema. */
function literalOf(text: string | null): string | null {
  const match = /^(-?\d+(?:\.\d+)?|true|false|'(?:[^'\\]|'')*')(?:::.*)?$/s.exec(text ?? '')
  return match?.[1] ?? null
}
