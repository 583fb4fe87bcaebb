import type { FunctionSurface, Surface } from '@rolecast/catalog'
import type { ColumnKind } from '@rolecast/client'
import { ColumnTypes } from './column-types.js'
import type { ClientModel, FunctionGroup, FunctionModel, RelationModel } from './model.js'
import { Names, pascalCase } from './names.js'
import type { ClientOptions } from './options.js'
import { columnOf, connect, relationModel } from './relation-model.js'
import { renamed } from './renamed.js'
import { reservedTypeNames } from './runtime-names.js'
import { offered } from './verbs.js'

/** What each relation's interfaces are called: its type name with these. */
const relationSuffixes = [
  '', 'Row', 'Fields', 'Filter', 'Relationships', 'Embeds', 'Insert', 'Upsert', 'InsertOrIgnore', 'Update', 'Keys', 'Api',
] as const // biome-ignore format: a list

const reservedProperties = ['rpc', 'with', 'schema']

export function modelOf(fullSurface: Surface, options: ClientOptions): ClientModel {
  const surface = offered(fullSurface, options)
  const typeNames = new Names(reservedTypeNames)
  const relationNames = new Map(
    surface.relations.map((relation) => [
      relation,
      typeNames.claim(schemaPrefix(surface, relation.schema) + pascalCase(relation.name), relationSuffixes),
    ]),
  )
  const types = surface.types
    .filter(({ kind }) => kind !== 'range' && kind !== 'multirange')
    .map((type) => ({
      surface: type,
      typeName: typeNames.claim(schemaPrefix(surface, type.schema) + pascalCase(type.name)),
    }))
  const ranges = surface.types.filter(({ kind }) => kind === 'range' || kind === 'multirange')
  const columnTypes = new ColumnTypes([...types, ...ranges.map((range) => ({ surface: range, typeName: '' }))], options)

  // A role that may use no schema has a client all the same: an empty one.
  const visible = surface.schemas.length > 0 ? surface.schemas : [{ name: options.defaultSchema ?? '', comment: null }]
  const schemas = visible.map(({ name, comment }, index) => {
    const properties = new Names(reservedProperties)
    const relations = surface.relations
      .filter(({ schema }) => schema === name)
      .map((relation) =>
        relationModel(relation, {
          property: properties.claim(renamed(options.rename?.relations, `${name}.${relation.name}`) ?? relation.name),
          typeName: relationNames.get(relation) ?? '',
          columnTypes,
        }),
      )
    connect(relations, options)
    return {
      name,
      comment,
      isDefault: index > 0 || name === (options.defaultSchema ?? name),
      typeName: index === 0 ? 'Db' : typeNames.claim(`${pascalCase(name)}Schema`),
      rpcTypeName: index === 0 ? 'Rpc' : typeNames.claim(`${pascalCase(name)}Rpc`),
      relations,
      functions: functionGroups(
        surface.functions.filter(({ schema }) => schema === name),
        relations,
      ),
    }
  })
  return { role: surface.role, schemas, types, columnTypes }

  function functionGroups(
    functions: readonly FunctionSurface[],
    relations: readonly RelationModel[],
  ): readonly FunctionGroup[] {
    // `then` would make `db.rpc` a promise
    const properties = new Names(['then'])
    return [...groupBy(functions, ({ name }) => name)].map(([name, overloads]) => ({
      property: properties.claim(renamed(options.rename?.functions, `${overloads[0]?.schema}.${name}`) ?? name),
      overloads: overloads.map((overload) => functionModel(overload, relations)),
    }))
  }

  function functionModel(overload: FunctionSurface, relations: readonly RelationModel[]): FunctionModel {
    const { returns } = overload
    const relation =
      returns.kind === 'row' && returns.relation !== null
        ? relations.find(
            ({ surface: { schema, name, select } }) =>
              schema === returns.relation?.schema && name === returns.relation.name && select.length > 0,
          )
        : undefined
    return {
      surface: overload,
      typeName: typeNames.claim(schemaPrefix(surface, overload.schema) + pascalCase(overload.name), [
        'Arguments',
        'Result',
        'ResultRow',
        'ResultFilter',
      ]),
      parameters: overload.parameters.map((parameter) => ({
        ...parameter,
        columnType: columnTypes.of(parameter.type),
      })),
      resultRelation: relation ?? null,
      resultKind: returns.kind === 'value' ? textKind(columnTypes.of(returns.type).kind) : null,
      resultColumns:
        returns.kind === 'row' && relation === undefined
          ? returns.columns.map((column) => columnOf(column, columnTypes, null, `${overload.schema}.${overload.name}`))
          : null,
    }
  }
}

/** A document needs nothing when it is read. */
function textKind(kind: ColumnKind | null): ColumnKind | null {
  return kind === 'j' ? null : kind
}

/** Types of the first schema have plain names, others are prefixed with theirs. */
function schemaPrefix(surface: Surface, schema: string): string {
  const isOther = surface.schemas.some(({ name }, index) => name === schema && index > 0)
  return isOther ? pascalCase(schema) : ''
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group === undefined) groups.set(key(item), [item])
    else group.push(item)
  }
  return groups
}
