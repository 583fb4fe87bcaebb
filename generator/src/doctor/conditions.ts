import { userClaims } from '@rolecast/audit'
import { type Policy, quoteIdentifier, type Relation } from '@rolecast/catalog'
import type { ApiRequest } from '../ask/ask.js'
import type { Mentioned } from './mentioned.js'

/** Types whose values can be compared with a claim. */
const comparable = /^(text|uuid|integer|bigint|smallint|character varying(\(\d+\))?|numeric)$/

/**
 * Conditions that a new policy may have, the most telling first: what the relation's own policies say, a column that
 * equals a claim or the role, and the rows that the request names. Which one lets the request through is tried.
 */
export function conditionsFor(
  relation: Relation,
  claims: Readonly<Record<string, unknown>>,
  mentioned: Mentioned,
  request: ApiRequest,
): readonly string[] {
  const named = rowsNamed(relation, mentioned, request)
  const own = ownConditions(relation.policies)
  return [...new Set([...own, ...byClaims(relation, claims), ...byRole(relation), ...(named === null ? [] : [named])])]
}

function ownConditions(policies: readonly Policy[]): string[] {
  return policies
    .filter(({ permissive }) => permissive)
    .flatMap(({ using, check }) => [using, check])
    .flatMap((expression) => (expression === null || expression.constant !== null ? [] : [expression.text]))
}

function byClaims({ columns }: Relation, claims: Readonly<Record<string, unknown>>): string[] {
  return telling(claims)
    .flatMap(([path, value]) =>
      columns
        .filter(({ type }) => comparable.test(type.formatted) && couldBe(type.formatted, value))
        .map(({ name, type }) => `${quoteIdentifier(name)} = (${claimAt(path)})::${type.formatted}`),
    )
    .slice(0, 24)
}

/** About the token, not about whom it is for. */
const technical: ReadonlySet<string> = new Set(['aud', 'exp', 'iat', 'iss', 'jti', 'nbf'])

/** Values that tell who asks, with where they stand. What users write themselves proves nothing. */
function telling(claims: Readonly<Record<string, unknown>>): (readonly [path: readonly string[], value: string])[] {
  return Object.entries(claims).flatMap(([claim, value]): [string[], string][] => {
    if (technical.has(claim) || userClaims.has(claim)) return []
    if (typeof value === 'string' || typeof value === 'number') return [[[claim], String(value)]]
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
    return Object.entries(value).flatMap(([name, item]): [string[], string][] =>
      typeof item === 'string' || typeof item === 'number' ? [[[claim, name], String(item)]] : [],
    )
  })
}

function claimAt(path: readonly string[]): string {
  const steps = path.map((name, i) => ` ${i === path.length - 1 ? '->>' : '->'} ${literal(name)}`)
  return `current_setting('request.jwt.claims', true)::json${steps.join('')}`
}

/** A column that names the role itself. */
function byRole({ columns }: Relation): string[] {
  return columns
    .filter(({ type }) => /^(name|text)$/.test(type.formatted))
    .map(({ name }) => `${quoteIdentifier(name)} = current_user`)
    .slice(0, 12)
}

/** Otherwise the cast fails, for every row. */
function couldBe(type: string, value: string): boolean {
  if (type === 'uuid') return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
  return /^(text|character)/.test(type) || /^-?\d{1,9}$/.test(value)
}

/** The rows of the request's own `column=eq.value`, or of the row that it sends; null where it names none. */
export function rowsNamed({ columns }: Relation, { equals, method }: Mentioned, { body }: ApiRequest): string | null {
  const pairs = method === 'POST' ? scalarsIn(body) : equals
  const known = pairs.filter(([column]) => columns.some(({ name }) => name === column))
  if (known.length === 0) return null
  return known.map(([column, value]) => `${quoteIdentifier(column)} = ${literal(value)}`).join(' AND ')
}

function scalarsIn(body: string | null): [string, string][] {
  try {
    const value: unknown = JSON.parse(body ?? 'null')
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
    return Object.entries(value).flatMap(([name, item]): [string, string][] =>
      typeof item === 'string' || typeof item === 'number' ? [[name, String(item)]] : [],
    )
  } catch {
    return [] // CSV, a form
  }
}

export function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`
  return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted
}
