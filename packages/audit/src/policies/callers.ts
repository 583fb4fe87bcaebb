import type { Security, Term } from '@rolecast/catalog'
import { asksWhoCalls } from '../lints/functions/asks-who-calls.js'
import { bare, conjuncts, disjuncts, ownColumns, termsIn } from './terms.js'

/** A value of a setting that the request sets: the claim that `path` leads to, or all of it. */
export interface Claim {
  readonly setting: string
  readonly path: readonly string[]
}

const readers: ReadonlySet<string> = new Set(['->', '->>', '#>', '#>>'])
const currentSetting = 'pg_catalog.current_setting'

/** The claim that a term is, casts and nullif() around it aside. Helpers count as the one claim that they read. */
export function claimOf(term: Term, security: Security): Claim | undefined {
  const inner = bare(term)
  if (inner.kind === 'call') {
    if (inner.function === currentSetting) {
      const [name] = inner.parts
      return name?.kind === 'constant' && name.value !== null ? { setting: name.value, path: [] } : undefined
    }
    const uses = security.code[inner.function]?.settingsRead ?? []
    const [use] = uses
    return use?.name && uses.length === 1 ? { setting: use.name, path: use.path } : undefined
  }
  if (inner.kind === 'other' && (inner.name === 'nullif' || inner.name === 'coalesce')) {
    return inner.parts[0] && claimOf(inner.parts[0], security)
  }
  if (inner.kind === 'operator' && readers.has(inner.name)) {
    const [from, key] = inner.parts
    const claim = from && claimOf(from, security)
    return claim && key?.kind === 'constant' && key.value !== null
      ? { ...claim, path: [...claim.path, key.value] }
      : claim
  }
  return undefined
}

/** Claims that a term reads, the longest paths. */
export function claimsIn(term: Term | null, security: Security): readonly Claim[] {
  if (term === null) return []
  const claim = claimOf(term, security)
  if (claim !== undefined) return [claim]
  const parts = term.kind === 'query' ? [term.test, term.condition, ...term.parts] : 'parts' in term ? term.parts : []
  return parts.flatMap((part) => claimsIn(part, security))
}

/** Settings that a term reads: itself, and by the functions that it calls. */
export function settingsIn(term: Term | null, security: Security): readonly string[] {
  const names = [...termsIn(term)].flatMap((part) => {
    if (part.kind !== 'call') return []
    if (part.function !== currentSetting) return settingsOf(part.function, security)
    const [name] = part.parts
    return name?.kind === 'constant' && name.value !== null ? [name.value] : []
  })
  return [...new Set(names)]
}

/** Settings that a term reads itself. */
export function settingsReadIn(term: Term | null): readonly string[] {
  return [...termsIn(term)].flatMap((part) => {
    if (part.kind !== 'call' || part.function !== currentSetting) return []
    const [name] = part.parts
    return name?.kind === 'constant' && name.value !== null ? [name.value] : []
  })
}

/** Settings that a function reads, or one that it calls. */
export function settingsOf(signature: string, security: Security, depth = 3): readonly string[] {
  const code = security.code[signature]
  if (code === undefined) return []
  const own = code.settingsRead.flatMap(({ name }) => (name === null ? [] : [name]))
  if (depth === 0) return own
  const callees = Object.keys(security.code).filter((other) => code.calls.some((name) => other.startsWith(`${name}(`)))
  return [...own, ...callees.flatMap((other) => (other === signature ? [] : settingsOf(other, security, depth - 1)))]
}

const identities: ReadonlySet<string> = new Set(['current_user', 'session_user', 'user', 'current_role'])

/** Whether a term itself looks at who calls: a setting, the current user, a function that does. */
export function isCaller(term: Term, security: Security): boolean {
  if (term.kind === 'environment') return identities.has(term.name)
  if (term.kind !== 'call') return false
  return term.function === currentSetting || asksWhoCalls(term.function, security)
}

/** Whether anything within a term looks at who calls. */
export function asksCaller(term: Term | null, security: Security): boolean {
  return [...termsIn(term)].some((part) => isCaller(part, security))
}

/** Columns of the row that must fit the caller wherever a term holds. */
export function boundColumns(term: Term | null, security: Security): readonly string[] {
  if (term === null) return []
  const parts = conjuncts(term)
  if (parts.length > 1) return [...new Set(parts.flatMap((part) => boundColumns(part, security)))]
  const [first = [], ...rest] = disjuncts(term).map((part) => [part])
  if (rest.length > 0) {
    const [own = [], ...others] = [first, ...rest].map(([part]) => boundColumns(part ?? null, security))
    return own.filter((column) => others.every((columns) => columns.includes(column)))
  }
  if (term.kind === 'operator' && (term.name === 'not' || term.name === '<>')) return []
  if (term.kind === 'other') return []
  return asksCaller(term, security) ? ownColumns(term) : []
}

/** `column = value of the caller`, anywhere in a term outside of NOT. */
export function comparisonsWithCaller(
  term: Term | null,
  security: Security,
): readonly { readonly column: string; readonly value: Term }[] {
  return [...termsIn(term)].flatMap((part) => {
    if (part.kind !== 'operator' || part.name !== '=' || part.over === 'all') return []
    const [left, right] = part.parts
    if (left === undefined || right === undefined) return []
    return [
      [left, right],
      [right, left],
    ].flatMap(([column, value]) => {
      const own = column === undefined ? undefined : bare(column)
      if (own?.kind !== 'column' || own.of !== null || own.column === null || value === undefined) return []
      return ownColumns(value).length === 0 && asksCaller(value, security) ? [{ column: own.column, value }] : []
    })
  })
}
