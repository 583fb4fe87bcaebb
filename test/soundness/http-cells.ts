import type { RelationSurface, Surface } from '@rolecast/catalog'
import type { Condition, Embed, Preferences, Query, SelectItem, Selection } from '@rolecast/grammar'
import { quote } from './random-database/names.js'
import type { RandomDatabase, RandomRelation } from './random-database/random-database.js'

/** One request: is it answered? */
export interface HttpCell {
  readonly what: string
  readonly query: Query
  readonly isOffered: boolean
}

/** Requests for everything that a role may or may not do, relation by relation and column by column. */
export function httpCellsOf(database: RandomDatabase, surface: Surface): HttpCell[] {
  const found = (schema: string, name: string) =>
    surface.relations.find((relation) => relation.schema === schema && relation.name === name && !relation.isPartition)
  const ofRelations = database.relations.flatMap((relation) =>
    cellsOfRelation(relation, found(relation.schema, relation.name), found),
  )
  const ofFunctions = database.functions.map(({ schema, name, argument }): HttpCell => {
    const isOffered = surface.functions.some((item) => item.schema === schema && item.name === name)
    const row = argument === null ? {} : { n: argument.json }
    const body = { type: 'application/json', content: JSON.stringify(row) }
    const rest = { method: 'POST', routine: name, parameters: [], body, columns: null } as const
    return { what: `${quote(schema)}.${quote(name)}`, query: { ...call(schema), kind: 'call', ...rest }, isOffered }
  })
  return [...ofRelations, ...ofFunctions]
}

function cellsOfRelation(
  relation: RandomRelation,
  surface: RelationSurface | undefined,
  targetOf: (schema: string, name: string) => RelationSurface | undefined,
): HttpCell[] {
  const { schema, name } = relation
  const cell = (what: string, isOffered: boolean, query: Query): HttpCell => ({
    what: `${quote(schema)}.${quote(name)}.${what}`,
    query,
    isOffered,
  })
  const read = (items: readonly SelectItem[], where: readonly Condition[] = []): Query => ({
    ...call(schema, {}, { items, where, limit: 1 }),
    kind: 'read',
    relation: name,
    headOnly: false,
  })
  const insert = (columns: readonly string[], preferences: Preferences = {}, more: Partial<Selection> = {}): Query => ({
    ...call(schema, preferences, more),
    kind: 'insert',
    relation: name,
    body: bodyOf(relation, columns),
    columns: null,
    onConflict: null,
  })
  const update = (columns: readonly string[], more: Partial<Selection> = {}): Query => ({
    ...call(schema, more.items ? { return: 'representation' } : {}, more),
    kind: 'update',
    relation: name,
    body: bodyOf(relation, columns),
    columns: null,
  })
  const remove = (more: Partial<Selection> = {}): Query => ({
    ...call(schema, more.items ? { return: 'representation' } : {}, more),
    kind: 'delete',
    relation: name,
  })
  const { select = [], filter = [], update: updatable = [], insert: insertable = [] } = surface ?? {}
  const [first] = select
  const [filtered] = filter
  const cells: HttpCell[] = []
  for (const { name: column } of relation.columns) {
    cells.push(cell(`${quote(column)}.select`, select.includes(column), read([field(column)])))
    cells.push(cell(`${quote(column)}.update`, updatable.includes(column), update([column])))
    if (first !== undefined)
      cells.push(cell(`filter by ${quote(column)}`, filter.includes(column), read([field(first)], [isThere(column)])))
    if (!insertable.includes(column))
      cells.push(cell(`${quote(column)}.insert`, false, insert([...(surface?.required ?? []), column])))
  }
  cells.push(cell('delete', surface?.delete ?? false, remove()))
  if (surface === undefined) return cells
  const { returning, upsert, filtered: canFilter, uniqueKeys, relationships } = surface
  const key = uniqueKeys.find((columns) => columns.every((column) => upsert.merge.includes(column)))
  if (insertable.length > 0) cells.push(cell('insert', true, insert(insertable)))
  if (surface.required.length > 0) cells.push(cell('insert', true, insert(surface.required)))
  if (returning.insert.length > 0)
    cells.push(
      cell('insert', true, insert(insertable, { return: 'representation' }, { items: returning.insert.map(field) })),
    )
  if (returning.update.length > 0)
    cells.push(cell('update', true, update(updatable, { items: returning.update.map(field) })))
  if (returning.delete.length > 0) cells.push(cell('delete', true, remove({ items: returning.delete.map(field) })))
  if (canFilter.update && filtered !== undefined)
    cells.push(cell('update', true, update(updatable, { where: [isThere(filtered)] })))
  if (canFilter.delete && filtered !== undefined)
    cells.push(cell('delete', true, remove({ where: [isThere(filtered)] })))
  if (key !== undefined)
    cells.push(
      cell('insert', true, { ...insert(upsert.merge, { resolution: 'merge-duplicates' }), onConflict: key } as Query),
    )
  if (upsert.ignore.length > 0 && uniqueKeys[0])
    cells.push(
      cell('insert', true, {
        ...insert(upsert.ignore, { resolution: 'ignore-duplicates' }),
        onConflict: uniqueKeys[0],
      } as Query),
    )
  for (const { name: called, target } of relation.rowFunctions) {
    if (target !== null) continue
    const isOffered = surface.computed.some((field) => field.name === called)
    cells.push(cell(`computed ${called}`, isOffered, read([field(called)])))
  }
  for (const { request, hint, target } of relationships) {
    const columns = targetOf(target.schema, target.name)?.select
    // a function may lead to rows of a partition, which the API itself does not have
    if (columns) cells.push(cell(`embed ${request}`, true, read([embed(request, hint, columns)])))
  }
  return cells
}

const nothing: Selection = { items: [], where: [], order: [], limit: null, offset: null }

function call(profile: string, preferences: Preferences = {}, selection: Partial<Selection> = {}) {
  return { profile, preferences, accept: [], selection: { ...nothing, ...selection } }
}

function field(name: string): SelectItem {
  return { kind: 'field', field: { name, path: [] }, alias: null, cast: null, aggregate: null, aggregateCast: null }
}

function embed(target: string, hint: string | null, columns: readonly string[]): Embed {
  const selection = { ...nothing, items: columns.map(field) }
  return { kind: 'embed', target, alias: 'embedded', hint, join: null, spread: false, selection }
}

function isThere(column: string): Condition {
  return {
    kind: 'filter',
    field: { name: column, path: [] },
    negated: true,
    operator: 'is',
    quantifier: null,
    language: null,
    value: 'null',
  }
}

/** A value for each column, as JSON: what the relation has as SQL is a number or a string. */
function bodyOf(relation: RandomRelation, columns: readonly string[]) {
  const jsonOf = (name: string) => relation.columns.find((column) => column.name === name)?.value.replaceAll("'", '')
  const row = Object.fromEntries(columns.map((name) => [name, jsonOf(name) ?? null]))
  return { type: 'application/json', content: JSON.stringify(row) }
}
