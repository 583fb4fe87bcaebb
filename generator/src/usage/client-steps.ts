import type { Columns, EmbedUse, ObjectName, Use } from '@rolecast/audit'
import { type CallExpression, type Expression, Node, type Type } from 'ts-morph'
import { type ClientTable, relatedTable, tableIn } from './client-table.js'
import type { GeneratedRelation } from './generated-file.js'
import { argumentTypes, keysOf, membersOf, objectsOf, propertyOf, textsIn, textsOf } from './literals.js'
import { originsOf } from './origins.js'

/** One step of a query, and what it is a step of. */
export interface Step {
  readonly call: CallExpression
  readonly table: ClientTable
  /** the query is a write, whose conditions are about columns */
  readonly isWrite: boolean
  /** its rows are those of this function; null: of a relation */
  readonly routine: ObjectName | null
}

/** What a step says; null where it cannot be told. */
type Reader = (step: Step) => readonly Use[] | null

/** The steps of generated clients that need privileges. What is not here needs none. */
export const clientSteps: Readonly<Record<string, Reader>> = {
  select: (step) => readsColumns(step, selected(step)),
  returning: (step) => readsColumns(step, selected(step)),
  aggregate: (step) => readsColumns(step, columnsIn(step, objectValues(step.call.getArguments()[0], aggregated))),
  json: (step) => readsColumns(step, columnsIn(step, objectValues(step.call.getArguments()[0], firstOfPath))),
  text: (step) => readsColumns(step, columnsIn(step, objectValues(step.call.getArguments()[0], firstOfPath))),
  order: (step) => readsColumns(step, columnsIn(step, textsAt(step.call, 0))),
  where: conditions,
  or: conditions,
  not: conditions,
  embed: (step) => embeds(step),
  spread: (step) => relatedBy(step, textsAt(step.call, 0), columnTexts(step.call.getArguments()[1])),
  orderBy: (step) => relatedBy(step, textsAt(step.call, 0), textsAt(step.call, 1)),
  pages: (step) => (step.routine ? [] : readsColumns(step, keyOf(step.table))),
  insert: (step) => written(step, 'insert', null),
  upsert: (step) => written(step, 'insert', 'merge'),
  insertOrIgnore: (step) => written(step, 'insert', 'ignore'),
  update: (step) => written(step, 'update', null),
  delete: ({ table }) => [{ kind: 'delete', relation: table.relation }],
}

/** Steps that begin a call. */
export const beginnings: ReadonlySet<string> = new Set([
  'select',
  'as',
  'aggregate',
  'insert',
  'upsert',
  'insertOrIgnore',
  'update',
  'delete',
])

function readsColumns({ table, isWrite, routine }: Step, columns: Columns | null): readonly Use[] | null {
  if (routine !== null) return []
  if (columns === null) return null
  return [{ kind: isWrite ? 'read while writing' : 'read', relation: table.relation, columns }]
}

const nameIn = ({ meta }: ClientTable, name: string) => meta?.names[name] ?? name

function columnsIn({ table }: Step, texts: readonly string[] | null): readonly string[] | null {
  return texts?.map((text) => nameIn(table, text)) ?? null
}

/** Without columns all that a row has; `*` the same; `{ naam: 'name' }` under another name. */
function selected(step: Step): readonly string[] | null {
  const args = step.call.getArguments()
  const texts = args.length === 0 ? ['*'] : columnsOfTypes(argumentTypes(args), step.call)
  return columnsIn(step, texts?.flatMap((text) => (text === '*' ? rowOf(step.table, step.call) : [text])) ?? null)
}

function rowOf({ meta, type }: ClientTable, at: Node): readonly string[] {
  return meta?.columns ?? keysOf(propertyOf(type, 'row', at) ?? type) ?? []
}

function columnsOfTypes(types: readonly Type[] | null, at: Node): readonly string[] | null {
  if (types === null) return null
  const found: string[] = []
  for (const type of types) {
    for (const object of objectsOf(type)) {
      const texts = objectTexts(object, at)
      if (texts === null) return null
      found.push(...texts)
    }
    const texts = textsOf(type)
    if (texts === null) return null
    found.push(...texts)
  }
  return found
}

/** The texts that are an object's values. */
function objectTexts(object: Type, at: Node): readonly string[] | null {
  const keys = keysOf(object)
  if (keys === null) return null
  const found: string[] = []
  for (const key of keys) {
    const value = propertyOf(object, key, at)
    const texts = value && textsOf(value)
    if (!texts) return null
    found.push(...texts)
  }
  return found
}

function textsAt(call: CallExpression, position: number): readonly string[] | null {
  const argument = call.getArguments()[position]
  return Node.isExpression(argument) ? textsIn(argument) : null
}

/** What `read` finds in each value of an object that is passed. */
function objectValues(
  argument: Node | undefined,
  read: (value: Type, at: Node) => readonly string[] | null,
): readonly string[] | null {
  if (!Node.isExpression(argument)) return null
  const found: string[] = []
  for (const object of originsOf(argument).flatMap((origin) => objectsOf(origin.getType()))) {
    const keys = keysOf(object)
    if (keys === null) return null
    for (const key of keys) {
      const value = propertyOf(object, key, argument)
      const texts = value && read(value, argument)
      if (!texts) return null
      found.push(...texts)
    }
  }
  return found
}

/** `{ sum: 'total' }`; `'count'` is of rows. */
function aggregated(value: Type, at: Node): readonly string[] | null {
  const [object, ...more] = objectsOf(value)
  return object === undefined || more.length > 0 ? (textsOf(value) ? [] : null) : objectTexts(object, at)
}

/** `['address', 'city']` */
function firstOfPath(value: Type): readonly string[] | null {
  const [first] = membersOf(value) ?? []
  return first ? textsOf(first) : null
}

/** Columns by which pages follow each other. */
function keyOf({ meta }: ClientTable): readonly string[] {
  const own = meta && (meta.key.length > 0 ? meta.key : meta.order)
  return (own ?? []).map((name) => meta?.names[name] ?? name)
}

// Conditions

function conditions(step: Step): readonly Use[] | null {
  const types = argumentTypes(step.call.getArguments())
  if (types === null) return null
  const names = new Set<string>()
  for (const object of types.flatMap(objectsOf)) if (!collectNames(object, step, names, new Set())) return null
  const links = step.table.meta?.relationships ?? {}
  const columns = [...names].filter((name) => !Object.hasOwn(links, name))
  const present = [...names].filter((name) => Object.hasOwn(links, name))
  const related = relatedBy(step, present, [])
  const own = readsColumns(step, columnsIn(step, columns))
  return related && own && [...(columns.length > 0 ? own : []), ...related]
}

/** Names of columns and relationships in a filter, trees of conditions included. @returns false: it may have any */
function collectNames(object: Type, step: Step, names: Set<string>, seen: Set<Type>): boolean {
  if (seen.has(object)) return true
  seen.add(object)
  const keys = keysOf(object)
  if (keys === null) return false
  return keys.every((key) => {
    const isTree = key === '$or' || key === '$and' || key === '$not'
    if (!isTree || step.table.meta?.columns.includes(key)) {
      names.add(key)
      return true
    }
    const value = propertyOf(object, key, step.call)
    const inner = value ? (membersOf(value) ?? [value]) : []
    return inner.flatMap(objectsOf).every((one) => collectNames(one, step, names, seen))
  })
}

// Related rows

function embeds(step: Step): readonly Use[] | null {
  const [argument] = step.call.getArguments()
  if (!Node.isExpression(argument)) return null
  const uses: Use[] = []
  for (const object of originsOf(argument).flatMap((origin) => objectsOf(origin.getType()))) {
    const names = keysOf(object)
    if (names === null) return null
    for (const name of names) {
      const value = propertyOf(object, name, argument)
      const texts = value && membersOf(value)
      const columns = texts ? columnsOfTypes(texts, argument) : []
      const links = value && linksOf(step, name, value, argument)
      const found = links && relatedBy(step, links, columns)
      if (!found) return null
      uses.push(...found)
    }
  }
  return uses
}

/** The relationship of a name; under another one that which the query says, or those that lead to its relation. */
function linksOf(step: Step, name: string, value: Type, at: Node): readonly string[] | null {
  const links = step.table.meta?.relationships ?? {}
  if (Object.hasOwn(links, name)) return [name]
  const via = propertyOf(value, 'via_', at)
  if (via) return textsOf(via)
  const target = tableIn(value, at)?.meta?.property
  const found = Object.keys(links).filter((link) => links[link]?.target === target)
  return found.length > 0 ? found : null
}

/** Embeds by relationships of the client. `columns`: of the related relation, as the client calls them. */
function relatedBy(
  { table, routine }: Step,
  links: readonly string[] | null,
  columns: readonly string[] | null,
): readonly Use[] | null {
  if (links === null || columns === null) return null
  const uses: Use[] = []
  for (const link of links) {
    const found = table.meta?.relationships[link]
    const target = found && relatedTable(table, found.target)
    if (!found || !target) return null
    const embed: EmbedUse = {
      request: found.request ?? target.name,
      hint: found.hint,
      columns: columns.flatMap((column) => columnsOfTarget(target, column)),
      embeds: [],
    }
    uses.push(
      routine === null
        ? { kind: 'embed', relation: table.relation, embed }
        : { kind: 'embed in result', routine, embed },
    )
  }
  return uses
}

function columnsOfTarget({ names, columns }: GeneratedRelation, column: string): readonly string[] {
  return (column === '*' ? columns : [column]).map((name) => names[name] ?? name)
}

/** A list of columns; a query says its own where it is made. */
function columnTexts(argument: Node | undefined): readonly string[] | null {
  if (!Node.isExpression(argument)) return null
  const found: string[] = []
  for (const origin of originsOf(argument)) {
    const members = membersOf(origin.getType())
    const texts = members ? columnsOfTypes(members, argument) : []
    if (texts === null) return null
    found.push(...texts)
  }
  return found
}

// Writes

function written(step: Step, kind: 'insert' | 'update', conflict: 'merge' | 'ignore' | null): readonly Use[] | null {
  const [argument, options] = step.call.getArguments()
  if (!Node.isExpression(argument)) return null
  const given = rowKeys(argument)
  if (given === null) return null
  const columns = given.all.map((name) => nameIn(step.table, name))
  const { relation } = step.table
  if (kind === 'update') return [{ kind, relation, columns }]
  const insert: Use = { kind, relation, columns, optional: given.optional.map((name) => nameIn(step.table, name)) }
  if (conflict === null) return [insert]
  const key = Node.isExpression(options) ? keyIn(options) : []
  if (key === null) return null
  const named = key.length > 0 ? key.map((name) => nameIn(step.table, name)) : null
  return [insert, { kind: 'conflict', relation, key: named, merged: conflict === 'merge' ? columns : null }]
}

/** Keys of a row, or of all rows of a list. Null: it may have any. */
export function rowKeys(argument: Expression): { all: readonly string[]; optional: readonly string[] } | null {
  const rows = originsOf(argument)
    .map((origin) => origin.getType())
    .flatMap((type) => objectsOf(type).flatMap((object) => membersOf(object)?.flatMap(objectsOf) ?? [object]))
  const keys = rows.map((row) => {
    const names = keysOf(row)
    return names?.filter((name) => !isNothing(propertyOf(row, name, argument))) ?? null
  })
  const all = new Set<string>()
  for (const names of keys) {
    if (names === null) return null
    for (const name of names) all.add(name)
  }
  const isSure = (name: string) => rows.every((row) => row.getProperty(name)?.isOptional() === false)
  return { all: [...all], optional: [...all].filter((name) => !isSure(name)) }
}

/** What a list of different rows lacks in one of them. */
const isNothing = (type: Type | null) => type?.isUndefined() === true

function keyIn(options: Expression): readonly string[] | null {
  const found: string[] = []
  for (const object of originsOf(options).flatMap((origin) => objectsOf(origin.getType()))) {
    const value = propertyOf(object, 'onConflict', options)
    if (value === null || value.isUndefined()) continue
    const texts = columnsOfTypes(membersOf(value), options)
    if (texts === null) return null
    found.push(...texts)
  }
  return found
}
