import type { ColumnKind } from '../metadata.js'

/** What is done with values of a response, by key. Pairs, since a key may be any name. */
export type Reviver = readonly (readonly [key: string, change: (value: unknown) => unknown])[]

/** What the kind of a column asks for. */
export function reviverOf(key: string, kind: ColumnKind | undefined): Reviver {
  return kind === 'b' || kind === 'B' ? [[key, toBigInt]] : []
}

/** Applies a reviver to a row or to rows, in place: they were parsed a moment ago and nobody else has them. */
export function revive(value: unknown, reviver: Reviver): unknown {
  for (const row of reviver.length > 0 ? [value].flat() : []) {
    for (const [key, change] of reviver) {
      if (row && Object.hasOwn(row, key))
        (row as Record<string, unknown>)[key] = change((row as Record<string, unknown>)[key])
    }
  }
  return value
}

function toBigInt(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toBigInt)
  return value === null ? value : BigInt(value as string)
}

/** JSON whose numbers become strings, or bigints, with all their digits: of a function that returns such a value. */
export function parseExact(text: string, kind: ColumnKind | undefined): unknown {
  if (!kind || kind === 'a') return JSON.parse(text)
  const value = JSON.parse(
    text.replace(/"[^"]*"|-?\d[\d.eE+-]*/g, (token) => (token[0] === '"' ? token : `"${token}"`)),
  )
  return kind === 't' || kind === 'T' ? value : toBigInt(value)
}
