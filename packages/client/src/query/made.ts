import type { ColumnKind } from '../metadata.js'
import type { Selection } from './selection.js'

/** What a client needs that has values which JSON does not have: generated code hands it over where that is so. */
export interface Made {
  /** makes them in a row or in rows, in place: these were parsed a moment ago and nobody else has them */
  rows(value: unknown, items: Selection['items']): unknown
  /** makes one of a text, or several of a list; of other kinds it gives what it was given */
  value(value: unknown, kind: ColumnKind | undefined): unknown
}

/** Makes values by the kinds of their columns: `made({ b: BigInt, d: dateOf })`. */
export function made(makers: { readonly b?: (text: string) => bigint; readonly d?: (text: string) => Date }): Made {
  const makerOf = (kind = '') => makers[kind.toLowerCase() as keyof typeof makers]
  const one = (value: unknown, make: (text: string) => unknown): unknown => {
    if (Array.isArray(value)) return value.map((element) => one(element, make))
    return value === null ? value : make(value as string)
  }
  const rows: Made['rows'] = (value, items) => {
    for (const row of [value].flat() as (Record<string, unknown> | null)[]) {
      for (const [key, { of, kind, isSpread }] of row ? items : []) {
        const make = makerOf(kind)
        if (of) rows(isSpread ? row : row?.[key], of.items)
        // Nulls may have been stripped.
        else if (make && row && Object.hasOwn(row, key)) row[key] = one(row[key], make)
      }
    }
    return value
  }
  return {
    rows,
    value: (value, kind) => {
      const make = makerOf(kind)
      return make ? one(value, make) : value
    },
  }
}
