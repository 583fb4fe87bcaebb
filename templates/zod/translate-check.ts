import type { CheckExpression } from '@rolecast/catalog'
import { literal } from '../writing/literals.js'
import type { BaseType } from './base-types.js'
import {
  comparisons,
  escapeLike,
  isLossy,
  itemsOf,
  kindOf,
  negated,
  patternOperators,
  type Value,
} from './check-values.js'
import type { Helper } from './helpers.js'
import { type Pattern, translateLike, translatePattern } from './translate-pattern.js'

/** How a condition reads a column, or a domain's value. */
export interface Readable {
  readonly code: string
  readonly type: BaseType
}

/** A condition in TypeScript, and what it calls. `isWhole`: it says all that the CHECK does. */
export interface Translation {
  readonly code: string
  readonly helpers: ReadonlySet<Helper>
  readonly isWhole: boolean
}

/**
 * A CHECK in TypeScript: an expression that is true, false, or null where it is not known whether PostgreSQL would let
 * the row through, which includes all that is not translated. Null: nothing of it is.
 *
 * @param read how to read a column, or VALUE (''); undefined: it is not there
 */
export function translateCheck(
  check: CheckExpression,
  read: (column: string) => Readable | undefined,
): Translation | null {
  const helpers = new Set<Helper>()
  let isWhole = true
  const code = condition(check)
  return code === null ? null : { code, helpers, isWhole }

  function call(helper: Helper, ...parts: string[]): string {
    helpers.add(helper)
    return `${helper}(${parts.join(', ')})`
  }

  function leftToServer(): null {
    isWhole = false
    return null
  }

  function condition(part: CheckExpression): string | null {
    switch (part.kind) {
      case 'and':
      case 'or': {
        const known = part.operands.map(condition).filter((operand) => operand !== null)
        // Of alternatives, one that is not known may be the true one.
        const isUseful = part.kind === 'and' ? known.length > 0 : known.length === part.operands.length
        return isUseful ? call(part.kind, ...known) : null
      }
      case 'not': {
        const operand = condition(part.operand)
        return operand === null || !isWhole ? leftToServer() : call('not', operand)
      }
      case 'is': {
        // Of a condition nobody can tell here whether it is null, or only not known.
        const value = anyValue(part.operand)
        if (part.what === 'unknown' || value === null) return leftToServer()
        const test = part.what === 'null' ? call('isNull', value.code) : call('isIt', value.code, part.what)
        return part.negated ? call('not', test) : test
      }
      case 'operator':
        return compared(part.operator, part.left, part.right)
      case 'quantified':
        return quantified(part)
      case 'column':
      case 'value':
      case 'constant':
      case 'cast': {
        const value = readValue(part)
        return value?.as === 'boolean' ? call('truth', value.code) : leftToServer()
      }
      case 'call': {
        if (part.function !== 'starts_with') return leftToServer()
        const [text, start] = part.arguments.map(readValue)
        if (text?.as !== 'text' || start?.literal === undefined) return leftToServer()
        return matched(text, translateLike(escapeLike(start.literal), false))
      }
      default:
        return leftToServer()
    }
  }

  function compared(operator: string, left: CheckExpression, right: CheckExpression): string | null {
    const [one, other] = [readValue(left), readValue(right)]
    if (one === null || other === null) return leftToServer()
    const isNegated = operator.startsWith('!')
    const pattern = patternOperators[isNegated ? operator.slice(1) : operator]
    if (pattern !== undefined) {
      if ((one.as !== 'text' && one.as !== 'padded') || other.literal === undefined) return leftToServer()
      const translate = pattern.like ? translateLike : translatePattern
      const test = matched(one, translate(other.literal, pattern.ignoresCase))
      return test !== null && isNegated ? call('not', test) : test
    }
    return comparison(operator, one, other)
  }

  function matched({ code: text }: Value, pattern: Pattern | null): string | null {
    if (pattern === null) return leftToServer()
    const regex = `new RegExp(${literal(pattern.source)}, '${pattern.flags}')`
    return call('matches', text, regex, ...(pattern.doubtful === '' ? [] : [literal(pattern.doubtful)]))
  }

  function comparison(operator: string, one: Value, other: Value): string | null {
    if (one.as === null || one.as !== other.as) return textsWithPadding(operator, one, other)
    switch (one.as) {
      case 'number':
        return ordered(operator, call('numbers', one.code, other.code))
      case 'date':
      case 'timestamp':
      case 'timestamptz':
        return ordered(operator, call('moments', one.code, other.code, String(one.as === 'timestamptz')))
      case 'padded':
        return equal(operator, trimEnd(one), trimEnd(other))
      default:
        return equal(operator, one.code, other.code)
    }
  }

  /** A literal of one of both kinds of text. */
  function textsWithPadding(operator: string, one: Value, other: Value): string | null {
    const kinds = [one.as, other.as]
    if (!kinds.includes('padded') || !kinds.includes('text')) return leftToServer()
    return equal(operator, trimEnd(one), other.as === 'padded' ? trimEnd(other) : other.code)
  }

  function trimEnd({ code: text }: Value): string {
    return call('trimmed', text, '/ +$/')
  }

  function ordered(operator: string, order: string): string | null {
    return /^(?:[<>]=?|=|<>)$/.test(operator) ? call('test', order, literal(operator)) : leftToServer()
  }

  /** The order of texts is the collation's, and that of labels their enum's. */
  function equal(operator: string, one: string, other: string): string | null {
    const test = negated[operator] === undefined ? leftToServer() : call('same', one, other)
    return test !== null && operator === '<>' ? call('not', test) : test
  }

  function quantified({ operator, quantifier, left, list }: Extract<CheckExpression, { kind: 'quantified' }>) {
    const items = itemsOf(list)
    if (items === null || items.length === 0) return leftToServer()
    const tests = items.map((item) => compared(operator, left, item)).filter((test) => test !== null)
    return tests.length === items.length ? call(quantifier === 'any' ? 'or' : 'and', ...tests) : leftToServer()
  }

  /** A value of any type: null can be told of each. */
  function anyValue(part: CheckExpression): { readonly code: string } | null {
    if (part.kind === 'cast') return anyValue(part.operand)
    if (part.kind === 'column' || part.kind === 'value') return read(part.kind === 'value' ? '' : part.name) ?? null
    return null
  }

  function readValue(part: CheckExpression): Value | null {
    switch (part.kind) {
      case 'column':
      case 'value': {
        const found = read(part.kind === 'value' ? '' : part.name)
        return found === undefined ? null : columnValue(found)
      }
      case 'constant':
        return constantValue(part)
      case 'cast':
        return castValue(part.type, readValue(part.operand))
      case 'call':
        return callValue(part.function, part.arguments)
      default:
        return null
    }
  }

  function columnValue({ code: value, type }: Readable): Value {
    if (type.isArray) return { code: value, as: null, form: 'array' }
    const as = comparisons[type.name] ?? null
    if (type.name === 'jsonb' || type.name === 'json') return { code: value, as: null, form: 'json' }
    const [first, second = 0] = type.modifiers
    if (first !== undefined && type.name === 'numeric') return { code: call('rounded', value, String(second)), as }
    if (as === 'padded') return { code: call('padded', value, String(first ?? 1)), as }
    return { code: value, as, isInteger: /^int[248]$/.test(type.name) }
  }

  function constantValue({ value, type }: Extract<CheckExpression, { kind: 'constant' }>): Value | null {
    if (value === null) return { code: 'null', as: type === null ? null : (kindOf(type) ?? null) }
    const as = type === null ? null : kindOf(type)
    if (as === undefined) return null
    const code = as === 'boolean' ? String(value === 'true' || value === 't') : literal(value)
    return { code, as, literal: value, isInteger: /^-?\d+$/.test(value) }
  }

  function castValue(type: string, value: Value | null): Value | null {
    const to = kindOf(type)
    if (value === null || to === undefined || type.endsWith(']')) return null
    if (to === value.as) return isLossy(type, value) ? null : value
    if (to === 'text' && value.as === 'padded') return { code: trimEnd(value), as: 'text' }
    if (to === 'text' && value.as === 'label') return { ...value, as: 'text' }
    if (to === 'padded' && value.as === 'text') return { ...value, as: 'padded' }
    return null
  }

  function callValue(name: string, parts: readonly CheckExpression[]): Value | null {
    const values = parts.map((part) => readValue(part))
    const [first, second] = values
    if (first === undefined || first === null) return name.startsWith('num_') ? counted(name, parts) : null
    const isText = first.as === 'text' || first.as === 'padded'
    const lengths = ['length', 'char_length', 'character_length']
    if (lengths.includes(name) && isText && parts.length === 1) {
      return { code: call('chars', first.as === 'padded' ? trimEnd(first) : first.code), as: 'number', isInteger: true }
    }
    const ends = { btrim: '/^ +| +$/g', ltrim: '/^ +/', rtrim: '/ +$/' }[name]
    if (ends !== undefined && first.as === 'text' && parts.length === 1) {
      return { code: call('trimmed', first.code, ends), as: 'text' }
    }
    switch (name) {
      case 'octet_length':
        return first.as === 'text' ? { code: call('bytes', first.code), as: 'number', isInteger: true } : null
      case 'strpos':
        return first.as === 'text' && second?.as === 'text'
          ? { code: call('indexIn', first.code, second.code), as: 'number', isInteger: true }
          : null
      case 'coalesce':
        return second && parts.length === 2 && first.as !== null && first.as === second.as
          ? { code: call('orElse', first.code, second.code), as: first.as }
          : null
      case 'jsonb_typeof':
      case 'json_typeof':
        return first.form === 'json' ? { code: call('jsonType', first.code), as: 'text' } : null
      case 'cardinality':
        return first.form === 'array' ? { code: call('items', first.code), as: 'number', isInteger: true } : null
      case 'array_length':
        return first.form === 'array' && second?.literal === '1'
          ? { code: call('rows', first.code), as: 'number', isInteger: true }
          : null
      default:
        return name.startsWith('num_') ? counted(name, parts) : null
    }
  }

  /** `num_nonnulls(a, b)` */
  function counted(name: string, parts: readonly CheckExpression[]): Value | null {
    if (name !== 'num_nonnulls' && name !== 'num_nulls') return null
    const values = parts.map(anyValue).filter((value) => value !== null)
    if (values.length !== parts.length) return null
    return {
      code: call('count', String(name === 'num_nulls'), ...values.map(({ code: value }) => value)),
      as: 'number',
      isInteger: true,
    }
  }
}
