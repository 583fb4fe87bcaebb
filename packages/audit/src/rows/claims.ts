import type { Catalog, QualifiedName, Routine, Security, Term } from '@rolecast/catalog'
import { indexCatalog, qualifiedName } from '@rolecast/catalog'
import { claimOf, claimsIn } from '../policies/callers.js'
import { bare, termsIn } from '../policies/terms.js'

/** A column, of whichever relation. */
export interface ColumnRef {
  readonly relation: QualifiedName
  readonly column: string
}

/** What policies, views and functions take from the claims of a request. */
export interface MinedClaims {
  /** each path that something reads, with the type that its value must have (as `format_type` prints it) */
  readonly paths: readonly { readonly path: readonly string[]; readonly type: string }[]
  /** columns that are compared with a claim for equality */
  readonly bound: readonly (ColumnRef & { readonly path: readonly string[] })[]
  /** values that a claim is compared with */
  readonly constants: readonly { readonly path: readonly string[]; readonly value: string }[]
}

const settingOfClaims = 'request.jwt.claims'
/** The server says who the role is: no token can say otherwise. */
const ownedByServer: ReadonlySet<string> = new Set(['role', 'exp', 'nbf', 'iat', 'aud'])

/** Every term of every policy, with the relation that it stands on. */
export function* policyTerms({ conditions }: Security): Generator<{ relation: QualifiedName; term: Term }> {
  for (const [relation, policies] of Object.entries(conditions)) {
    for (const { using, check } of Object.values(policies)) {
      for (const term of [using, check]) if (term !== null) yield { relation, term }
    }
  }
}

export function mineClaims(catalog: Catalog, security: Security): MinedClaims {
  const { relations, routines } = indexCatalog(catalog)
  const types = new Map<string, string>()
  const bound: (ColumnRef & { readonly path: readonly string[] })[] = []
  const constants: { readonly path: readonly string[]; readonly value: string }[] = []
  const note = (path: readonly string[], type: string | undefined) => {
    const [first] = path
    if (first === undefined || ownedByServer.has(first)) return
    const key = JSON.stringify(path)
    if (type !== undefined || !types.has(key)) types.set(key, type ?? types.get(key) ?? '')
  }
  const typeOf = ({ relation, column }: ColumnRef) =>
    relations.get(relation)?.columns.find(({ name }) => name === column)?.type.formatted

  for (const { relation, term } of policyTerms(security)) {
    for (const { setting, path } of claimsIn(term, security)) if (setting === settingOfClaims) note(path, undefined)
    for (const part of termsIn(term)) {
      for (const [left, right] of comparedPairs(part)) {
        const claim = claimOf(right, security)
        if (claim?.setting !== settingOfClaims || claim.path.length === 0) continue
        const other = bare(left)
        if (other.kind === 'constant' && other.value !== null) {
          for (const value of itemsOf(other.value)) constants.push({ path: claim.path, value })
          note(claim.path, undefined)
        }
        if (other.kind !== 'column' || other.column === null) continue
        const ref = { relation: other.of ?? relation, column: other.column }
        bound.push({ ...ref, path: claim.path })
        note(claim.path, typeOf(ref))
      }
    }
  }
  for (const [signature, code] of Object.entries(security.code)) {
    const routine = routines.get(signature)
    for (const { name, path } of code.settingsRead) {
      if (name === settingOfClaims) note(path, code.settingsRead.length === 1 ? scalarOf(routine) : undefined)
    }
  }
  bound.push(...boundByViews(catalog, security))
  return {
    paths: [...types]
      .map(([key, type]) => ({ path: JSON.parse(key) as string[], type: type === '' ? 'text' : type }))
      .sort((a, b) => (JSON.stringify(a.path) < JSON.stringify(b.path) ? -1 : 1)),
    bound: bound.filter(({ path }) => types.has(JSON.stringify(path))),
    constants: constants.filter(({ path }) => types.has(JSON.stringify(path))),
  }
}

/** `a = b` and `a = ANY (b)`, both ways around. */
export function comparedPairs(part: Term): readonly (readonly [Term, Term])[] {
  const parts =
    part.kind === 'operator' && part.name === '=' && part.over !== 'all'
      ? part.parts
      : part.kind === 'query' && part.form === 'any' && part.test !== null
        ? 'parts' in part.test
          ? part.test.parts
          : []
        : []
  const [left, right] = parts
  return left === undefined || right === undefined
    ? []
    : [
        [left, right],
        [right, left],
      ]
}

/** The items of an array literal without quotes or nesting; of any other text, itself. */
export function itemsOf(value: string): readonly string[] {
  if (!/^\{[^{}"\\]*\}$/.test(value)) return [value]
  return value
    .slice(1, -1)
    .split(',')
    .filter((item) => item !== '')
}

function scalarOf(routine: Routine | undefined): string | undefined {
  const type = routine?.returns.type
  return type === undefined || type.array || /^(jsonb?|boolean|void|trigger|record)$/.test(type.formatted)
    ? undefined
    : type.formatted
}

/** `l.reader_id = private.reader_id()` in a view's text: its conditions are not taken apart. */
function boundByViews(catalog: Catalog, security: Security) {
  const { relations } = indexCatalog(catalog)
  const helpers = Object.entries(security.code).flatMap(([signature, { settingsRead }]) => {
    const [use, ...more] = settingsRead
    return use?.name === settingOfClaims && more.length === 0 && signature.endsWith('()') && use.path.length > 0
      ? [{ call: signature, path: use.path }]
      : []
  })
  return catalog.relations.flatMap(({ view }) =>
    helpers.flatMap(({ call, path }) => {
      if (view === null || !view.functions.includes(call)) return []
      const columns = [...view.text.matchAll(/([\w$]+|"(?:[^"]|"")+")\s*=\s*(?:\(\s*SELECT\s+)?/g)]
        .filter(({ index, 0: text }) => view.text.startsWith(call, index + text.length))
        .map(([, name = '']) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name))
      return view.reads.flatMap(({ relation }) =>
        columns
          .filter((column) => relations.get(relation)?.columns.some(({ name }) => name === column))
          .map((column) => ({ relation, column, path })),
      )
    }),
  )
}

/** The key of a column in maps. */
export const keyOfColumn = ({ relation, column }: ColumnRef): string => JSON.stringify([relation, column])

export const keyOfRelation = ({ schema, name }: { readonly schema: string; readonly name: string }): QualifiedName =>
  qualifiedName(schema, name)
