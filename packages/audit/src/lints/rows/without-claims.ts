import type { Security, Term } from '@rolecast/catalog'
import { isCaller } from '../../policies/callers.js'
import { bare } from '../../policies/terms.js'

/** Three-valued logic; undefined: it depends on the row or on tables. */
export type Truth = true | false | null | undefined

/** What a condition comes to for a caller without any claim, as far as that needs no row. */
export function truthWithoutClaims(term: Term, security: Security): Truth {
  const inner = bare(term)
  if (inner.kind === 'constant') return inner.value === null ? null : inner.value === 'true'
  if (inner.kind === 'operator') {
    const parts = () => inner.parts.map((part) => truthWithoutClaims(part, security))
    if (inner.name === 'and') return joined(parts(), false)
    if (inner.name === 'or') return joined(parts(), true)
    if (inner.name === 'not') {
      const [value] = parts()
      return typeof value === 'boolean' ? !value : value
    }
    const values = inner.parts.map((part) => valueWithoutClaims(part, security))
    if (inner.name === 'is distinct from') {
      const [a, b] = values
      return a === undefined || b === undefined ? undefined : a !== b
    }
    if (values.includes(null)) return null
    const [a, b] = values
    if (inner.over !== 'values' || a === undefined || b === undefined) return undefined
    return inner.name === '=' ? a === b : inner.name === '<>' ? a !== b : undefined
  }
  if (inner.kind === 'other' && (inner.name === 'is null' || inner.name === 'is not null')) {
    const [part] = inner.parts
    const value = part === undefined ? undefined : valueWithoutClaims(part, security)
    return value === undefined ? undefined : (value === null) === (inner.name === 'is null')
  }
  const value = valueWithoutClaims(inner, security)
  return typeof value === 'string' ? value === 'true' : value
}

function joined(values: readonly Truth[], decisive: boolean): Truth {
  if (values.includes(decisive)) return decisive
  if (values.includes(undefined)) return undefined
  return values.includes(null) ? null : !decisive
}

/** A value's text, NULL, or undefined where a row or table decides. */
function valueWithoutClaims(term: Term, security: Security): string | null | undefined {
  const inner = bare(term)
  if (inner.kind === 'constant') return inner.value
  if (inner.kind === 'other' && inner.name === 'coalesce') {
    for (const part of inner.parts) {
      const value = valueWithoutClaims(part, security)
      if (value !== null) return value
    }
    return null
  }
  if (inner.kind === 'other' && inner.name === 'nullif')
    return inner.parts[0] && valueWithoutClaims(inner.parts[0], security)
  if (inner.kind === 'call') {
    if (inner.function === 'pg_catalog.current_setting') return null
    const code = security.code[inner.function]
    // a helper that only takes a claim out of its setting
    if (code !== undefined && isCaller(inner, security)) {
      return code.settingsRead.length === 1 && code.relations.length === 0 && !code.raises ? null : undefined
    }
    return inner.parts.length > 0 && inner.parts.every((part) => valueWithoutClaims(part, security) === null)
      ? null
      : undefined
  }
  if (inner.kind === 'operator' && ['->', '->>', '#>', '#>>'].includes(inner.name)) {
    const [from] = inner.parts
    return from !== undefined && valueWithoutClaims(from, security) === null ? null : undefined
  }
  return undefined
}
