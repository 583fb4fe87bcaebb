import { canBeArgument, type PrintedRequest, printName } from '@rolecast/grammar'
import { isPlainObject } from './checks.js'
import { urlLimit } from './http/send.js'
import { mapNames } from './map-names.js'
import type { ColumnKind, FunctionMeta } from './metadata.js'
import { bodyOf, jsonBody } from './query/body.js'
import { Builder } from './query/builder.js'
import { OnceBuilder } from './query/once.js'
import { readJson, readNothing, readRows } from './query/read.js'
import { requestOf as printRequest } from './query/request.js'
import type { Parameter } from './query/selection.js'
import type { State } from './query/state.js'
import { jsonOf, textOf } from './query/values.js'
import { type Origin, startOf } from './relation.js'

type Arguments = Readonly<Record<string, unknown>>

/** `db.rpc`: a method for each function. */
export function rpc(origin: Origin): Readonly<Record<string, (args?: unknown) => Builder>> {
  return mapNames(origin.schema.functions, (meta, property) => methodOf(origin, property, [meta].flat()))
}

function methodOf(origin: Origin, property: string, overloads: readonly FunctionMeta[]): (args?: unknown) => Builder {
  const names = Object.assign({}, ...overloads.map((overload) => overload.names)) as Readonly<Record<string, string>>
  return (given = {}) => {
    const args = isPlainObject(given) ? mapNamed(given, names) : given
    const meta = chooseOverload(overloads, args as Arguments)
    const { returns, kind, name = property } = meta
    const rows = typeof meta.rows === 'string' ? origin.schema.relations[meta.rows] : meta.rows
    const start = startOf(origin, rows ?? [[]], `/rpc/${encodeURIComponent(name)}`)
    const call = new (meta.get ? ReadingCall : OnceBuilder)({ ...start, ...requestOf(meta, args) })
    if (rows) return call.select().change({ read: returns === 'row' ? rowReader(meta.sure) : readRows })
    return call.change({ read: !returns ? readNothing : kind ? valueReader(kind) : readJson })
  }
}

/** By GET; by POST where the URL would be too long, or where the app wants no arguments in URLs. */
class ReadingCall extends Builder {
  override toRequest(): PrintedRequest {
    const { post, context, where, headers, method } = this.state
    const request = super.toRequest()
    const { length } = this.state.context.url + request.path + request.search
    if (!post || (length <= urlLimit(context) && !context.options.post)) return request
    return printRequest({
      ...this.state,
      ...(method === 'HEAD' && { limit: 0 }),
      method: 'POST',
      where: where.filter((parameter) => !post.parameters.includes(parameter)),
      headers: { ...headers, ...post.content.headers },
      body: post.content.body ?? null,
    })
  }
}

/** No row comes as nulls in all columns: seen by those that no row has null in. @throws TypeError for what is neither */
function rowReader(sure: readonly string[] = []): State['read'] {
  return (text, { context, items }) => {
    const row = JSON.parse(text)
    if (typeof row !== 'object' || Array.isArray(row)) throw new TypeError('The answer is no row')
    if (!row || [...items].some(([name, { own = '' }]) => row[name] === null && sure.includes(own))) return null
    return context.features.made?.rows(row, items) ?? row
  }
}

/** Arguments by the database's names. */
function mapNamed(args: Arguments, names: Readonly<Record<string, string>>): Arguments {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [Object.hasOwn(names, name) ? names[name] : name, value]),
  )
}

/** A value, or a set: exact numbers become strings, or bigints, with all their digits. */
function valueReader(kind: ColumnKind): State['read'] {
  return (text, { context }) => {
    const exact = text.replace(/"[^"]*"|-?\d[\d.eE+-]*/g, (token) => (token[0] === '"' ? token : `"${token}"`))
    const value = JSON.parse(/[tb]/i.test(kind) ? exact : text)
    return context.features.made?.value(value, kind) ?? value
  }
}

/** Of overloads, the one that has all arguments given and is given all that it needs. */
function chooseOverload(overloads: readonly FunctionMeta[], args: Arguments): FunctionMeta {
  const given = Object.keys(args)
  const fitting = overloads.find(
    ({ arguments: [names, required] = [given, 0] }) =>
      given.every((name) => names.includes(name)) && names.slice(0, required).every((name) => given.includes(name)),
  )
  if (!fitting) throw new TypeError(`No overload has the arguments ${given}`)
  return fitting
}

/**
 * In the URL where the function allows it and every argument is a plain value; in the body otherwise: no URL has an empty
 * list.
 */
function requestOf({ get, body, variadic }: FunctionMeta, args: unknown): Partial<State> {
  if (body) {
    const isRaw = args instanceof Uint8Array || (typeof args === 'string' && !/json/.test(body))
    return { method: 'POST', ...bodyOf(body, isRaw ? args : jsonOf(args)) }
  }
  const given = Object.entries(args as Arguments).filter(([, value]) => value !== undefined)
  const parameters = given.flatMap(([name, value]) => {
    const items = name === variadic && Array.isArray(value) && value.length > 0 ? value : [value]
    return items.map((item: unknown) => [name, item] as const)
  })
  const content = jsonBody(args)
  if (!get || !parameters.every(([name, value]) => !grammarWord.test(name) && isPlain(value))) {
    return { method: 'POST', ...content }
  }
  const where = parameters.map(([name, value]): Parameter => [printName(name), textOf(value)])
  return { method: 'GET', where, post: { parameters: where, content } }
}

/** Parameters of the URL that mean something else than an argument. */
const grammarWord = /^(?:select|columns|on_conflict|order|limit|offset|and|or|not)$|\W/

function isPlain(value: unknown): boolean {
  return value !== null && typeof value !== 'object' && canBeArgument(textOf(value))
}
