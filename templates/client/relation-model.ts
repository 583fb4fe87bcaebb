import type { ColumnSurface, RelationSurface, TypeUse } from '@rolecast/catalog'
import type { ColumnTypes } from './column-types.js'
import { typeOfJsonSchema } from './json-schema.js'
import type { ColumnModel, DocumentModel, RelationModel, RelationshipModel } from './model.js'
import { type Names, pascalCase } from './names.js'
import type { ClientOptions } from './options.js'
import { nameKey } from './qualified-name.js'
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
  }: { property: string; typeName: string; columnTypes: ColumnTypes; typeNames: Names },
): RelationModel & { relationships: RelationshipModel[] } {
  const path = `${relation.schema}.${relation.name}`
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
        columnOf(column, columnTypes, { surface: column, path, document: documents.get(column)?.typeName }),
      ]),
    ),
    computed: relation.computed.map((computed) => columnOf({ ...computed, nullable: true }, columnTypes, { path })),
    documents: [...documents.values()],
    relationships: [],
  }
}

export function columnOf(
  column: {
    readonly name: string
    readonly type: TypeUse
    readonly nullable: boolean
    readonly comment?: string | null
  },
  columnTypes: ColumnTypes,
  { surface = null, path, document }: { surface?: ColumnSurface | null; path: string; document?: string | undefined },
): ColumnModel {
  const type = columnTypes.of(column.type, `${path}.${column.name}`, document)
  const comment = column.comment ?? null
  const saysNotNull = comment !== null && /^\s*@notnull\b/m.test(comment)
  return {
    name: column.name,
    comment: comment?.replace(/^\s*@notnull\b/gm, '') ?? null,
    formatted: column.type.formatted,
    nullable: column.nullable && !type.notNull && !saysNotNull,
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
  for (const model of relations) {
    const reachable = model.surface.relationships.flatMap((surface) => {
      const target = byName.get(nameKey(surface.target.schema, surface.target.name))
      return target === undefined || target.surface.select.length === 0 ? [] : [{ surface, target }]
    })
    const names = nameRelationships(
      model.surface,
      reachable.map(({ surface }) => surface),
    )
    const path = `${model.surface.schema}.${model.surface.name}`
    const properties = nameAll(
      names.map((name) => ({ name, key: `${path}.${name}` })),
      [...model.columns.keys(), ...model.computed.map(({ name }) => name)],
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
