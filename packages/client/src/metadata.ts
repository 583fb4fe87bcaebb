/**
 * What a generated client tells the runtime about one role's surface. Property names are the client's; names of the
 * database are given where they differ. Tuples, because every relation of every role costs these bytes.
 */

/**
 * How a column travels. `t`, `T`: read as text (`T`: each element of an array), so that int8 and numeric lose no digits.
 * `b`, `B`: the same, made a bigint. `a`: another array, so that a list in a filter is one value and not several.
 * `d`, `D`: made a Date. `n`: a number that may have lost digits. `j`: `jsonb` and what is made of it, whose filter values are
 * documents. `J`: `json`, which PostgreSQL cannot compare. `r`, `R`: a range, and a multirange.
 */
export type ColumnKind = 't' | 'T' | 'b' | 'B' | 'a' | 'd' | 'D' | 'n' | 'j' | 'J' | 'r' | 'R'

/**
 * A relationship: the target's property; what the request writes after `!`; the name it writes before it, if that is not
 * the target's own. A bare string is the target.
 */
export type RelationshipMeta = string | readonly [target: string, hint?: string | 0, request?: string]

/** Columns have the client's names here. */
export type RelationMeta = readonly [
  /** what `select()` asks for, in table order */
  columns: readonly string[],
  /** only columns and computed fields that need one */
  kinds?: Readonly<Record<string, ColumnKind>> | 0,
  /** what no two rows have in common, and no row as null, if all of it is readable */
  key?: readonly string[] | 0,
  relationships?: Readonly<Record<string, RelationshipMeta>> | 0,
  /** the relation's name, if it is not the property's */
  name?: string | 0,
  /** the database's names of columns and computed fields that the client calls otherwise */
  names?: Readonly<Record<string, string>> | 0,
  /** without a key: all that rows can be ordered by, so that pages have an order that tells rows apart as far as it can be */
  order?: readonly string[],
]

export interface FunctionMeta {
  /** `rows`: a set of rows; `row`: one; `value`: anything else, or a set of such; absent: nothing */
  readonly returns?: 'rows' | 'row' | 'value'
  /** of rows: the relation's property, or the columns of a result that is no relation's */
  readonly rows?: string | RelationMeta
  /** of one row: the database's names of columns that no row has null in; where one is null, there is no row */
  readonly sure?: readonly string[]
  /** of a value: how it is read */
  readonly kind?: ColumnKind
  /** stable and immutable ones answer GET */
  readonly get?: true
  /** the function's one unnamed argument takes the whole body, of this media type */
  readonly body?: string
  /** the name of the variadic argument */
  readonly variadic?: string
  /** the function's name, if it is not the property's */
  readonly name?: string
  /** of overloads: the arguments' names, and how many of them (the first) must be given */
  readonly arguments?: readonly [names: readonly string[], required: number]
  /** the database's names of arguments that the client calls otherwise */
  readonly names?: Readonly<Record<string, string>>
}

export interface SchemaMeta {
  readonly name: string
  /** said of the first schema only: false where requests have to name it all the same */
  readonly isDefault?: boolean
  readonly relations: Readonly<Record<string, RelationMeta>>
  /** several: overloads */
  readonly functions: Readonly<Record<string, FunctionMeta | readonly FunctionMeta[]>>
}
