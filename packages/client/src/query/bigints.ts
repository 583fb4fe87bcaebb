import type { Selection } from '@rolecast/grammar'
import type { ColumnItem } from './select-items.js'

/** What a client needs that has int8 as bigint: generated code hands it over where that is so. */
export interface Bigints {
  /** makes them in a row or in rows, in place: these were parsed a moment ago and nobody else has them */
  rows(value: unknown, selection: Selection): unknown
  /** makes one of a text, or several of a list */
  value(value: unknown): unknown
}

export const bigints: Bigints = {
  rows(value, { items }) {
    for (const row of [value].flat() as (Record<string, unknown> | null)[]) {
      for (const item of row ? items : []) {
        if (item.kind === 'embed') {
          const key = item.alias ?? item.target
          bigints.rows(item.spread ? row : row?.[key], item.selection)
        } else if (row && (item as ColumnItem).isBigint) {
          const { alias, field } = item as ColumnItem
          const key = alias ?? field?.name ?? ''
          row[key] = bigints.value(row[key])
        }
      }
    }
    return value
  },

  value(value) {
    if (Array.isArray(value)) return value.map(bigints.value)
    return value === null ? value : BigInt(value as string)
  },
}
