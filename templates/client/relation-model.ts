import type { ColumnSurface, RelationSurface, RelationshipSurface, TypeUse } from '@rolecast/catalog'
import { pascalCase, type TypeNames } from '@rolecast/catalog'
import { saysNotNull, withoutTags } from '../writing/comment-tags.js'
import { nameKey } from '../writing/qualified-name.js'
import type { ColumnTypes } from './column-types.js'
import { typeOfJsonSchema } from './json-schema.js'
import type { ColumnModel, DocumentModel, RelationModel, RelationshipModel } from './model.js'
import type { EmitOptions, NameOptions } from './options.js'
import { nameRelationships } from './relationship-names.js'
import { nameAll } from './renamed.js'

/** A relation with its columns; `connect` adds where it leads. */
export function relationModel(
  relation: RelationSurface,
  {
    property,
    typeName,
    columnTypes,
    typeNames,
    options,
  }: { property: string; typeName: string; columnTypes: ColumnTypes; typeNames: TypeNames; options: EmitOptions },
): RelationModel & { relationships: RelationshipModel[] } {
  const path = `${relation.schema}.${relation.name}`
  const properties = columnProperties(relation, options)
  const documents = new Map<ColumnSurface, DocumentModel>()
  for (const column of relation.columns) {
    if (!column.jsonSchema || columnTypes.isOverridden(`${path}.${column.name}`)) continue
    const type = typeOfJsonSchema(column.jsonSchema)
    if (type !== null) documents.set(column, { typeName: typeNames.claim(typeName + pascalCase(column.name)), type })
  }
  return {
    surface: relation,
    property,
    typeName,
    columns: new Map(
      relation.columns.map((column) => [
        column.name,
        columnOf(column, columnTypes, {
          surface: column,
          path,
          document: documents.get(column)?.typeName,
          property: properties?.get(column.name),
        }),
      ]),
    ),
    computed: relation.computed.map((computed) =>
      columnOf({ ...computed, nullable: true }, columnTypes, { path, property: properties?.get(computed.name) }),
    ),
    documents: [...documents.values()],
    relationships: [],
  }
}

/** By name, or null where nothing is called otherwise. */
function columnProperties(relation: RelationSurface, options: NameOptions): ReadonlyMap<string, string> | null {
  if (options.rename?.columns === undefined && options.names !== 'camelCase') return null
  const names = [...relation.columns, ...relation.computed].map(({ name }) => name)
  const things = names.map((name) => ({ name, key: `${relation.schema}.${relation.name}.${name}` }))
  const properties = nameAll(things, [], 'columns', options)
  return new Map(names.map((name, index) => [name, properties[index] ?? name]))
}

export function columnOf(
  column: {
    readonly name: string
    readonly type: TypeUse
    readonly nullable: boolean
    readonly comment?: string | null
  },
  columnTypes: ColumnTypes,
  {
    surface = null,
    path,
    document,
    property = column.name,
  }: {
    readonly surface?: ColumnSurface | null
    readonly path: string
    readonly document?: string | undefined
    readonly property?: string | undefined
  },
): ColumnModel {
  const type = columnTypes.of(column.type, `${path}.${column.name}`, document)
  const comment = column.comment ?? null
  return {
    name: column.name,
    property,
    comment: withoutTags(comment),
    formatted: columnTypes.shown(column.type.formatted),
    nullable: column.nullable && !saysNotNull(comment),
    type,
    surface,
  }
}

/** Relationships are named after keys and relations: as these are called in the client, if the configuration says how. */
function namesAsRenamed(
  relation: RelationSurface,
  relationships: readonly RelationshipSurface[],
  isOfView: (relationship: RelationshipSurface) => boolean,
  rename: NonNullable<NameOptions['rename']>,
): readonly string[] {
  const named = ({ schema, name }: Named) => ({ schema, name: rename.relations?.[`${schema}.${name}`] ?? name })
  const columnOf = ({ schema, name }: Named, column: string) =>
    rename.columns?.[`${schema}.${name}.${column}`] ?? column
  const originals = new Map(
    relationships.map((relationship) => {
      const { target, junction, columns } = relationship
      const renamed: RelationshipSurface = {
        ...relationship,
        target: named(target),
        junction: junction && named(junction),
        columns: columns.map(([own, other]) => [columnOf(relation, own), columnOf(target, other)]),
      }
      return [renamed, relationship] as const
    }),
  )
  const source = {
    ...relation,
    ...named(relation),
    columns: relation.columns.map((column) => ({ ...column, name: columnOf(relation, column.name) })),
    primaryKey: relation.primaryKey.map((name) => columnOf(relation, name)),
  }
  return nameRelationships(source, [...originals.keys()], (renamed) => isOfView(originals.get(renamed) ?? renamed))
}

interface Named {
  readonly schema: string
  readonly name: string
}

/** Relationships lead to other relations of the same schema, so they come when all of these are there. */
export function connect(
  relations: readonly (RelationModel & { relationships: RelationshipModel[] })[],
  options: EmitOptions,
): void {
  const byName = new Map(relations.map((model) => [nameKey(model.surface.schema, model.surface.name), model]))
  const isView = ({ schema, name }: { readonly schema: string; readonly name: string }) =>
    /view$/.test(byName.get(nameKey(schema, name))?.surface.kind ?? '')
  for (const model of relations) {
    const reachable = model.surface.relationships.flatMap((surface) => {
      const target = byName.get(nameKey(surface.target.schema, surface.target.name))
      return target === undefined || target.surface.select.length === 0 ? [] : [{ surface, target }]
    })
    const isOfView = ({ target, junction }: RelationshipSurface) =>
      isView(target) || (junction !== null && isView(junction))
    const surfaces = reachable.map(({ surface }) => surface)
    const inDatabase = nameRelationships(model.surface, surfaces, isOfView)
    const path = `${model.surface.schema}.${model.surface.name}`
    const { rename } = options
    const isRenamed = rename?.relations !== undefined || rename?.columns !== undefined
    const names = isRenamed ? namesAsRenamed(model.surface, surfaces, isOfView, rename) : inDatabase
    const properties = nameAll(
      names.map((name, index) => ({
        name,
        key: `${path}.${inDatabase[index]}`,
      })),
      [...model.columns.values(), ...model.computed].map(({ property }) => property),
      'relationships',
      options,
    )
    model.relationships.push(
      ...reachable
        .map(({ surface, target }, index) => ({ surface, target, property: properties[index] ?? '' }))
        .sort((a, b) => (a.property < b.property ? -1 : 1)),
    )
  }
}
