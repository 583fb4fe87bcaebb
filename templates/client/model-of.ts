import {
  type FunctionSurface,
  pascalCase,
  qualifiedName,
  type RelationSurface,
  type ReturnSurface,
  type Surface,
  TypeNames,
} from '@rolecast/catalog'
import type { ColumnKind } from '@rolecast/client'
import { offered } from '../surface/offered.js'
import { inStableOrder } from '../surface/stable-order.js'
import { ColumnTypes, type NamedType } from './column-types.js'
import type { ClientModel, ColumnModel, FunctionGroup, FunctionModel, RelationModel } from './model.js'
import type { EmitOptions } from './options.js'
import { columnOf, connect, relationModel } from './relation-model.js'
import { nameAll } from './renamed.js'
import { reservedTypeNames } from './runtime-names.js'

/** What each relation's interfaces are called: its type name with these. */
const relationSuffixes = [
  '', 'Row', 'Fields', 'Conditions', 'Filter', 'WriteFilter', 'Relationships', 'Embeds', 'Insert', 'Upsert', 'InsertOrIgnore', 'Update', 'Keys', 'Api',
] as const // biome-ignore format: a list

type RowColumns = Extract<ReturnSurface, { kind: 'row' }>['columns']

const reservedProperties = ['rpc', 'with', 'schema', 'reset']

export function modelOf(fullSurface: Surface, options: EmitOptions): ClientModel {
  const surface = inStableOrder(offered(fullSurface, options))
  const typeNames = new TypeNames(reservedTypeNames)
  const properties = relationProperties(surface, options)
  const relationNames = new Map(
    surface.relations.map((relation) => {
      const name = pascalCase(properties.get(relation) ?? '')
      return [relation, typeNames.claim(schemaPrefix(surface, relation.schema) + name, relationSuffixes)]
    }),
  )
  const types = surface.types
    .filter(({ kind }) => kind !== 'range' && kind !== 'multirange')
    .map((type) => ({
      surface: type,
      typeName: typeNames.claim(
        schemaPrefix(surface, type.schema) + pascalCase(type.name),
        type.kind === 'composite' ? ['', 'Input'] : undefined,
      ),
    }))
  const ranges = surface.types.filter(({ kind }) => kind === 'range' || kind === 'multirange')
  const rangeTypes = ranges.map((range) => ({ surface: range, typeName: '' }))
  const plainTypes = new ColumnTypes([...types, ...rangeTypes], surface, options)
  const used = typesUsed(surface)
  const rowNames = new Set(['Record<string, unknown>', ...[...relationNames.values()].map((name) => `${name}Row`)])
  const rowTypes = surface.relations.flatMap((relation) =>
    used.has(qualifiedName(relation.schema, relation.name)) ? rowType(relation) : [],
  )
  const columnTypes = new ColumnTypes([...types, ...rangeTypes, ...rowTypes], surface, options)

  /** A row as the value of a column, an argument or a result: what the role sees of it. */
  function rowType(relation: RelationSurface): NamedType {
    const { schema, name, comment, select, columns } = relation
    if (select.length === 0) {
      return {
        surface: { kind: 'composite', schema, name, comment, attributes: [] },
        typeName: 'Record<string, unknown>',
        isRow: true,
      }
    }
    const attributes = columns.filter((column) => select.includes(column.name))
    const typeName = relationNames.get(relation) ?? ''
    // inside JSON numbers are not read as text, and columns have the database's names
    const isAsRow =
      options.rename?.columns === undefined && !attributes.some(({ type }) => plainTypes.insideJson(type).isOther)
    return {
      surface: {
        kind: 'composite',
        schema,
        name,
        comment,
        attributes: attributes.map((column) => ({ ...column, refusesNull: !column.nullable })),
      },
      typeName: isAsRow ? `${typeName}Row` : typeNames.claim(`${typeName}Value`),
      isRow: true,
    }
  }

  // A role that may use no schema has a client all the same: an empty one.
  const visible = surface.schemas.length > 0 ? surface.schemas : [{ name: options.defaultSchema ?? '', comment: null }]
  const schemas = visible.map(({ name, comment }, index) => {
    const relations = surface.relations
      .filter(({ schema }) => schema === name)
      .map((relation) =>
        relationModel(relation, {
          property: properties.get(relation) ?? '',
          typeName: relationNames.get(relation) ?? '',
          columnTypes,
          typeNames,
          options,
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
  // A function's rows have columns, and these have types, that the role may not see in the relation.
  return {
    role: surface.role,
    schemas,
    types: [...types, ...rowTypes.filter(({ typeName }) => !rowNames.has(typeName))].filter((type) =>
      columnTypes.isUsed(type),
    ),
    columnTypes,
  }

  function functionGroups(
    functions: readonly FunctionSurface[],
    relations: readonly RelationModel[],
  ): readonly FunctionGroup[] {
    const groups = [...groupBy(functions, ({ name }) => name)]
    const properties = nameAll(
      groups.map(([name, overloads]) => ({ name, key: `${overloads[0]?.schema}.${name}` })),
      ['then'], // it would make `db.rpc` a promise
      'functions',
      options,
    )
    return groups.map(([, overloads], index) => ({
      property: properties[index] ?? '',
      overloads: overloads.map((overload) =>
        functionModel(overload, relations, { property: properties[index] ?? '', names: argumentNames(overloads) }),
      ),
    }))
  }

  function resultColumns({ schema, name }: FunctionSurface, columns: RowColumns): readonly ColumnModel[] {
    const path = `${schema}.${name}`
    const things = columns.map((column) => ({ name: column.name, key: `${path}.${column.name}` }))
    const properties = nameAll(things, [], 'columns', options)
    return columns.map((column, index) => columnOf(column, columnTypes, { path, property: properties[index] }))
  }

  /** Of all overloads together, since one call may be of each. */
  function argumentNames(overloads: readonly FunctionSurface[]): ReadonlyMap<string, string> {
    const names = [...new Set(overloads.flatMap(({ parameters }) => parameters.map(({ name }) => name)))]
    const [{ schema = '', name: own = '' } = {}] = overloads
    const things = names.map((name) => ({ name, key: `${schema}.${own}.${name}` }))
    const properties = nameAll(things, [], 'arguments', options)
    return new Map(names.map((name, index) => [name, properties[index] ?? name]))
  }

  function functionModel(
    overload: FunctionSurface,
    relations: readonly RelationModel[],
    { property, names }: { property: string; names: ReadonlyMap<string, string> },
  ): FunctionModel {
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
      typeName: typeNames.claim(schemaPrefix(surface, overload.schema) + pascalCase(property), [
        'Arguments',
        'Result',
        'ResultRow',
        'ResultFilter',
      ]),
      signature: `${overload.name}(${columnTypes.shown(overload.arguments)})`,
      parameters: overload.parameters.map((parameter) => ({
        ...parameter,
        columnType: columnTypes.of(parameter.type),
        formatted: columnTypes.shown(parameter.type.formatted),
        property: names.get(parameter.name) ?? parameter.name,
      })),
      resultRelation: relation ?? null,
      resultKind: returns.kind === 'value' ? textKind(columnTypes.of(returns.type).kind) : null,
      resultColumns: returns.kind === 'row' && relation === undefined ? resultColumns(overload, returns.columns) : null,
    }
  }
}

/** The types of columns, arguments and results, by qualified name. */
function typesUsed({ relations, functions, types }: Surface): ReadonlySet<string> {
  const ofTypes = types.flatMap((type) =>
    type.kind === 'composite' ? type.attributes.map((item) => item.type) : type.kind === 'domain' ? [type.base] : [],
  )
  const ofFunctions = functions.flatMap(({ parameters, returns }) => [
    ...parameters.map((parameter) => parameter.type),
    ...(returns.kind === 'value' ? [returns.type] : []),
    ...(returns.kind === 'row' ? returns.columns.map((column) => column.type) : []),
  ])
  const ofColumns = relations.flatMap(({ columns, computed }) => [...columns, ...computed].map(({ type }) => type))
  return new Set([...ofTypes, ...ofFunctions, ...ofColumns].map(({ type }) => type))
}

/** Properties of the schemas' interfaces. */
function relationProperties(surface: Surface, options: EmitOptions): ReadonlyMap<RelationSurface, string> {
  const properties = new Map<RelationSurface, string>()
  for (const relations of groupBy(surface.relations, ({ schema }) => schema).values()) {
    const names = nameAll(
      relations.map(({ schema, name }) => ({ name, key: `${schema}.${name}` })),
      reservedProperties,
      'relations',
      options,
    )
    for (const [index, relation] of relations.entries()) properties.set(relation, names[index] ?? '')
  }
  return properties
}

/** A document needs nothing when it is read. */
function textKind(kind: ColumnKind | null): ColumnKind | null {
  return kind === 'j' || kind === 'J' ? null : kind
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
