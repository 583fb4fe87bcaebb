import type { Operator } from './operator-name.js'
import type { Preferences } from './preferences.js'

export type { Operator, Preferences }

/**
 * The abstract form of one call of the API, between the client, which prints it, and the server, which parses it.
 * Plain immutable data: no name in it has been looked up anywhere, no value has been cast.
 */

/** A step into a JSON value or a composite: `->key`, `->>key`, `->0`. */
export interface JsonStep {
  readonly arrow: '->' | '->>'
  readonly operand: string | number
}

/** A column (or computed field), and a path into it. */
export interface Field {
  readonly name: string
  readonly path: readonly JsonStep[]
}

export type AggregateFunction = 'avg' | 'count' | 'max' | 'min' | 'sum'

/** `*`: every column. */
export interface SelectAll {
  readonly kind: 'all'
}

/** `alias:name->path::cast.aggregate()::aggregateCast`. `count()` alone has no field. */
export interface SelectField {
  readonly kind: 'field'
  readonly field: Field | null
  readonly alias: string | null
  readonly cast: string | null
  readonly aggregate: AggregateFunction | null
  readonly aggregateCast: string | null
}

/** `...alias:relation!hint!inner(selection)`: rows of another relation, with everything said of them elsewhere in the query. */
export interface Embed {
  readonly kind: 'embed'
  /** the relation, or the foreign key column or constraint, as the request names it */
  readonly target: string
  readonly alias: string | null
  readonly hint: string | null
  readonly join: 'inner' | 'left' | null
  readonly spread: boolean
  readonly selection: Selection
}

export type SelectItem = SelectAll | SelectField | Embed

/** What is asked of one relation: of the request's own, or of an embedded one. */
export interface Selection {
  /** empty: nothing was said, which means `*` at the top */
  readonly items: readonly SelectItem[]
  /** all of them hold */
  readonly where: readonly Condition[]
  readonly order: readonly OrderTerm[]
  readonly limit: number | null
  readonly offset: number | null
}

/** `field=not.operator(quantifier).value` */
export interface Filter {
  readonly kind: 'filter'
  readonly field: Field
  readonly negated: boolean
  readonly operator: Operator
  /** `any` and `all` make the value a list */
  readonly quantifier: 'any' | 'all' | null
  /** text search configuration of a full-text operator */
  readonly language: string | null
  /**
   * As text, unquoted; a list for `in`; of `is`: null, not_null, true, false, unknown. Of `like` and `ilike` the `*` is
   * still what was written. Of quantified operators PostgreSQL's array literal as text (`{a,b}`), which is how the
   * parser gives it; the printer also takes a list there.
   */
  readonly value: string | readonly string[]
}

/** `embed=is.null`, `embed=not.is.null`: whether an embedded relation has rows. */
export interface EmbedFilter {
  readonly kind: 'embed-filter'
  /** alias or name of an embed of the same selection */
  readonly embed: string
  readonly negated: boolean
}

/** `and=(…)`, `or=(…)`, `not.and=(…)` */
export interface LogicalCondition {
  readonly kind: 'and' | 'or'
  readonly negated: boolean
  readonly conditions: readonly Condition[]
}

export type Condition = Filter | LogicalCondition | EmbedFilter

export interface OrderTerm {
  /** alias or name of a to-one embed, for `embed(column)` */
  readonly embed: string | null
  readonly field: Field
  readonly direction: 'asc' | 'desc' | null
  readonly nulls: 'first' | 'last' | null
}

/** Everything else that every call can have. */
export interface CallOptions {
  /** the schema, when it is not the default one: `Accept-Profile` or `Content-Profile` */
  readonly profile: string | null
  readonly preferences: Preferences
  /** media types in order of preference, as in `Accept`; empty: the server's choice */
  readonly accept: readonly string[]
}

/** A request body: bytes or text as they came or are to be sent, never parsed and printed again. */
export interface Body {
  /** media type without parameters */
  readonly type: string
  readonly content: string | Uint8Array
}

export interface ReadQuery extends CallOptions {
  readonly kind: 'read'
  readonly relation: string
  readonly selection: Selection
  /** HEAD: headers only */
  readonly headOnly: boolean
}

export interface InsertQuery extends CallOptions {
  readonly kind: 'insert'
  readonly relation: string
  readonly body: Body
  /** `columns=`: the keys of the body to take; null: those of its first row */
  readonly columns: readonly string[] | null
  /** `on_conflict=`: columns of the unique key for `Prefer: resolution` */
  readonly onConflict: readonly string[] | null
  /** `select=` for what comes back */
  readonly selection: Selection
}

/** PUT: one row, by its primary key in the filters. */
export interface PutQuery extends CallOptions {
  readonly kind: 'put'
  readonly relation: string
  readonly body: Body
  readonly columns: readonly string[] | null
  readonly selection: Selection
}

export interface UpdateQuery extends CallOptions {
  readonly kind: 'update'
  readonly relation: string
  readonly body: Body
  readonly columns: readonly string[] | null
  readonly selection: Selection
}

export interface DeleteQuery extends CallOptions {
  readonly kind: 'delete'
  readonly relation: string
  readonly selection: Selection
}

/** A call of a function: GET and HEAD have arguments in the URL, POST in the body. */
export interface CallQuery extends CallOptions {
  readonly kind: 'call'
  readonly routine: string
  readonly method: 'GET' | 'HEAD' | 'POST'
  /**
   * Of GET and HEAD: the arguments, in order, possibly repeated (variadic): every parameter of the URL that is neither
   * the grammar's own nor a filter. A value in the form of an operator (`eq.1`) makes its parameter a filter on the
   * result, which is in `selection.where`, whatever the function's parameters are called.
   */
  readonly parameters: readonly (readonly [name: string, value: string])[]
  readonly body: Body | null
  readonly columns: readonly string[] | null
  readonly selection: Selection
}

export type Query = ReadQuery | InsertQuery | PutQuery | UpdateQuery | DeleteQuery | CallQuery
