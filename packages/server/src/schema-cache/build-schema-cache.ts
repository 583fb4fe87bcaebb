import {
  type Catalog,
  type CatalogIndex,
  type Column,
  compareNames,
  indexCatalog,
  primaryKeyOf,
  type QualifiedName,
  qualifiedName,
  type Relation,
  type Relationship,
  type Routine,
  relationshipsOf,
  type Type,
  type TypeUse,
} from '@rolecast/catalog'
import { literal, qualified } from '../sql/quote.js'
import { mediaHandlersOf } from './media-handlers.js'
import { representationsOf } from './representations.js'
import { type RunningCode, runningCode } from './runs-code.js'
import type { CachedColumn, CachedRelation, CachedRoutine, SchemaCache } from './schema-cache.js'
import { codeResidueOf, type SessionDependent } from './session-dependent.js'
import { showsAll } from './shows-all.js'

export interface CacheOptions {
  /** exposed ones */
  readonly schemas: readonly string[]
  /** where handlers may be, too */
  readonly extraSearchPath: readonly string[]
  readonly typesWithCode: ReadonlySet<QualifiedName>
  readonly sessionDependent: SessionDependent
}

/** Indexes a catalog for the exposed schemas. Pure. */
export function buildSchemaCache(catalog: Catalog, options: CacheOptions): SchemaCache {
  const { schemas, extraSearchPath, typesWithCode, sessionDependent } = options
  const types = new Map(catalog.types.map((type) => [qualifiedName(type.schema, type.name), type]))
  const all = new Map(catalog.relations.map((relation) => [qualifiedName(relation.schema, relation.name), relation]))
  const runs = runningCode(catalog, typesWithCode)
  const index = indexCatalog(catalog)
  const relations = new Map<QualifiedName, CachedRelation>()
  for (const [key, relation] of all) {
    // Partitions are parts of their table, and asked for through it.
    if (!relation.isPartition) relations.set(key, cacheRelation(key, relation, all, types, runs, index))
  }
  const routines = new Map<QualifiedName, CachedRoutine[]>()
  for (const routine of catalog.routines) {
    if (routine.kind !== 'function' || !schemas.includes(routine.schema)) continue
    if (routine.returns.type.formatted === 'trigger') continue
    const key = qualifiedName(routine.schema, routine.name)
    routines.set(key, [...(routines.get(key) ?? []), cacheRoutine(routine, all, types)])
  }
  for (const overloads of routines.values()) overloads.sort(byParameters)
  const relationships = new Map<QualifiedName, Relationship[]>()
  for (const relationship of relationshipsOf(catalog, schemas)) {
    const known = relationships.get(relationship.source)
    if (known === undefined) relationships.set(relationship.source, [relationship])
    else known.push(relationship)
  }
  for (const known of relationships.values()) known.sort(byKind)
  return {
    catalog,
    relations,
    relationships,
    routines,
    handlers: mediaHandlersOf(catalog, [...schemas, ...extraSearchPath], qualifiedName),
    representations: representationsOf(catalog, qualifiedName),
    codeResidue: codeResidueOf(sessionDependent, catalog),
  }
}

/** The order in which ambiguous overloads are listed, as PostgREST has it: fewer parameters first, then without a comment. */
function byParameters(a: CachedRoutine, b: CachedRoutine): number {
  if (a.parameters.length !== b.parameters.length) return a.parameters.length - b.parameters.length
  const [x, y] = [a, b].map(({ routine, parameters }) => [
    routine.comment === null ? '' : `1${routine.comment}`,
    ...parameters.flatMap(({ name, type }) => [name, type]),
  ])
  for (const [index, text] of (x ?? []).entries()) {
    const order = compareNames(text, y?.[index] ?? '')
    if (order !== 0) return order
  }
  return 0
}

/** The order in which ambiguous ones are listed. */
const kinds: readonly Relationship['kind'][] = ['one-to-many', 'many-to-one', 'one-to-one', 'many-to-many', 'computed']

function byKind(a: Relationship, b: Relationship): number {
  const text = ({ name, junction }: Relationship) =>
    [junction?.relation ?? name, ...(junction?.constraints ?? [])].join()
  return (
    compareNames(a.target, b.target) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compareNames(text(a), text(b))
  )
}

type Types = ReadonlyMap<QualifiedName, Type>

function cacheRelation(
  key: QualifiedName,
  relation: Relation,
  all: ReadonlyMap<QualifiedName, Relation>,
  types: Types,
  runs: RunningCode,
  index: CatalogIndex,
): CachedRelation {
  const { schema, name } = relation
  const columns = new Map(relation.columns.map((column) => [column.name, cacheColumn(column, relation, types)]))
  const find = (other: QualifiedName) => all.get(other)
  const primaryKey = primaryKeyOf(relation, index)
  const runsCode = { read: runs.onRead(relation), write: runs.onWrite(relation) }
  return { key, schema, name, columns, primaryKey, showsAll: showsAll(relation, find), runsCode, relation }
}

function cacheColumn(column: Column, relation: Relation, types: Types): CachedColumn {
  const { name, type } = column
  return {
    name,
    type: type.formatted,
    typeKey: type.array ? null : type.type,
    baseType: baseTypeOf(type, types),
    default: isComputed(column)
      ? null
      : (column.default ?? identityDefault(column, relation) ?? domainDefault(type, types)),
  }
}

/** Nothing can be given for it, not even its default. */
function isComputed({ generated, identity }: Column): boolean {
  return generated !== null || identity === 'always'
}

/** Follows domains down to the type that stores the value. */
export function baseTypeOf(type: TypeUse, types: Types): string {
  const found = type.array ? undefined : types.get(type.type)
  return found?.kind === 'domain' ? baseTypeOf(found.base, types) : type.formatted
}

function identityDefault(column: Column, { schema, name }: Relation): string | null {
  if (column.identity === null) return null
  return `nextval(pg_get_serial_sequence(${literal(qualified(schema, name))}, ${literal(column.name)}))`
}

function domainDefault(type: TypeUse, types: Types): string | null {
  const found = type.array ? undefined : types.get(type.type)
  return found?.kind === 'domain' ? (found.default ?? domainDefault(found.base, types)) : null
}

function cacheRoutine(routine: Routine, relations: ReadonlyMap<QualifiedName, Relation>, types: Types): CachedRoutine {
  const parameters = routine.arguments
    .filter(({ mode }) => mode === 'in' || mode === 'inout' || mode === 'variadic')
    .map(({ name, mode, type, hasDefault }) => ({
      name,
      type: unlimited(type.formatted),
      required: !hasDefault,
      variadic: mode === 'variadic',
    }))
  const { type, set } = routine.returns
  const hasOutputs = routine.arguments.some(({ mode }) => mode === 'out' || mode === 'inout' || mode === 'table')
  const rowType = rowTypeOf(type, relations, types)
  const kind = type.formatted === 'void' ? 'void' : hasOutputs || rowType !== null ? 'composite' : 'scalar'
  const relation = rowType !== null && relations.has(rowType) ? rowType : null
  const columns = relation === null ? null : (relations.get(relation)?.columns.map((column) => column.name) ?? null)
  return {
    schema: routine.schema,
    name: routine.name,
    parameters,
    returns: { kind, set, relation, columns, type },
    routine,
  }
}

/** As argument types, `character` and `bit` have any length; as types of a cast they would have the length 1. */
function unlimited(type: string): string {
  return type.replace(/^(character|bit)(?=$|\[)/, '$1 varying')
}

/** The composite or row type behind a type, through domains. */
function rowTypeOf(type: TypeUse, relations: ReadonlyMap<QualifiedName, Relation>, types: Types): QualifiedName | null {
  if (type.array) return null
  if (relations.has(type.type)) return type.type
  const found = types.get(type.type)
  if (found?.kind === 'composite') return type.type
  return found?.kind === 'domain' ? rowTypeOf(found.base, relations, types) : null
}
