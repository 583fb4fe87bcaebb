import type { CheckExpression } from '../checks/check-expression.js'
import type { RelationKind, TypeUse } from '../model/catalog.js'

/**
 * What one role may do over the exposed schemas. It names nothing that the role may not see, so whatever is made of a
 * surface alone can be published.
 */
export interface Surface {
  readonly role: string
  /** in the order given: the first is the API's default */
  readonly schemas: readonly { readonly name: string; readonly comment: string | null }[]
  /** only those where something is allowed; by schema, then name, bytewise */
  readonly relations: readonly RelationSurface[]
  /** callable ones, by schema, name and arguments; an overload may stand there several times (`isFurtherWay`) */
  readonly functions: readonly FunctionSurface[]
  /** callable in SQL, but not by the API: several unnamed arguments, one of another type, one of a polymorphic type (of which
   * only `anycompatible` takes plain values, and no JSON), one whose domain calls what the role may not, or an overload that no
   * request means */
  readonly sqlFunctions: readonly Pick<FunctionSurface, 'schema' | 'name' | 'arguments'>[]
  /** what requests can do with values of base types that are not PostgreSQL's own, by the type's qualified name */
  readonly operators: Readonly<Record<string, OperatorSurface>>
  /** enums, domains, composites and ranges that the above use */
  readonly types: readonly TypeSurface[]
}

/** Of the operators and aggregates of a type those that every request which it may occur in finds in its search path. */
export interface OperatorSurface {
  /** `a OP b` of two values is a condition */
  readonly comparing: readonly string[]
  /** ORDER BY takes it */
  readonly isOrdered: boolean
  /** GROUP BY and DISTINCT take it, and arrays of it can be compared */
  readonly isGrouped: boolean
  /** min and max */
  readonly isRanked: boolean
  /** sum and avg */
  readonly isSummed: boolean
}

/**
 * never: PostgreSQL refuses (42501, or nothing can be written). zero-rows: never refused, but no policy lets a row
 * through. rows-restricted: row-level security, triggers or functions decide. unrestricted: every row.
 */
export type Verdict = 'never' | 'zero-rows' | 'rows-restricted' | 'unrestricted'

export interface RelationSurface {
  readonly schema: string
  readonly name: string
  readonly kind: RelationKind
  readonly comment: string | null
  /** a partition: PostgREST does not offer it, SQL does */
  readonly isPartition: boolean
  /** columns, in table order */
  readonly select: readonly string[]
  /** may be given in an insert that gives all of `required`, their types' schemas included; empty: no insert can succeed */
  readonly insert: readonly string[]
  /** what `rolecast inspect` prints as "insert": `INSERT INTO r (c) VALUES (…)`, nothing else given, is not refused */
  readonly insertAlone: readonly string[]
  /** may be given in an update: without USAGE on the schema of a column's type, the API cannot cast a value to it */
  readonly update: readonly string[]
  /** what `rolecast inspect` prints as "update": `UPDATE r SET c = …` is not refused */
  readonly updateAlone: readonly string[]
  readonly delete: boolean

  readonly verdicts: { readonly [verb in 'select' | 'insert' | 'update' | 'delete']: Verdict }
  /** usable in filters and order */
  readonly filter: readonly string[]
  /** what an insert must give: not null, without default; or with a default that this role may not use */
  readonly required: readonly string[]
  /** required, but a BEFORE trigger may fill it: said, not guessed */
  readonly maybeRequired: readonly string[]
  /** may come back from a write: empty means return=minimal only */
  readonly returning: {
    readonly insert: readonly string[]
    readonly update: readonly string[]
    readonly delete: readonly string[]
  }
  /** update and delete with a filter (needs SELECT on what is filtered) */
  readonly filtered: { readonly update: boolean; readonly delete: boolean }
  /** columns that may be part of an upsert; empty: none is possible */
  readonly upsert: { readonly merge: readonly string[]; readonly ignore: readonly string[] }
  /** every live column is readable: `*`, computed fields */
  readonly wholeRow: boolean
  /** every column named in a list above, in table order */
  readonly columns: readonly ColumnSurface[]
  /** what rows are held to, of those CHECKs whose columns are all among `columns` */
  readonly checks: readonly CheckSurface[]
  /** a proven key without nulls, the primary key first, all of it readable: what rows are told apart and paged by */
  readonly primaryKey: readonly string[]
  /** what ON CONFLICT can name, with all columns readable; as sets, in any order */
  readonly uniqueKeys: readonly (readonly string[])[]
  /** an upsert may leave out which key it means: the primary key, which PostgREST takes then, is one of `uniqueKeys` */
  readonly primaryKeyArbitrates: boolean
  readonly relationships: readonly RelationshipSurface[]
  /** functions of the row that can be selected and filtered like columns */
  readonly computed: readonly { readonly name: string; readonly type: TypeUse; readonly comment: string | null }[]
}

export interface CheckSurface {
  readonly name: string
  /** those that it is about, by this relation's names */
  readonly columns: readonly string[]
  readonly condition: CheckExpression
  /** of every row that there is; otherwise of what is written */
  readonly isValidated: boolean
}

export interface ColumnSurface {
  readonly name: string
  readonly type: TypeUse
  /** a row may have null in it */
  readonly nullable: boolean
  /** null cannot be written to it, whether rows have it or not */
  readonly refusesNull: boolean
  /** something fills it when an insert leaves it out */
  readonly hasDefault: boolean
  /** the default's text where it is a literal; other defaults may name what the role must not see */
  readonly literalDefault: string | null
  readonly generated: boolean
  readonly identity: 'always' | 'by default' | null
  /** the JSON Schema that a CHECK holds its documents to, as it stands there */
  readonly jsonSchema: string | null
  readonly comment: string | null
}

export interface RelationshipSurface {
  readonly kind: 'many-to-one' | 'one-to-many' | 'one-to-one' | 'many-to-many' | 'computed'
  readonly target: { readonly schema: string; readonly name: string }
  readonly cardinality: 'one' | 'many'
  /** of `one`: the row may be absent, or hidden from this role by row-level security */
  readonly nullable: boolean
  /** the foreign key is this relation's, or of what this view is of */
  readonly sourceHoldsKey: boolean
  /** columns of this relation and of the target; for naming, and for keys */
  readonly columns: readonly (readonly [source: string, target: string])[]
  /** the junction of many-to-many */
  readonly junction: { readonly schema: string; readonly name: string } | null
  /** what the request must write after `!`, if the target's name alone is ambiguous; made of what the role sees */
  readonly hint: string | null
  /** the name to write before `!`: the target's, or a computed relationship's function */
  readonly request: string
  /** the foreign key's name, where it says nothing that the role does not see anyway; null for junctions and functions, too */
  readonly foreignKey: string | null
}

export interface FunctionSurface {
  readonly schema: string
  readonly name: string
  /** as pg_get_function_identity_arguments prints them */
  readonly arguments: string
  /**
   * Requests tell overloads apart by the arguments that they give, so that one function may stand here several times with
   * other `parameters`: the further times.
   */
  readonly isFurtherWay: boolean
  readonly comment: string | null
  readonly parameters: readonly {
    readonly name: string
    readonly type: TypeUse
    readonly required: boolean
    readonly variadic: boolean
    /** its type is a NOT NULL domain */
    readonly refusesNull: boolean
  }[]
  /** the one unnamed argument that takes the whole body, if that is the function's form */
  readonly bodyType: TypeUse | null
  readonly strict: boolean
  /** stable and immutable functions answer GET as well */
  readonly readOnly: boolean
  readonly returns: ReturnSurface
}

export type ReturnSurface =
  | { readonly kind: 'void' }
  | { readonly kind: 'value'; readonly type: TypeUse; readonly set: boolean }
  /** rows of an exposed relation: `relation` names its surface when the role has one, for embeds */
  | {
      readonly kind: 'row'
      readonly columns: readonly { readonly name: string; readonly type: TypeUse; readonly nullable: boolean }[]
      readonly set: boolean
      readonly relation: { readonly schema: string; readonly name: string } | null
    }

export type TypeSurface =
  | {
      readonly kind: 'enum'
      readonly schema: string
      readonly name: string
      readonly comment: string | null
      readonly labels: readonly string[]
    }
  | {
      readonly kind: 'domain'
      readonly schema: string
      readonly name: string
      readonly comment: string | null
      readonly base: TypeUse
      readonly notNull: boolean
      /** CHECK expressions that name nothing hidden */
      readonly checks: readonly string[]
      /** all CHECKs, without what names something hidden */
      readonly conditions: readonly Pick<CheckSurface, 'name' | 'condition' | 'isValidated'>[]
      /** the JSON Schema that a CHECK holds its values to, as it stands there */
      readonly jsonSchema: string | null
    }
  | {
      readonly kind: 'composite'
      readonly schema: string
      readonly name: string
      readonly comment: string | null
      /** `refusesNull`: of a NOT NULL domain */
      readonly attributes: readonly { readonly name: string; readonly type: TypeUse; readonly refusesNull: boolean }[]
    }
  | {
      readonly kind: 'range' | 'multirange'
      readonly schema: string
      readonly name: string
      readonly comment: string | null
      readonly subtype: TypeUse
    }
