import type { Condition, Filter, Query, Selection } from '@rolecast/grammar'
import type { Payload } from '../parse/payload.js'
import type { Slot } from './plan.js'
import { argumentsOf } from './shape.js'

/** The number of each literal of a query in `shapeOf(query).literals`. */
export interface Slots {
  readonly filters: ReadonlyMap<Filter, { readonly value: Slot; readonly language: Slot | null }>
  readonly limits: ReadonlyMap<Selection, Slot>
  readonly offsets: ReadonlyMap<Selection, Slot>
  /** of a call's arguments, in order */
  readonly arguments: readonly Slot[]
}

/** Walks a query in the order in which `shapeOf` does. */
export function slotsOf(query: Query, payload: Payload | null): Slots {
  let next = 0
  const filters = new Map<Filter, { value: Slot; language: Slot | null }>()
  const limits = new Map<Selection, Slot>()
  const offsets = new Map<Selection, Slot>()
  const ofCall = query.kind === 'call' ? argumentsOf(query.parameters, payload).map(() => next++) : []

  const condition = (one: Condition): void => {
    if (one.kind === 'filter') filters.set(one, { value: next++, language: one.language === null ? null : next++ })
    else if (one.kind !== 'embed-filter') one.conditions.forEach(condition)
  }
  const selection = (one: Selection): void => {
    for (const item of one.items) if (item.kind === 'embed') selection(item.selection)
    one.where.forEach(condition)
    if (one.limit !== null) limits.set(one, next++)
    if (one.offset !== null) offsets.set(one, next++)
  }
  selection(query.selection)
  return { filters, limits, offsets, arguments: ofCall }
}
