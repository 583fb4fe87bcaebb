import { AskedPrivileges } from '../access/answers.js'
import { keyOf } from '../access/effective-privileges.js'
import { RelationAccess } from '../access/relation-access.js'
import { Reading } from '../access/select/reading.js'
import { UnknownNameError } from '../errors.js'
import type { Catalog, Relation, Routine } from '../model/catalog.js'
import type { CatalogIndex } from '../model/index-catalog.js'
import { byNames, compareNames } from '../postgres/names.js'
import { callRefusal, functionSurfaces, isCallable, isQueryFunction, takesValues } from './function-surface.js'
import type { RelationCore } from './relation-surface.js'
import { computedFields, type Related, relationshipSurfaces } from './relationship-surface.js'
import { sharedByRoles } from './shared-by-roles.js'
import type { ReturnSurface, Surface } from './surface.js'
import type { SurfaceOptions } from './surface-options.js'
import { usedTypes } from './type-surface.js'

/**
 * What a role may do over the exposed schemas: a pure function of the catalog, which must have PostgreSQL's answers about
 * the role.
 *
 * @throws UnknownNameError for a role or schema that the catalog does not have
 * @throws MissingPrivilegesError for a role that the introspection was not asked about
 */
export function surfaceOf(catalog: Catalog, role: string, options: SurfaceOptions): Surface {
  const shared = sharedByRoles(catalog, options)
  const { index, searchPath } = shared
  const privileges = new AskedPrivileges(index, role)
  const reading = new Reading(index, privileges, shared.owners)
  const access = new RelationAccess(reading)
  const schemas = options.schemas.map((name) => schemaNamed(index, name))
  const exposed = new Set(options.schemas)

  const cores = new Map<string, RelationCore>()
  for (const [key, relation] of index.relations) {
    const core = exposed.has(relation.schema) ? shared.coreOf(relation, privileges, access) : null
    if (core !== null) cores.set(key, core)
  }
  const related: Related = { access, index, searchPath, shared, cores }
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
