import type {
  ColumnSurface,
  FunctionSurface,
  RelationSurface,
  RelationshipSurface,
  Surface,
  TypeUse,
} from '@rolecast/catalog'
import type { ColumnKind } from '@rolecast/client'
import { type ColumnType, ColumnTypes, type NamedType } from './column-types.js'
import { Names, pascalCase } from './names.js'
import type { ClientOptions } from './options.js'
import { nameKey } from './qualified-name.js'
import { nameRelationships } from './relationship-names.js'
import { reservedTypeNames } from './runtime-names.js'
import { offered } from './verbs.js'

/** A surface with every name of the output decided: what the writers need, in the order they write it. */
export interface ClientModel {
  readonly role: string
  readonly schemas: readonly SchemaModel[]
  readonly types: readonly NamedType[]
  readonly columnTypes: ColumnTypes
}

export interface SchemaModel {
  readonly name: string
  readonly comment: string | null
  /** false: requests have to name it though it is the first */
  readonly isDefault: boolean
  /** of the schema's interface; the first schema's is the client itself */
  readonly typeName: string
  readonly rpcTypeName: string
  readonly relations: readonly RelationModel[]
  readonly functions: readonly FunctionGroup[]
}

export interface RelationModel {
  readonly surface: RelationSurface
  /** property of the client */
  readonly property: string
  readonly typeName: string
  /** all that is named somewhere, by name */
  readonly columns: ReadonlyMap<string, ColumnModel>
  readonly computed: readonly ColumnModel[]
  readonly relationships: readonly RelationshipModel[]
}

export interface ColumnModel {
  readonly name: string
  readonly comment: string | null
  readonly formatted: string
  readonly nullable: boolean
  readonly type: ColumnType
  readonly surface: ColumnSurface | null
}

export interface RelationshipModel {
  readonly surface: RelationshipSurface
  readonly property: string
  readonly target: RelationModel
}

/** A function and its overloads. */
export interface FunctionGroup {
  readonly property: string
  readonly overloads: readonly FunctionModel[]
}

export interface FunctionModel {
  readonly surface: FunctionSurface
  readonly typeName: string
  readonly parameters: readonly (FunctionSurface['parameters'][number] & { readonly columnType: ColumnType })[]
  /** of rows that are no relation's: their columns */
  readonly resultColumns: readonly ColumnModel[] | null
  /** of rows of a relation */
  readonly resultRelation: RelationModel | null
  /** of a value: how the runtime must read it */
  readonly resultKind: ColumnKind | null
}

/** What each relation's interfaces are called: its type name with these. */
export const relationSuffixes = [
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

function relationModel(
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

function columnOf(
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

/** A document needs nothing when it is read. */
function textKind(kind: ColumnKind | null): ColumnKind | null {
  return kind === 'j' ? null : kind
}

/** Relationships lead to other relations of the same schema, so they come when all of these are there. */
function connect(
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
    const taken = new Names([...model.columns.keys(), ...model.computed.map(({ name }) => name)])
    model.relationships.push(
      ...reachable
        .map(({ surface, target }, index) => {
          const name = names[index] ?? ''
          const wanted = renamed(options.rename?.relationships, `${model.surface.schema}.${model.surface.name}.${name}`)
          return { surface, target, property: taken.claim(wanted ?? name) }
        })
        .sort((a, b) => (a.property < b.property ? -1 : 1)),
    )
  }
}

/** Types of the first schema have plain names, others are prefixed with theirs. */
function schemaPrefix(surface: Surface, schema: string): string {
  const isOther = surface.schemas.some(({ name }, index) => name === schema && index > 0)
  return isOther ? pascalCase(schema) : ''
}

function renamed(names: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return names !== undefined && Object.hasOwn(names, key) ? names[key] : undefined
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
