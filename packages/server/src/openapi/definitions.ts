import { type Catalog, type Column, qualifiedName, splitQualifiedName } from '@rolecast/catalog'
import type { CachedRelation } from '../schema-cache/schema-cache.js'
import type { DescribedRelation } from './described.js'
import type { Json, OpenApiInput } from './input.js'
import { bodyValue, typeOf, withoutModifier } from './value-types.js'

/** The rows of a relation as a JSON schema. */
export function relationDefinition({ cached, columns }: DescribedRelation, input: OpenApiInput): Json {
  const required = columns.filter(({ notNull }) => notNull).map(({ name }) => name)
  const { comment } = cached.relation
  return {
    ...(comment !== null && { description: comment }),
    type: 'object',
    properties: Object.fromEntries(columns.map((column) => [column.name, property(column, cached, input)])),
    ...(required.length > 0 && { required }),
  }
}

function property(column: Column, relation: CachedRelation, { cache, schema }: OpenApiInput): Json {
  const type = columnType(column, cache.catalog)
  const labels = labelsOf(column, cache.catalog)
  const maxLength = lengthOf(column, cache.catalog)
  const description = describe(column, relation, { cache, schema })
  return {
    ...bodyValue(type),
    ...defaultOf(column.default, type),
    ...(description !== null && { description }),
    ...(labels !== null && { enum: labels }),
    ...(maxLength !== null && { maxLength }),
  }
}

/** The comment, then a note about keys in a form that tools look for. */
function describe(
  { name, comment }: Column,
  relation: CachedRelation,
  context: Pick<OpenApiInput, 'cache' | 'schema'>,
): string | null {
  const notes = [
    ...(relation.primaryKey.includes(name) ? ['This is a Primary Key.<pk/>'] : []),
    ...foreignKeyNote(name, relation, context),
  ]
  if (notes.length === 0) return comment
  return `${comment === null ? '' : `${comment}\n\n`}Note:\n${notes.join('\n')}`
}

function foreignKeyNote(
  column: string,
  { key }: CachedRelation,
  { cache, schema }: Pick<OpenApiInput, 'cache' | 'schema'>,
): string[] {
  const isView = (target: string) => cache.relations.get(target)?.relation.view !== null
  const [found] = (cache.relationships.get(key) ?? [])
    .filter(({ kind, sourceHoldsKey }) => kind === 'many-to-one' || (kind === 'one-to-one' && sourceHoldsKey))
    .filter(({ columns, target }) => {
      return columns.length === 1 && columns[0]?.[0] === column && splitQualifiedName(target).schema === schema
    })
    .sort((a, b) => Number(isView(a.target)) - Number(isView(b.target)))
  if (found === undefined) return []
  const { name } = splitQualifiedName(found.target)
  const targetColumn = found.columns[0]?.[1] ?? ''
  return [`This is a Foreign Key to \`${name}.${targetColumn}\`.<fk table='${name}' column='${targetColumn}'/>`]
}

/** Of a domain over a type of PostgreSQL's own, that type. */
function columnType({ type }: Column, catalog: Catalog): string {
  const own = typeNamed(type.type, catalog)
  const isDomain = !type.array && own?.kind === 'domain'
  const shown = isDomain && own.base.type.startsWith('pg_catalog.') ? own.base : type
  return shown.type.startsWith('pg_catalog.') ? withoutModifier(shown.formatted) : shown.formatted
}

function labelsOf({ type }: Column, catalog: Catalog): readonly string[] | null {
  const own = type.array ? undefined : typeNamed(type.type, catalog)
  return own?.kind === 'enum' ? own.labels : null
}

/** Of `character varying(10)` and the like, also through a domain. */
function lengthOf({ type }: Column, catalog: Catalog): number | null {
  const own = typeNamed(type.type, catalog)
  const { formatted } = own?.kind === 'domain' ? own.base : type
  const [, length] = /^character(?: varying)?\((\d+)\)$/.exec(formatted) ?? []
  return length === undefined ? null : Number(length)
}

function typeNamed(name: string, catalog: Catalog) {
  return catalog.types.find((type) => qualifiedName(type.schema, type.name) === name)
}

/** A default that is a constant; of texts also expressions, which is what clients of PostgREST get to see. */
function defaultOf(expression: string | null, type: string): Json {
  if (expression === null) return {}
  if (typeOf(type) !== 'string') return parsed(expression)
  const suffix = `::${type}`
  const constant = expression.endsWith(suffix)
    ? expression.slice(0, -suffix.length).replace(/^'+|'+$/g, '')
    : expression
  return parsed(`"${constant}"`)
}

function parsed(json: string): Json {
  try {
    return { default: JSON.parse(json) as unknown }
  } catch {
    return {}
  }
}
