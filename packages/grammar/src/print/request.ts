import { startsLikeOperator } from '../operator-name.js'
import type { CallQuery, Query, Selection } from '../query.js'
import { printCondition } from './condition.js'
import { printName } from './escape.js'
import { printOrder } from './order.js'
import { printPreferences } from './preferences.js'
import { printItems } from './select.js'

/** A call as HTTP has it. */
export interface PrintedRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** below the API's base URL, percent-encoded, with a leading slash */
  readonly path: string
  /** percent-encoded, with `?` in front; or empty */
  readonly search: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
}

const methods = { insert: 'POST', put: 'PUT', update: 'PATCH', delete: 'DELETE' } as const

/**
 * Writes a query as the request that means it.
 * @throws TypeError for what the URL grammar cannot say: see `printIdentifier` and `canBeArgument`
 */
export function printQuery(query: Query): PrintedRequest {
  const method = methodOf(query)
  const parameters: [string, string][] = []
  if ('onConflict' in query && query.onConflict !== null) {
    parameters.push(['on_conflict', query.onConflict.map(printName).join(',')])
  }
  if ('columns' in query && query.columns !== null) parameters.push(['columns', query.columns.map(printName).join(',')])
  if (query.kind === 'call') parameters.push(...printArguments(query))
  if (query.selection.items.length > 0) parameters.push(['select', printItems(query.selection.items)])
  addSelection(parameters, query.selection, '')
  return {
    method,
    path:
      query.kind === 'call' ? `/rpc/${encodeURIComponent(query.routine)}` : `/${encodeURIComponent(query.relation)}`,
    search: printSearch(parameters),
    headers: printHeaders(query, method),
    body: 'body' in query && query.body !== null ? query.body.content : null,
  }
}

/**
 * Whether a function's argument can stand in the URL: one that reads like a filter (`eq.1`) cannot, and has to go in
 * the body of a POST.
 */
export function canBeArgument(value: string): boolean {
  return !startsLikeOperator(value)
}

function methodOf(query: Query): PrintedRequest['method'] {
  if (query.kind === 'call') return query.method
  if (query.kind === 'read') return query.headOnly ? 'HEAD' : 'GET'
  return methods[query.kind]
}

function printArguments(query: CallQuery): [string, string][] {
  return query.parameters.map(([name, value]) => {
    if (canBeArgument(value)) return [printName(name), value]
    throw new TypeError(`The argument ${name} reads like a filter in a URL; call ${query.routine} by POST instead.`)
  })
}

function addSelection(parameters: [string, string][], selection: Selection, prefix: string): void {
  for (const condition of selection.where) {
    const [name, value] = printCondition(condition, prefix)
    parameters.push([name, value])
  }
  if (selection.order.length > 0) parameters.push([`${prefix}order`, printOrder(selection.order)])
  if (selection.limit !== null) parameters.push([`${prefix}limit`, String(selection.limit)])
  if (selection.offset !== null) parameters.push([`${prefix}offset`, String(selection.offset)])
  for (const item of selection.items) {
    if (item.kind !== 'embed') continue
    const name = (item.spread ? null : item.alias) ?? item.target
    addSelection(parameters, item.selection, `${prefix}${printName(name)}.`)
  }
}

function printSearch(parameters: readonly (readonly [string, string])[]): string {
  if (parameters.length === 0) return ''
  return `?${parameters.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')}`
}

/** Commas and colons are safe in a query (RFC 3986, section 3.4) and easier to read as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':')
}

function printHeaders(query: Query, method: PrintedRequest['method']): Record<string, string> {
  const headers: Record<string, string> = {}
  if (query.accept.length > 0) headers.Accept = query.accept.join(', ')
  const reads = method === 'GET' || method === 'HEAD'
  if (query.profile !== null) headers[reads ? 'Accept-Profile' : 'Content-Profile'] = query.profile
  const preferences = printPreferences(query.preferences)
  if (preferences !== '') headers.Prefer = preferences
  if ('body' in query && query.body !== null) headers['Content-Type'] = query.body.type
  return headers
}
