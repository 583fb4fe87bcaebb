import { type Policy, quoteIdentifier, type Relation } from '@rolecast/catalog'
import type { ApiRequest } from '../ask/ask.js'
import type { Mentioned } from './mentioned.js'

/** Types whose values can be compared with a claim. */
const comparable = /^(text|uuid|integer|bigint|smallint|character varying(\(\d+\))?|numeric)$/

/**
 * Conditions that a new policy may have, the most telling first: what the relation's own policies say, a column that
 * equals a claim, and the rows that the request names. Which one lets the request through is tried.
 */
export function conditionsFor(
  relation: Relation,
  claims: Readonly<Record<string, unknown>>,
  mentioned: Mentioned,
  request: ApiRequest,
): readonly string[] {
  const named = rowsNamed(relation, mentioned, request)
  return [...new Set([...ownConditions(relation.policies), ...byClaims(relation, claims), ...named])]
}

function ownConditions(policies: readonly Policy[]): string[] {
  return policies
    .filter(({ permissive }) => permissive)
    .flatMap(({ using, check }) => [using, check])
    .flatMap((expression) => (expression === null || expression.constant !== null ? [] : [expression.text]))
}

function byClaims({ columns }: Relation, claims: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(claims)
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .flatMap(([claim, value]) =>
      columns
        .filter(({ type }) => comparable.test(type.formatted) && couldBe(type.formatted, String(value)))
        .map(
          ({ name, type }) =>
            `${quoteIdentifier(name)} = (current_setting('request.jwt.claims', true)::json ->> ${literal(claim)})::${type.formatted}`,
        ),
    )
    .slice(0, 24)
}

/** Otherwise the cast fails, for every row. */
function couldBe(type: string, value: string): boolean {
  if (type === 'uuid') return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
  return /^(text|character)/.test(type) || /^-?\d{1,9}$/.test(value)
}

/** The rows of the request's own `column=eq.value`, or of the row that it sends. */
function rowsNamed({ columns }: Relation, { equals, method }: Mentioned, { body }: ApiRequest): string[] {
  const pairs = method === 'POST' ? scalarsIn(body) : equals
  const known = pairs.filter(([column]) => columns.some(({ name }) => name === column))
  return known.length === 0
    ? []
    : [known.map(([column, value]) => `${quoteIdentifier(column)} = ${literal(value)}`).join(' AND ')]
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
