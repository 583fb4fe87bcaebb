import { type CallQuery, canBeArgument } from '@rolecast/grammar'
import type { FunctionMeta } from './metadata.js'
import { Builder } from './query/builder.js'
import { readJson, readNothing } from './query/read.js'
import { parseExact } from './query/revive.js'
import { noSelection } from './query/state.js'
import { jsonOf, textOf } from './query/values.js'
import type { Origin } from './relation.js'

type Arguments = Readonly<Record<string, unknown>>

/** The method of `db.rpc` that calls a function. */
export function routine(
  { context, schema, profile }: Origin,
  property: string,
  overloads: readonly FunctionMeta[],
): (args?: unknown) => Builder {
  return (args = {}) => {
    const meta = chooseOverload(overloads, args as Arguments)
    const { returns, kind, name = property } = meta
    const rows = typeof meta.rows === 'string' ? schema.relations[meta.rows] : meta.rows
    const builder = new Builder({
      context,
      schema,
      meta: rows ?? [[]],
      query: {
        kind: 'call',
        routine: name,
        ...requestOf(meta, args),
        columns: null,
        selection: noSelection,
        profile,
        preferences: {},
        accept: [],
      },
      reviver: [],
      read: !returns ? readNothing : returns === 'value' ? ({ text }) => parseExact(text, kind) : readJson,
    })
    return rows ? builder.select() : builder
  }
}

/** Of overloads, the one that has all arguments given and is given all that it needs. */
function chooseOverload(overloads: readonly FunctionMeta[], args: Arguments): FunctionMeta {
  const given = Object.keys(args)
  const fitting = overloads.find(({ arguments: declared }) => {
    if (!declared) return true
    const [names, required] = declared
    return given.every((name) => names.includes(name)) && names.slice(0, required).every((name) => given.includes(name))
  })
  if (!fitting) throw new TypeError(`No overload has the arguments ${given.join(', ')}`)
  return fitting
}

/** In the URL where the function allows it and every argument is a plain value; in the body otherwise. */
function requestOf(
  { get, body, variadic }: FunctionMeta,
  args: unknown,
): Pick<CallQuery, 'method' | 'parameters' | 'body'> {
  if (body) {
    const content =
      typeof args === 'string' || args instanceof Uint8Array ? (body === json ? jsonOf(args) : args) : jsonOf(args)
    return { method: 'POST', parameters: [], body: { type: body, content } }
  }
  const entries = Object.entries(args as Arguments).filter(([, value]) => value !== undefined)
  const parameters = entries.flatMap(([name, value]) =>
    (name === variadic ? (value as unknown[]) : [value]).map((item) => [name, item] as const),
  )
  const plain =
    get &&
    parameters.every(([name, value]) => isPlain(value) && !grammarWord.test(name) && canBeArgument(textOf(value)))
  return plain
    ? { method: 'GET', parameters: parameters.map(([name, value]) => [name, textOf(value)]), body: null }
    : { method: 'POST', parameters: [], body: { type: json, content: jsonOf(args) } }
}

const json = 'application/json'

/** Parameters of the URL that mean something else than an argument. */
const grammarWord = /^(?:select|columns|on_conflict|order|limit|offset|and|or|not)$|\W/

function isPlain(value: unknown): boolean {
  return value !== null && typeof value !== 'object'
}
