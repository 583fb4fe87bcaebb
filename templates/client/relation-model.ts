import type { ColumnSurface, RelationSurface, TypeUse } from '@rolecast/catalog'
import { type Names, pascalCase } from '../writing/names.js'
import { nameKey } from '../writing/qualified-name.js'
import type { ColumnTypes } from './column-types.js'
import { typeOfJsonSchema } from './json-schema.js'
import type { ColumnModel, DocumentModel, RelationModel, RelationshipModel } from './model.js'
import type { ClientOptions } from './options.js'
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
  }: { property: string; typeName: string; columnTypes: ColumnTypes; typeNames: Names; options: ClientOptions },
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
function columnProperties(relation: RelationSurface, { rename }: ClientOptions): ReadonlyMap<string, string> | null {
  if (rename?.columns === undefined) return null
  const names = [...relation.columns, ...relation.computed].map(({ name }) => name)
  const things = names.map((name) => ({ name, key: `${relation.schema}.${relation.name}.${name}` }))
  const properties = nameAll(things, [], 'columns', rename)
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
  const saysNotNull = comment !== null && /^\s*@notnull\b/m.test(comment)
  return {
    name: column.name,
    property,
    comment: comment?.replace(/^\s*@notnull\b/gm, '') ?? null,
    formatted: columnTypes.shown(column.type.formatted),
    nullable: column.nullable && !saysNotNull,
    type,
    surface,
  }
}

/** Relationships lead to other relations of the same schema, so they come when all of these are there. */
export function connect(
  relations: readonly (RelationModel & { relationships: RelationshipModel[] })[],
  options: ClientOptions,
): void {
  const byName = new Map(relations.map((model) => [nameKey(model.surface.schema, model.surface.name), model]))
  const isView = ({ schema, name }: { readonly schema: string; readonly name: string }) =>
    /view$/.test(byName.get(nameKey(schema, name))?.surface.kind ?? '')
  for (const model of relations) {
    const reachable = model.surface.relationships.flatMap((surface) => {
      const target = byName.get(nameKey(surface.target.schema, surface.target.name))
      return target === undefined || target.surface.select.length === 0 ? [] : [{ surface, target }]
    })
    const names = nameRelationships(
      model.surface,
      reachable.map(({ surface }) => surface),
      ({ target, junction }) => isView(target) || (junction !== null && isView(junction)),
    )
    const path = `${model.surface.schema}.${model.surface.name}`
    const properties = nameAll(
      names.map((name) => ({ name, key: `${path}.${name}` })),
      [...model.columns.values(), ...model.computed].map(({ property }) => property),
      'relationships',
      options.rename,
    )
    model.relationships.push(
      ...reachable
        .map(({ surface, target }, index) => ({ surface, target, property: properties[index] ?? '' }))
        .sort((a, b) => (a.property < b.property ? -1 : 1)),
    )
  }
}
