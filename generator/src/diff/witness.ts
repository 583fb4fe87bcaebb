import type { Cell, Change } from '@rolecast/audit'
import {
  type FunctionSurface,
  qualifiedName,
  type RelationSurface,
  type Surface,
  splitQualifiedName,
} from '@rolecast/catalog'
import type { ApiAnswer, ApiRequest, Asker } from '../ask/ask.js'

/** A request that was refused before and is answered after. */
export interface Witness {
  /** as one line: `GET /orders?select=total&limit=1` */
  readonly request: string
  /** what was answered on either side; null where it was not executed */
  readonly before: number | null
  readonly after: number | null
}

/**
 * A request that needs this cell, and changes no row: reads ask for one row, writes have no row or match none. Null where
 * there is none: functions may do anything, so only those that read and need no arguments are called.
 */
export function requestFor(cell: Cell, { relations, functions, schemas }: Surface): ApiRequest | null {
  if (cell.verb === 'execute') {
    const called = functions.find(
      (item) => objectOf(item) === cell.object && item.readOnly && item.parameters.length === 0,
    )
    return called === undefined ? null : request('GET', `/rpc/${encodeURIComponent(called.name)}`, called.schema)
  }
  const { schema, name } = splitQualifiedName(cell.object as `${string}.${string}`)
  const relation = relations.find((item) => item.schema === schema && item.name === name)
  if (relation === undefined) return null
  const path = `/${encodeURIComponent(name)}`
  const column = cell.column === undefined ? null : quoted(cell.column)
  switch (cell.verb) {
    case 'select':
      return column === null ? null : request('GET', `${path}?select=${column}&limit=1`, schema)
    case 'insert':
      return column === null ? null : request('POST', `${path}?columns=${column}`, schema, '[]')
    case 'update':
      return column === null ? null : onNoRow('PATCH', relation, JSON.stringify({ [cell.column ?? '']: null }))
    case 'delete':
      return onNoRow('DELETE', relation, null)
  }

  function request(method: string, target: string, schemaName: string, body: string | null = null): ApiRequest {
    const profile = method === 'GET' ? 'Accept-Profile' : 'Content-Profile'
    const headers: [string, string][] = schemaName === schemas[0]?.name ? [] : [[profile, schemaName]]
    if (body !== null) headers.push(['Content-Type', 'application/json'])
    return { method, target, headers, body }
  }

  function onNoRow(method: string, of: RelationSurface, body: string | null): ApiRequest | null {
    const filter = of.filter[0]
    if (filter === undefined) return null
    const name = quoted(filter)
    return request(method, `/${encodeURIComponent(of.name)}?${name}=is.null&${name}=not.is.null`, of.schema, body)
  }
}

const objectOf = (item: FunctionSurface) => `${qualifiedName(item.schema, item.name)}(${item.arguments})`

/** A column in a URL, in the quotes that names with other characters need. */
function quoted(name: string): string {
  return encodeURIComponent(/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`)
}

/** Executes the request on both sides; one that tells them not apart is no witness. */
export async function witness(change: Change, surface: Surface, before: Asker | null, after: Asker | null) {
  const request = requestFor(change, surface)
  if (request === null) return null
  const line = lineOf(request)
  if (before === null || after === null) return { request: line, before: null, after: null } satisfies Witness
  const [was, is] = [await before.ask(request), await after.ask(request)]
  if (cannotBecome(was) || cannotBecome(is)) return { request: line, before: null, after: null } satisfies Witness
  return was.status >= 400 && is.status < 400
    ? ({ request: line, before: was.status, after: is.status } satisfies Witness)
    : null
}

/** The login role may not run requests as this role: nothing was tried. */
function cannotBecome({ code, message }: ApiAnswer): boolean {
  return code === '42501' && /set role/.test(message ?? '')
}

export function lineOf({ method, target, headers, body }: ApiRequest): string {
  const shown = headers.filter(([name]) => name !== 'Content-Type').map(([name, value]) => ` (${name}: ${value})`)
  return `${method} ${target}${shown.join('')}${body === null ? '' : ` ${body}`}`
}
