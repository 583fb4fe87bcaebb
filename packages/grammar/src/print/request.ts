import type { Query, Selection } from '../query.js'
import { printCondition } from './condition.js'
import { printName } from './escape.js'
import { printOrder } from './order.js'
import { printPreferences } from './preferences.js'
import { printItems } from './select.js'

type Parameter = readonly [name: string, value: string]

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

const methods = { read: 'GET', insert: 'POST', put: 'PUT', update: 'PATCH', delete: 'DELETE' } as const

/**
 * Writes a query as the request that means it.
 * @throws TypeError for what the URL grammar cannot say: see `printIdentifier` and `canBeArgument`
 */
export function printQuery(query: Query): PrintedRequest {
  const { selection, profile } = query
  const isCall = query.kind === 'call'
  const method = isCall ? query.method : query.kind === 'read' && query.headOnly ? 'HEAD' : methods[query.kind]
  const body = ('body' in query && query.body) || null
  const preferences = printPreferences(query.preferences)
  const parameters = [
    ...('onConflict' in query ? printNames('on_conflict', query.onConflict) : []),
    ...('columns' in query ? printNames('columns', query.columns) : []),
    ...(isCall ? query.parameters.map(printArgument) : []),
    ...(selection.items.length > 0 ? [['select', printItems(selection.items)] as const] : []),
    ...printSelection(selection, ''),
  ]
  return {
    method,
    path: `/${isCall ? 'rpc/' : ''}${encodeURIComponent(isCall ? query.routine : query.relation)}`,
    search: parameters.map((parameter, index) => (index > 0 ? '&' : '?') + parameter.map(encode).join('=')).join(''),
    headers: {
      ...(query.accept.length > 0 && { Accept: query.accept.join(', ') }),
      ...(profile !== null && {
        [method === 'GET' || method === 'HEAD' ? 'Accept-Profile' : 'Content-Profile']: profile,
      }),
      ...(preferences && { Prefer: preferences }),
      ...(body && { 'Content-Type': body.type }),
    },
    body: body?.content ?? null,
  }
}

/**
 * Whether a function's argument can stand in the URL: what may read like a filter (`eq.1`) has to go in the body of a
 * POST.
 */
export function canBeArgument(value: string): boolean {
  return !/^[a-z]+[.(]/.test(value)
}

function printNames(parameter: string, names: readonly string[] | null): Parameter[] {
  return names ? [[parameter, names.map(printName).join()]] : []
}

function printArgument([name, value]: Parameter): Parameter {
  if (canBeArgument(value)) return [printName(name), value]
  throw new TypeError(`The argument ${name} reads like a filter in a URL: use POST`)
}

/** What is said of a relation besides its items; `prefix` leads to it: empty, or `embed.` */
function printSelection({ items, where, order, limit, offset }: Selection, prefix: string): Parameter[] {
  return [
    ...where.map((condition) => printCondition(condition)),
    ...(order.length > 0 ? [['order', printOrder(order)] as const] : []),
    ...(limit === null ? [] : [['limit', `${limit}`] as const]),
    ...(offset === null ? [] : [['offset', `${offset}`] as const]),
  ]
    .map(([name, value]): Parameter => [prefix + name, value])
    .concat(
      items.flatMap((item) =>
        item.kind === 'embed'
          ? printSelection(item.selection, `${prefix}${printName((item.spread ? null : item.alias) ?? item.target)}.`)
          : [],
      ),
    )
}

/** Commas and colons are safe in a query (RFC 3986, section 3.4) and easier to read as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':')
}
