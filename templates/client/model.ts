import type { ColumnSurface, FunctionSurface, RelationSurface, RelationshipSurface } from '@rolecast/catalog'
import type { ColumnKind } from '@rolecast/client'
import type { ColumnType, ColumnTypes, NamedType } from './column-types.js'

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

/** The type of a column's documents, where a JSON Schema says what they are. */
export interface DocumentModel {
  readonly typeName: string
  readonly type: string
}

export interface RelationModel {
  readonly surface: RelationSurface
  /** property of the client */
  readonly property: string
  readonly typeName: string
  /** all that is named somewhere, by name */
  readonly columns: ReadonlyMap<string, ColumnModel>
  readonly computed: readonly ColumnModel[]
  readonly documents: readonly DocumentModel[]
  readonly relationships: readonly RelationshipModel[]
}

export interface ColumnModel {
  readonly name: string
  /** what the client calls it */
  readonly property: string
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

export type ParameterModel = FunctionSurface['parameters'][number] & {
  readonly columnType: ColumnType
  readonly formatted: string
  /** what the client calls it */
  readonly property: string
}

export interface FunctionModel {
  readonly surface: FunctionSurface
  readonly typeName: string
  /** name and arguments, as PostgreSQL prints them */
  readonly signature: string
  readonly parameters: readonly ParameterModel[]
  /** of rows that are no relation's: their columns */
  readonly resultColumns: readonly ColumnModel[] | null
  /** of rows of a relation */
  readonly resultRelation: RelationModel | null
  /** of a value: how the runtime must read it */
  readonly resultKind: ColumnKind | null
}
