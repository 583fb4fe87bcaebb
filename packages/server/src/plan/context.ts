import type { SchemaCache } from '../schema-cache/schema-cache.js'
import type { Slots } from './slots.js'
import type { VisibleNames } from './visible-names.js'

/** What planning needs besides the query. */
export interface PlanOptions {
  readonly maximumRows: number | null
  readonly aggregates: boolean
  readonly explain: boolean
  /** what hints may name */
  readonly visible: VisibleNames
}

export interface PlanContext {
  readonly cache: SchemaCache
  readonly schema: string
  readonly slots: Slots
  readonly options: PlanOptions
}
