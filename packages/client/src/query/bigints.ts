import type { Item } from './state.js'

/** What a client needs that has int8 as bigint: generated code hands it over where that is so. */
export interface Bigints {
  /** makes them in a row or in rows, in place: these were parsed a moment ago and nobody else has them */
  rows(value: unknown, items: ReadonlyMap<string, Item>): unknown
  /** makes one of a text, or several of a list */
  value(value: unknown): unknown
}

export const bigints: Bigints = {
  rows(value, items) {
    for (const row of [value].flat() as (Record<string, unknown> | null)[]) {
      for (const [key, { of, kind, isSpread }] of row ? items : []) {
        if (of) bigints.rows(isSpread ? row : row?.[key], of.items)
        // Nulls may have been stripped.
        else if (row && Object.hasOwn(row, key) && /b/i.test(kind ?? '')) row[key] = bigints.value(row[key])
      }
    }
    return value
  },

  value(value) {
    if (Array.isArray(value)) return value.map(bigints.value)
    return value === null ? value : BigInt(value as string)
  },
}
