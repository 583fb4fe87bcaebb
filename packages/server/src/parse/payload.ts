import { isUtf8 } from 'node:buffer'
import type { Body } from '@rolecast/grammar'
import { invalidBody } from '../errors/request-errors.js'
import { readCsv } from './csv-body.js'
import { checkDepth, readJson } from './json-body.js'
import { bodyForm, echoedType } from './media-type.js'
import type { Slices } from './slices.js'

export type PayloadForm = 'object' | 'array'

/** A request's body as the statement takes it: as one parameter. */
export type Payload =
  /** JSON text: PostgreSQL reads it, not we */
  | { readonly kind: PayloadForm; readonly columns: readonly string[]; readonly content: string | Uint8Array }
  /**
   * of a call: JSON that names no arguments, for a function that takes the body as it is. An uneven array is no other
   * function's, another value is as good as none
   */
  | { readonly kind: 'value'; readonly columns: readonly []; readonly content: Uint8Array; readonly isUneven: boolean }
  /** arguments of a call, one by one */
  | {
      readonly kind: 'form'
      readonly columns: readonly string[]
      readonly fields: readonly (readonly [string, string])[]
    }
  /** the argument of a call */
  | { readonly kind: 'raw'; readonly columns: readonly string[]; readonly content: string | Uint8Array }

export interface PayloadOptions {
  /** `columns=`: what to take of the body; null: what it has itself */
  readonly columns: readonly string[] | null
  /** arrays and objects that may stand in one another */
  readonly jsonDepth: number
}

/**
 * What a body writes. Only the names of the columns are read off JSON here, and those not even where the request gives
 * them.
 * @throws ApiError PGRST102
 */
export function* readRows({ type, content }: Body, { columns, jsonDepth }: PayloadOptions): Slices<Payload> {
  const bytes = bytesOf(content)
  checkUtf8(bytes)
  switch (bodyForm(type)) {
    case 'json': {
      if (columns !== null) return namedPayload(bytes, columns, jsonDepth)
      const body = yield* readJson(bytes, jsonDepth)
      if (body.kind === 'uneven array') throw uneven()
      if (body.kind === 'scalar') return { kind: 'array', columns: [], content: '[]' }
      return { kind: body.kind, columns: body.keys, content: bytes }
    }
    case 'csv': {
      const { header, json } = yield* readCsv(textOf(bytes))
      return { kind: 'array', columns: columns ?? sorted(header), content: json }
    }
    case 'form': {
      const fields = formFields(bytes)
      const content = JSON.stringify(Object.fromEntries(fields))
      return { kind: 'object', columns: columns ?? namesOf(fields), content }
    }
    default:
      throw notAcceptable(type)
  }
}

/**
 * What a body calls a function with.
 * @throws ApiError PGRST102
 */
export function* readArguments({ type, content }: Body, { columns, jsonDepth }: PayloadOptions): Slices<Payload> {
  const bytes = bytesOf(content)
  const form = bodyForm(type)
  if (form !== 'bytes') checkUtf8(bytes)
  switch (form) {
    case 'json': {
      // Without arguments nobody reads it, and as the one argument of a function nothing is no JSON.
      if (bytes.length === 0) return { kind: 'object', columns: columns ?? [], content: '' }
      if (columns !== null) return namedPayload(bytes, columns, jsonDepth)
      const body = yield* readJson(bytes, jsonDepth)
      if (body.kind === 'object' || body.kind === 'array') {
        return { kind: body.kind, columns: body.keys, content: bytes }
      }
      return { kind: 'value', columns: [], content: bytes, isUneven: body.kind === 'uneven array' }
    }
    case 'csv': {
      const { header, rows, json } = yield* readCsv(textOf(bytes))
      return { kind: 'array', columns: columns ?? (rows === 0 ? [] : sorted(header)), content: json }
    }
    case 'form': {
      const fields = formFields(bytes).filter(([name]) => columns?.includes(name) ?? true)
      return { kind: 'form', columns: namesOf(fields), fields }
    }
    case 'text':
    case 'bytes':
      return { kind: 'raw', columns: [], content: bytes }
    default:
      throw notAcceptable(type)
  }
}

export function uneven() {
  return invalidBody('All object keys must match')
}

/** Whether the text is an object PostgreSQL says. */
function namedPayload(bytes: Uint8Array, columns: readonly string[], jsonDepth: number): Payload {
  checkDepth(bytes, jsonDepth)
  const isObject = /^[ \t\r\n]*\{/.test(textOf(bytes.subarray(0, 1024)))
  return { kind: isObject ? 'object' : 'array', columns, content: bytes }
}

/** What is no UTF-8 would be stored as something else than was sent. */
function checkUtf8(bytes: Uint8Array): void {
  if (!isUtf8(bytes)) throw invalidBody('The body is not UTF-8')
}

function formFields(bytes: Uint8Array): (readonly [string, string])[] {
  return [...new URLSearchParams(textOf(bytes))]
}

function namesOf(fields: readonly (readonly [string, string])[]): readonly string[] {
  return sorted(new Set(fields.map(([name]) => name)))
}

function sorted(names: Iterable<string>): readonly string[] {
  return [...names].sort()
}

function notAcceptable(type: string) {
  return invalidBody(`Content-Type not acceptable: ${echoedType(type)}`)
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()
}
