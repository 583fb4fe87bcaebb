import { type CallQuery, canBeArgument } from '@rolecast/grammar'
import type { ColumnKind, FunctionMeta } from './metadata.js'
import type { Builder } from './query/builder.js'
import { readJson, readNothing, readRows } from './query/read.js'
import type { State } from './query/state.js'
import { jsonOf, textOf } from './query/values.js'
import { jsonBody } from './query/write.js'
import { begin, type Origin } from './relation.js'

type Arguments = Readonly<Record<string, unknown>>

/** The method of `db.rpc` that calls a function. */
export function routine(
  origin: Origin,
  property: string,
  overloads: readonly FunctionMeta[],
): (args?: unknown) => Builder {
  return (args = {}) => {
    const meta = chooseOverload(overloads, args as Arguments)
    const { returns, kind, name } = meta
    const rows = typeof meta.rows === 'string' ? origin.schema.relations[meta.rows] : meta.rows
    const call = begin(origin, rows ?? [[]], {
      kind: 'call',
      routine: name ?? property,
      columns: null,
      ...requestOf(meta, args),
    })
    if (rows) return call.select().change({ read: readRows })
    return call.change({ read: !returns ? readNothing : kind && kind !== 'a' ? exactReader(kind) : readJson })
  }
}

/** Numbers become strings, or bigints, with all their digits. */
function exactReader(kind: ColumnKind): State['read'] {
  return ({ text }, { context: { bigints } }) => {
    const value = JSON.parse(
      text.replace(/"[^"]*"|-?\d[\d.eE+-]*/g, (token) => (token[0] === '"' ? token : `"${token}"`)),
    )
    return bigints && /b/i.test(kind) ? bigints.value(value) : value
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

/** In the URL where the function allows it and every argument is a plain value; in the body otherwise. */
function requestOf(
  { get, body, variadic }: FunctionMeta,
  args: unknown,
): Pick<CallQuery, 'method' | 'parameters' | 'body'> {
  const post = { method: 'POST', parameters: [] } as const
  if (body) {
    const isRaw = args instanceof Uint8Array || (typeof args === 'string' && !/json/.test(body))
    return { ...post, body: { type: body, content: isRaw ? args : jsonOf(args) } }
  }
  const parameters = Object.entries(args as Arguments).flatMap(([name, value]) =>
    (name === variadic ? (value as unknown[]) : value === undefined ? [] : [value]).map(
      (item) => [name, item] as const,
    ),
  )
  return get && parameters.every(([name, value]) => !grammarWord.test(name) && isPlain(value))
    ? { method: 'GET', parameters: parameters.map(([name, value]) => [name, textOf(value)]), body: null }
    : { ...post, body: jsonBody(args) }
}

/** Parameters of the URL that mean something else than an argument. */
const grammarWord = /^(?:select|columns|on_conflict|order|limit|offset|and|or|not)$|\W/

function isPlain(value: unknown): boolean {
  return value !== null && typeof value !== 'object' && canBeArgument(textOf(value))
}
