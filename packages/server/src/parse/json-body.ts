import { invalidBody } from '../errors/request-errors.js'
import { endOfString, isDeeper } from './json-depth.js'
import type { Slices } from './slices.js'

/** What the statement must know of a JSON body; the rest PostgreSQL reads. */
export type JsonBody =
  | { readonly kind: 'object'; readonly keys: readonly string[] }
  /** of objects that all have the same keys; without any, no keys */
  | { readonly kind: 'array'; readonly keys: readonly string[] }
  /** an array of anything else */
  | { readonly kind: 'uneven array' }
  | { readonly kind: 'scalar' }

/** Bytes of an array that are parsed at once. */
const pieceLength = 65_536

/**
 * Reads the keys off a JSON body, and whether it is JSON at all.
 * @param deepest arrays and objects that may stand in one another
 * @throws ApiError PGRST102
 */
export function* readJson(bytes: Uint8Array, deepest: number): Slices<JsonBody> {
  const start = afterBlanks(bytes, 0)
  if (bytes[start] === OPEN_BRACKET) return yield* readArray(bytes, start, deepest)
  checkDepth(bytes, deepest)
  const value = parse(textOf(bytes, 0, bytes.length))
  return isObject(value) ? { kind: 'object', keys: sortedKeys(value) } : { kind: 'scalar' }
}

/** @throws ApiError PGRST102 */
export function checkDepth(bytes: Uint8Array, deepest: number): void {
  if (isDeeper(bytes, deepest)) throw tooDeep(deepest)
}

const QUOTE = 34
const COMMA = 44
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const CLOSE_BRACE = 125
const OPEN_BRACE = 123

/** An array is valid if all of its pieces are, cut at commas of its own. */
function* readArray(bytes: Uint8Array, open: number, deepest: number): Slices<JsonBody> {
  const keys = new CommonKeys()
  let start = open + 1
  let depth = 1
  for (let at = start; at < bytes.length; at += 1) {
    const code = bytes[at]
    if (code === QUOTE) at = endOfString(bytes, at)
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      depth += 1
      if (depth > deepest) throw tooDeep(deepest)
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) {
      depth -= 1
      if (depth > 0) continue
      if (code !== CLOSE_BRACKET || afterBlanks(bytes, at + 1) < bytes.length) throw notJson()
      const isAll = start === open + 1
      const items = parse(`[${textOf(bytes, start, at)}]`) as unknown[]
      if (items.length === 0 && !isAll) throw notJson()
      keys.add(items)
      return keys.body()
    } else if (code === COMMA && depth === 1 && at - start >= pieceLength) {
      keys.add(parse(`[${textOf(bytes, start, at)}]`) as unknown[])
      start = at + 1
      yield
    }
  }
  throw notJson()
}

/** The keys that all items of an array have, as long as they do. */
class CommonKeys {
  private keys: readonly string[] | null = null
  private isUneven = false

  add(items: readonly unknown[]): void {
    for (const item of items) {
      if (this.isUneven) return
      if (!isObject(item)) this.isUneven = true
      else if (this.keys === null) this.keys = sortedKeys(item)
      else this.isUneven = !hasKeys(item, this.keys)
    }
  }

  body(): JsonBody {
    return this.isUneven ? { kind: 'uneven array' } : { kind: 'array', keys: this.keys ?? [] }
  }
}

function afterBlanks(bytes: Uint8Array, start: number): number {
  let at = start
  for (; at < bytes.length; at += 1) {
    const code = bytes[at]
    if (code !== 32 && code !== 9 && code !== 10 && code !== 13) break
  }
  return at
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw notJson()
  }
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8', start, end)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sortedKeys(value: object): readonly string[] {
  return Object.keys(value).sort()
}

function hasKeys(value: object, sorted: readonly string[]): boolean {
  const keys = Object.keys(value)
  return keys.length === sorted.length && sorted.every((key) => Object.hasOwn(value, key))
}

function notJson() {
  return invalidBody('Empty or invalid json')
}

function tooDeep(deepest: number) {
  return invalidBody(`The json is nested deeper than ${deepest} levels`)
}
