import { isUtf8 } from 'node:buffer'
import type { Body, CallQuery, Query } from '@rolecast/grammar'
import { defaultJsonDepth } from '../config/default-json-depth.js'
import { ApiError } from '../errors/api-error.js'
import { parseCsv } from './csv.js'
import { isDeeper } from './json-depth.js'
import { csv, json, toldType } from './media-type.js'

export type PayloadForm = 'object' | 'array'

/** A request's body as the statement takes it: as one parameter. */
export type Payload =
  /** JSON text: PostgreSQL reads it, not we */
  | { readonly kind: PayloadForm; readonly columns: readonly string[]; readonly content: string | Uint8Array }
  /** arguments of a call, one by one */
  | {
      readonly kind: 'form'
      readonly columns: readonly string[]
      readonly fields: readonly (readonly [string, string])[]
    }
  /** the argument of a call */
  | { readonly kind: 'raw'; readonly columns: readonly string[]; readonly content: string | Uint8Array }

export const form = 'application/x-www-form-urlencoded'
const rawTypes: readonly string[] = ['text/plain', 'text/xml', 'application/octet-stream']

/**
 * What a query writes or calls with; null where it has no body. Only the names of the columns are read off the body
 * here, and those not even where the request gives them.
 *
 * @param deepestJson arrays and objects that may stand in one another
 * @throws ApiError PGRST102
 */
export function payloadOf(query: Query, deepestJson = defaultJsonDepth): Payload | null {
  if (query.kind === 'read' || query.kind === 'delete') return null
  if (query.kind === 'call') return query.method === 'POST' ? callPayload(query, deepestJson) : null
  return bodyPayload(query.body, query.columns, false, deepestJson)
}

function callPayload({ body, columns }: CallQuery, deepestJson: number): Payload {
  if (body === null || isEmpty(body)) {
    const type = body?.type ?? json
    if (rawTypes.includes(type)) return { kind: 'raw', columns: [], content: '' }
    // Without arguments nobody reads it, and as the one argument of a function nothing is no JSON.
    if (type === json || type === form) return { kind: 'object', columns: columns ?? [], content: '' }
  }
  return bodyPayload(body ?? { type: json, content: '{}' }, columns, true, deepestJson)
}

function bodyPayload(
  { type, content }: Body,
  columns: readonly string[] | null,
  isCall: boolean,
  deepestJson: number,
): Payload {
  // What is no UTF-8 would be stored as something else than was sent.
  if (type !== 'application/octet-stream' && typeof content !== 'string' && !isUtf8(content)) {
    throw invalidBody('The body is not UTF-8')
  }
  if (type === json) return jsonPayload(content, columns, deepestJson)
  if (type === csv) return csvPayload(textOf(content))
  if (type === form) return formPayload(textOf(content), isCall)
  if (isCall && rawTypes.includes(type)) return { kind: 'raw', columns: [], content }
  throw invalidBody(`Content-Type not acceptable: ${toldType(type)}`)
}

function jsonPayload(content: string | Uint8Array, columns: readonly string[] | null, deepestJson: number): Payload {
  if (isDeeper(typeof content === 'string' ? Buffer.from(content) : content, deepestJson)) {
    throw invalidBody(`The json is nested deeper than ${deepestJson} levels`)
  }
  if (columns !== null) return { kind: formOf(content), columns, content }
  const value = readJson(textOf(content))
  if (!Array.isArray(value)) {
    if (!isObject(value)) return { kind: 'array', columns: [], content: '[]' }
    return { kind: 'object', columns: sortedKeys(value), content }
  }
  const [first] = value
  if (first === undefined) return { kind: 'array', columns: [], content }
  if (!isObject(first)) throw invalidBody('All object keys must match')
  const keys = sortedKeys(first)
  const isUniform = value.every((item) => isObject(item) && sameKeys(item, keys))
  if (!isUniform) throw invalidBody('All object keys must match')
  return { kind: 'array', columns: keys, content }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalidBody('Empty or invalid json')
  }
}

function sortedKeys(value: object): string[] {
  return Object.keys(value).sort()
}

function sameKeys(value: object, sorted: readonly string[]): boolean {
  const keys = Object.keys(value)
  return keys.length === sorted.length && sorted.every((key) => Object.hasOwn(value, key))
}

/** Whether the text is meant as an object: PostgreSQL says whether it is one. */
function formOf(content: string | Uint8Array): PayloadForm {
  return /^[ \t\r\n]*\{/.test(typeof content === 'string' ? content : textOf(content.subarray(0, 1024)))
    ? 'object'
    : 'array'
}

/** The header says which columns there are; `columns` is for JSON. */
function csvPayload(text: string): Payload {
  const records = parseCsv(text)
  const [header, ...rows] = records ?? []
  if (header === undefined) throw invalidBody('not enough input')
  if (rows.some(({ length }) => length !== header.length)) {
    throw invalidBody('All lines must have same number of fields')
  }
  const objects = rows.map((row) =>
    Object.fromEntries(header.map((name, index) => [name, row[index] === 'NULL' ? null : row[index]])),
  )
  return {
    kind: 'array',
    columns: rows.length > 0 ? [...new Set(header)].sort() : [],
    content: JSON.stringify(objects),
  }
}

function formPayload(text: string, isCall: boolean): Payload {
  const fields = [...new URLSearchParams(text)]
  const names = [...new Set(fields.map(([name]) => name))].sort()
  if (isCall) return { kind: 'form', columns: names, fields }
  return { kind: 'object', columns: names, content: JSON.stringify(Object.fromEntries(fields)) }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isEmpty({ content }: Body): boolean {
  return content.length === 0
}

function textOf(content: string | Uint8Array): string {
  return typeof content === 'string'
    ? content
    : Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString()
}

function invalidBody(message: string): ApiError {
  return new ApiError(400, 'PGRST102', message)
}
