import type { Security } from '../model/security.js'
import type { Term } from '../model/term.js'
import { claimInSetting } from '../postgres/claim-settings.js'
import { claimAt, type RoleFacts } from './claims.js'
import { and, any, not, type Outcomes, only, onlyNull, or } from './outcomes.js'

/** What is known of a value: what it may come to as a condition, or that it is NULL, a text, or a part of the claims. */
type Known =
  | { readonly is: 'unknown' }
  | { readonly is: 'null' }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'claims'; readonly path: readonly string[] }
  | { readonly is: 'condition'; readonly outcomes: Outcomes }

const unknown: Known = { is: 'unknown' }
const nothing: Known = { is: 'null' }

/**
 * What a condition may come to in a request of which facts are known: a superset, so that what is not in it never happens.
 * NULL goes through strict functions and operators, AND, OR and NOT as in PostgreSQL.
 *
 * @param code what functions do: which of them return a claim
 */
export function outcomesOf(condition: Term, facts: RoleFacts, code: Security['code']): Outcomes {
  return asCondition(new Evaluator(facts, code).value(condition))
}

class Evaluator {
  constructor(
    readonly facts: RoleFacts,
    readonly code: Security['code'],
  ) {}

  value(term: Term): Known {
    switch (term.kind) {
      case 'constant':
        return constantOf(term)
      case 'call':
        return this.#call(term)
      case 'operator':
        return this.#operator(term)
      case 'query':
        return this.#query(term)
      case 'other':
        return this.#other(term)
      default:
        return unknown
    }
  }

  #outcomes(term: Term): Outcomes {
    return asCondition(this.value(term))
  }

  #call({ function: name, parts, strict }: Term & { kind: 'call' }): Known {
    if (name === 'pg_catalog.current_setting') {
      const [setting] = parts
      const claim = setting?.kind === 'constant' ? claimInSetting(setting.value ?? '') : null
      return claim === null ? unknown : this.#claim(claim.path, claim.isText)
    }
    const claim = parts.length === 0 && Object.hasOwn(this.code, name) ? this.code[name]?.claim : undefined
    if (claim !== undefined) return this.#claim(claim.path, claim.isText)
    return strict && this.#hasNull(parts) ? nothing : unknown
  }

  #claim(path: readonly string[], isText: boolean): Known {
    if (!isText) return { is: 'claims', path }
    const value = claimAt(this.facts, path)
    if (value === null) return nothing
    return typeof value === 'string' && value !== '' ? { is: 'text', text: value } : unknown
  }

  #operator(term: Term & { kind: 'operator' }): Known {
    const { name, over, parts } = term
    if (name === 'and' || name === 'or') {
      const outcomes = parts.map((part) => this.#outcomes(part))
      return { is: 'condition', outcomes: name === 'and' ? and(outcomes) : or(outcomes) }
    }
    const [left, right] = parts
    if (left === undefined) return unknown
    if (name === 'not') return { is: 'condition', outcomes: not(this.#outcomes(left)) }
    if (right === undefined || !term.strict) return unknown
    if (over !== 'values') return this.#overArray(term, left, right)
    const [a, b] = [this.value(left), this.value(right)]
    if (term.builtIn && a.is === 'claims' && b.is === 'text' && (name === '->' || name === '->>')) {
      return this.#claim([...a.path, b.text], name === '->>')
    }
    if (a.is === 'null' || b.is === 'null') return nothing
    return term.builtIn ? comparison(name, a, b) : unknown
  }

  /** Of an empty array, ANY is false and ALL is true, whatever is compared. */
  #overArray({ name, over, builtIn }: Term & { kind: 'operator' }, left: Term, right: Term): Known {
    const compared = this.value(left)
    if (compared.is === 'null') {
      return { is: 'condition', outcomes: { ...onlyNull, false: over === 'any', true: over === 'all' } }
    }
    if (!builtIn || right.kind !== 'other' || right.name !== 'array') return unknown
    const each = right.parts.map((element) => asCondition(comparison(name, compared, this.value(element))))
    return { is: 'condition', outcomes: over === 'any' ? or(each) : and(each) }
  }

  #query({ form, test, condition, parts, relations, plain }: Term & { kind: 'query' }): Known {
    if (!plain) return unknown
    const rows = condition === null ? any : this.#outcomes(condition)
    const [result] = parts
    switch (form) {
      case 'exists':
        return { is: 'condition', outcomes: { true: rows.true, false: true, null: false } }
      case 'any':
      case 'all': {
        const each = test === null ? any : this.#outcomes(test)
        const found = form === 'any' ? each.true : each.false
        const isAny = form === 'any'
        const outcomes = {
          true: isAny ? found && rows.true : true,
          false: isAny ? true : found && rows.true,
          null: each.null,
        }
        return { is: 'condition', outcomes }
      }
      case 'value': {
        if (result === undefined || parts.length !== 1) return unknown
        if (!rows.true) return nothing
        const value = this.value(result)
        const isOneRow = relations.length === 0 && condition === null
        return isOneRow || value.is === 'null' ? value : unknown
      }
      default:
        return unknown
    }
  }

  #other({ name, parts }: Term & { kind: 'other' }): Known {
    const [first] = parts
    if (first === undefined) return unknown
    if (name === 'is null' || name === 'is not null') {
      const value = this.value(first)
      if (value.is !== 'null' && value.is !== 'text') return unknown
      return { is: 'condition', outcomes: only((value.is === 'null') === (name === 'is null')) }
    }
    if (name === 'cast' || name === 'nullif')
      return this.value(first).is === 'null' ? nothing : castOf(this.value(first))
    if (name === 'coalesce') return this.#coalesce(parts)
    return unknown
  }

  /** The first that is not NULL, if it is known which that is. */
  #coalesce(parts: readonly Term[]): Known {
    for (const part of parts) {
      const value = this.value(part)
      // A part of the claims may be missing, and the next one then stands in for it.
      const claim = value.is === 'claims' && value.path.length > 0 ? claimAt(this.facts, value.path) : 'there'
      if (claim === undefined) return unknown
      if (value.is !== 'null' && claim !== null) return value
    }
    return nothing
  }

  #hasNull(parts: readonly Term[]): boolean {
    return parts.some((part) => this.value(part).is === 'null')
  }
}

function constantOf({ value, type }: Term & { kind: 'constant' }): Known {
  if (value === null) return nothing
  if (type === 'boolean') return { is: 'condition', outcomes: only(value === 'true') }
  return type === 'text' ? { is: 'text', text: value } : unknown
}

/** Only the claims stay what they are, as text or JSON: another type may know other equals. */
const castOf = (value: Known): Known => (value.is === 'claims' ? value : unknown)

function comparison(name: string, a: Known, b: Known): Known {
  if (a.is === 'null' || b.is === 'null') return nothing
  if (a.is !== 'text' || b.is !== 'text' || (name !== '=' && name !== '<>')) return unknown
  return { is: 'condition', outcomes: only((a.text === b.text) === (name === '=')) }
}

function asCondition(value: Known): Outcomes {
  if (value.is === 'null') return onlyNull
  return value.is === 'condition' ? value.outcomes : any
}
