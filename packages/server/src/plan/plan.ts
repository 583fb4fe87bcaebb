import type { Relationship } from '@rolecast/catalog'
import type { AggregateFunction, JsonStep, Operator } from '@rolecast/grammar'
import type { MediaType } from '../parse/media-type.js'
import type { PayloadForm } from '../parse/payload.js'
import type { MediaHandler } from '../schema-cache/media-handlers.js'
import type { CachedRelation, CachedRoutine, RoutineParameter } from '../schema-cache/schema-cache.js'

/**
 * A query resolved against the schema cache. It holds no literal of the request: where one goes, it has the literal's
 * number in `literalsOf(query)`, so requests of one shape share a plan and its statement.
 */
export type Plan = ReadPlan | WritePlan | CallPlan

/** The position of a literal in the request's list of literals. */
export type Slot = number

interface PlanBase {
  readonly root: ReadNode
  /** schema that the request is about: the first of the search path */
  readonly schema: string
  readonly media: MediaType
  /** null: no body is made (HEAD, return=minimal) */
  readonly handler: MediaHandler | null
  readonly readOnly: boolean
  /** how the total is found, if at all; `limit`: rows to count at most before an estimate is used instead */
  readonly count: Count | null
}

export interface Count {
  readonly kind: 'exact' | 'planned' | 'estimated'
  readonly limit: number | null
}

export interface ReadPlan extends PlanBase {
  readonly kind: 'read'
  /** its body goes out row by row */
  readonly byRow: boolean
  readonly relation: CachedRelation
}

export interface WritePlan extends PlanBase {
  readonly kind: 'write'
  readonly relation: CachedRelation
  readonly write: Insert | Update | Delete
  /** columns that RETURNING must give for what `root` selects; null: no more than how many rows there were */
  readonly returning: readonly string[] | null
  /** columns for the Location header, in order; empty: no header */
  readonly location: readonly string[]
}

export interface Insert {
  readonly kind: 'insert'
  readonly columns: readonly WrittenColumn[]
  readonly payload: PayloadForm
  readonly applyDefaults: boolean
  readonly conflict: { readonly columns: readonly string[]; readonly action: 'update' | 'nothing' } | null
  /** PUT: what the new row must agree with */
  readonly where: readonly PlannedCondition[]
  /** whether the numbers of inserted and updated rows must be told apart */
  readonly countInserted: boolean
}

export interface Update {
  readonly kind: 'update'
  readonly columns: readonly WrittenColumn[]
  readonly payload: PayloadForm
  readonly applyDefaults: boolean
  readonly where: readonly PlannedCondition[]
}

export interface Delete {
  readonly kind: 'delete'
  readonly where: readonly PlannedCondition[]
}

export interface WrittenColumn {
  readonly name: string
  /** the type to read the value as, as SQL */
  readonly type: string
  /** function that makes the column's value of a JSON value, as SQL */
  readonly parse: string | null
  /** SQL of the default, where the request wants defaults applied */
  readonly default: string | null
}

export interface CallPlan extends PlanBase {
  readonly kind: 'call'
  /** its body goes out row by row */
  readonly byRow: boolean
  readonly routine: CachedRoutine
  readonly arguments: CallArguments
}

export type CallArguments =
  /** one by one, from the URL or a form: each has a literal */
  | { readonly kind: 'values'; readonly values: readonly { parameter: RoutineParameter; slot: Slot }[] }
  /** members of a JSON object, or of the first one of an array */
  | { readonly kind: 'json'; readonly parameters: readonly RoutineParameter[]; readonly form: PayloadForm }
  /** the whole body as the one unnamed argument */
  | { readonly kind: 'body'; readonly type: string; readonly binary: boolean }

/** One relation, or what a write or call gave, and what is selected of it. */
export interface ReadNode {
  /** null: the rows of the write or call that this is the root of */
  readonly relation: CachedRelation | null
  /** how SQL and PostgreSQL's messages call it */
  readonly alias: string
  readonly fields: readonly OutputField[]
  readonly where: readonly PlannedCondition[]
  readonly order: readonly PlannedOrder[]
  readonly limit: Slot | null
  readonly offset: Slot | null
  /** most rows that may come, whatever the limit says */
  readonly maximumRows: number | null
  readonly embeds: readonly EmbedNode[]
}

export interface EmbedNode {
  readonly node: ReadNode
  readonly relationship: Relationship
  /** alias of the junction of a many-to-many relationship */
  readonly junctionAlias: string
  readonly toOne: boolean
  readonly inner: boolean
  /** key in the response */
  readonly name: string
  /** alias of the joined subquery */
  readonly joinAlias: string
  readonly output: EmbedOutput
}

export type EmbedOutput =
  | { readonly kind: 'json' }
  /** nothing: it only filters */
  | { readonly kind: 'none' }
  | { readonly kind: 'spread'; readonly columns: readonly SpreadColumn[] }

/** A column that an embed gives to the selection above it. */
export interface SpreadColumn {
  /** name in the joined subquery, or `everyColumn` */
  readonly name: string
  readonly alias: string | null
  /** applied where it arrives: aggregates of a spread embed belong to the selection around it */
  readonly aggregate: AggregateFunction | null
  readonly cast: string | null
}

export interface OutputField {
  readonly field: PlannedField
  /** function that makes the representation, as SQL */
  readonly format: string | null
  readonly cast: string | null
  readonly aggregate: AggregateFunction | null
  readonly aggregateCast: string | null
  /** name in the result; null: the field's own */
  readonly alias: string | null
}

/** Where a name stands: `*`. No column can be called so, since one can be called `*`. */
export const everyColumn = '\0*'

export interface PlannedField {
  /** `null`: no field, of `count()` */
  readonly name: string | null
  readonly path: readonly JsonStep[]
  /** whether it must be made JSON before a path can go into it */
  readonly toJson: boolean
}

export type PlannedCondition =
  | { readonly kind: 'and' | 'or'; readonly negated: boolean; readonly conditions: readonly PlannedCondition[] }
  | { readonly kind: 'embed'; readonly negated: boolean; readonly embed: string }
  | PlannedFilter

export interface PlannedFilter {
  readonly kind: 'filter'
  readonly field: PlannedField
  readonly negated: boolean
  readonly operator: Operator
  readonly quantifier: 'any' | 'all' | null
  /** full-text search in what is not a tsvector yet */
  readonly toTsvector: boolean
  readonly language: Slot | null
  readonly value: Slot
  /** of `is`, where the value is a key word */
  readonly boolean: string | null
  /** function that makes a value of the column's type from text, as SQL */
  readonly parse: string | null
}

export interface PlannedOrder {
  /** alias of the join of the to-one embed that the field is of; null: the selection's own */
  readonly joinAlias: string | null
  readonly field: PlannedField
  readonly direction: 'asc' | 'desc' | null
  readonly nulls: 'first' | 'last' | null
}
