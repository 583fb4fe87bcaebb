import type { ColumnSurface, RelationSurface, TypeUse } from '@rolecast/catalog'
import type { ColumnTypes } from './column-types.js'
import type { ColumnModel, RelationModel, RelationshipModel } from './model.js'
import type { ClientOptions } from './options.js'
import { nameKey } from './qualified-name.js'
import { nameRelationships } from './relationship-names.js'
import { nameAll } from './renamed.js'

/** A relation with its columns; `connect` adds where it leads. */
export function relationModel(
  relation: RelationSurface,
  { property, typeName, columnTypes }: { property: string; typeName: string; columnTypes: ColumnTypes },
): RelationModel & { relationships: RelationshipModel[] } {
  const path = `${relation.schema}.${relation.name}`
  return {
    surface: relation,
    property,
    typeName,
    columns: new Map(relation.columns.map((column) => [column.name, columnOf(column, columnTypes, column, path)])),
    computed: relation.computed.map((computed) => columnOf({ ...computed, nullable: true }, columnTypes, null, path)),
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
  surface: ColumnSurface | null,
  path: string,
): ColumnModel {
  const type = columnTypes.of(column.type, `${path}.${column.name}`)
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
