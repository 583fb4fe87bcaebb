import { startsLikeOperator } from '../operator-name.js'
import type { Condition, Filter, LogicalCondition, OrderTerm, SelectItem } from '../query.js'
import { explain, type Production } from './explain/explain.js'
import { GrammarError, Mismatch } from './grammar-error.js'
import { exceeded, type Limits } from './limits.js'
import { type ConditionCount, parseLogic } from './logic.js'
import { parseLogicPath, parseNames, parseParameterPath } from './names.js'
import { parseFilter } from './operator.js'
import { parseOrder } from './order.js'
import type { Parameter } from './query-string.js'
import { parseSelect } from './select.js'

/** Something said of the relation at the end of a path of embeds (of the request's own where the path is empty). */
export interface Placed<T> {
  readonly embeds: readonly string[]
  readonly value: T
}

/** The parameters of a query string by what they are. */
export interface Parameters {
  /** null: there is no `select` */
  readonly select: SelectItem[] | null
  readonly columns: string[] | null
  readonly onConflict: string[] | null
  readonly where: readonly Placed<Condition>[]
  readonly order: readonly Placed<OrderTerm[]>[]
  readonly limit: readonly Placed<number>[]
  readonly offset: readonly Placed<number>[]
  /** what is not in the form of a filter; only where arguments are allowed */
  readonly arguments: readonly Parameter[]
}

const HERE: readonly string[] = []

/**
 * Reads every parameter.
 * @param allowArguments parameters that are no filters are a function's arguments, and not errors
 * @throws GrammarError
 */
export function parseParameters(parameters: readonly Parameter[], allowArguments: boolean, limits: Limits): Parameters {
  let select: SelectItem[] | null = null
  let columns: string[] | null = null
  let onConflict: string[] | null = null
  const where: Placed<Condition>[] = []
  const order: Placed<OrderTerm[]>[] = []
  const limit: Placed<number>[] = []
  const offset: Placed<number>[] = []
  const args: Parameter[] = []
  const count: ConditionCount = { conditions: 0 }

  for (const parameter of parameters) {
    const [name, value] = parameter
    const word = name.slice(name.lastIndexOf('.') + 1)
    switch (word) {
      case 'and':
      case 'or':
        where.push(readLogic(name, word, value, count, limits))
        continue
      case 'order':
        order.push({ embeds: place(name, limits), value: read('order', value, () => parseOrder(value, limits)) })
        continue
      case 'limit':
      case 'offset': {
        const number = readInteger(word, value)
        const placed = word === 'limit' ? limit : offset
        if (number !== null) placed.push({ embeds: place(name, limits), value: number })
        continue
      }
    }
    if (name === 'select') select ??= read('select', value, () => parseSelect(value, limits))
    else if (name === 'columns') columns ??= read('columns', value, () => parseNames(value))
    else if (name === 'on_conflict') onConflict ??= read('on_conflict', value, () => parseNames(value))
    else {
      if (++count.conditions > limits.conditions) exceeded('conditions', limits)
      const { embeds, field } = read('tree path', name, () => parseParameterPath(name, limits))
      if (allowArguments && !startsLikeOperator(value)) args.push([field.name, value])
      else where.push({ embeds, value: readFilter(field, value) })
    }
  }
  return { select, columns, onConflict, where, order, limit, offset, arguments: args }
}

function readFilter(field: Filter['field'], value: string): Filter {
  return read('filter', value, () => parseFilter(field, value))
}

function place(name: string, limits: Limits): readonly string[] {
  return name.includes('.') ? read('tree path', name, () => parseParameterPath(name, limits)).embeds : HERE
}

/** `embed.not.or`: `not` may stand anywhere before the operator, as in PostgREST. */
function readLogic(
  name: string,
  kind: 'and' | 'or',
  value: string,
  count: ConditionCount,
  limits: Limits,
): Placed<LogicalCondition> {
  const { embeds, negated } =
    name === kind ? { embeds: HERE, negated: false } : read('logic path', name, () => parseLogicPath(name))
  const production: Production = negated ? `not.${kind}` : kind
  return { embeds, value: read(production, value, () => parseLogic(kind, negated, value, count, limits)) }
}

const integer = /^-?\d{1,19}$/

/**
 * What is no number says nothing, as in PostgREST. A number that is no integer, or too large a one, is refused: who
 * sends it wants a limit.
 */
function readInteger(word: 'limit' | 'offset', value: string): number | null {
  const text = value.trim()
  if (integer.test(text)) return Math.max(Math.min(Number(text), Number.MAX_SAFE_INTEGER), Number.MIN_SAFE_INTEGER)
  if (text === '' || Number.isNaN(Number(text))) return null
  throw new GrammarError('PGRST100', `failed to parse ${word} (${shorten(value)})`, `expecting an integer`)
}

function read<T>(production: Production, text: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error
    const { message, details } = explain(production, text)
    throw new GrammarError('PGRST100', message, details)
  }
}

/** What is echoed of a request stays short. */
function shorten(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`
}
