import { keyOf } from '../access/effective-privileges.js'
import { RelationAccess } from '../access/relation-access.js'
import { Reading } from '../access/select/reading.js'
import { UnknownNameError } from '../errors.js'
import type { Catalog, Relation, Routine } from '../model/catalog.js'
import { type CatalogIndex, indexCatalog } from '../model/index-catalog.js'
import type { Relationship } from '../model/relationship.js'
import { byNames, compareNames } from '../postgres/names.js'
import { relationshipsOf } from '../relationships/relationships.js'
import { callRefusal, functionSurfaces, isCallable, isQueryFunction, takesValues } from './function-surface.js'
import { type RelationCore, relationCore } from './relation-surface.js'
import { computedFields, type Related, relationshipSurfaces } from './relationship-surface.js'
import { SearchPath } from './search-path.js'
import type { ReturnSurface, Surface } from './surface.js'
import { usedTypes } from './type-surface.js'

export interface SurfaceOptions {
  /** the exposed schemas, the default one first */
  readonly schemas: readonly string[]
  /** schemas that requests find operators in without exposing them, PostgREST's `db-extra-search-path`; default `public` */
  readonly extraSearchPath?: readonly string[] | undefined
}

/**
 * What a role may do over the exposed schemas: a pure function of the catalog, which must have PostgreSQL's answers about
 * the role.
 *
 * @throws UnknownNameError for a role or schema that the catalog does not have
 * @throws MissingPrivilegesError for a role that the introspection was not asked about
 */
export function surfaceOf(catalog: Catalog, role: string, options: SurfaceOptions): Surface {
  const index = indexCatalog(catalog)
  const reading = new Reading(index, role)
  const access = new RelationAccess(reading)
  const schemas = options.schemas.map((name) => schemaNamed(index, name))
  const exposed = new Set(options.schemas)
  const searchPath = new SearchPath(index, options.extraSearchPath ?? ['public'])

  const cores = new Map<string, RelationCore>()
  for (const [key, relation] of index.relations) {
    const core = exposed.has(relation.schema) ? relationCore(relation, access, searchPath) : null
    if (core !== null) cores.set(key, core)
  }
  const related: Related = {
    access,
    index,
    searchPath,
    cores,
    bySource: relationshipsBySource(catalog, options.schemas),
  }
  const relations = [...cores.values()].map((core) => ({
    ...core,
    relationships: relationshipSurfaces(core, related),
    computed: computedFields(core, related),
  }))

  const callable = catalog.routines.filter(
    (routine) => exposed.has(routine.schema) && isQueryFunction(routine) && callRefusal(routine, access) === null,
  )
  const rowsOf = (relation: Relation) => rowsOfRelation(relation, cores)
  const isOfApi = (routine: Routine) => isCallable(routine) && takesValues(routine, reading)
  const offered = callable.map((routine) => ({
    routine,
    surfaces: isOfApi(routine) ? functionSurfaces(routine, reading, rowsOf) : [],
  }))
  const functions = offered.flatMap(({ surfaces }) => surfaces)
  return {
    role,
    schemas: schemas.filter(({ name }) => reading.current.mayUseSchema(name)),
    relations: relations.sort(
      byNames(
        ({ schema }) => schema,
        ({ name }) => name,
      ),
    ),
    functions,
    sqlFunctions: offered
      .filter(({ surfaces }) => surfaces.length === 0)
      .map(({ routine: { schema, name, identityArguments } }) => ({ schema, name, arguments: identityArguments })),
    ...usedTypes(searchPath, relations, functions),
  }
}

function schemaNamed(index: CatalogIndex, name: string) {
  const schema = index.schemas.get(name)
  if (schema === undefined) throw new UnknownNameError('schema', name, [...index.schemas.keys()].sort(compareNames))
  return { name, comment: schema.comment }
}

const known = new WeakMap<Catalog, Map<string, ReadonlyMap<string, Relationship[]>>>()

/** The same for every role, so found once for a catalog. */
function relationshipsBySource(catalog: Catalog, schemas: readonly string[]): ReadonlyMap<string, Relationship[]> {
  const ofCatalog = known.get(catalog) ?? new Map<string, ReadonlyMap<string, Relationship[]>>()
  known.set(catalog, ofCatalog)
  const memo = JSON.stringify([...schemas].sort(compareNames))
  const found = ofCatalog.get(memo)
  if (found !== undefined) return found
  const bySource = new Map<string, Relationship[]>()
  for (const relationship of relationshipsOf(catalog, schemas)) {
    const group = bySource.get(relationship.source)
    if (group) group.push(relationship)
    else bySource.set(relationship.source, [relationship])
  }
  ofCatalog.set(memo, bySource)
  return bySource
}

/** A function's result has all columns of the row, whatever the role may do with the relation itself. */
function rowsOfRelation(relation: Relation, cores: ReadonlyMap<string, RelationCore>): ReturnSurface {
  const isVisible = cores.has(keyOf(relation))
  return {
    kind: 'row',
    set: true,
    columns: relation.columns.map(({ name, type, neverNull }) => ({ name, type, nullable: !neverNull })),
    relation: isVisible ? { schema: relation.schema, name: relation.name } : null,
  }
}
