import type { QualifiedName, Term } from '@rolecast/catalog'

type TermOf<Kind extends Term['kind']> = Extract<Term, { readonly kind: Kind }>
export type QueryTerm = TermOf<'query'>

/** What a term is directly made of. */
export function partsOf(term: Term): readonly Term[] {
  if (term.kind === 'query') {
    return [term.test, term.condition, ...term.parts].filter((part) => part !== null)
  }
  return 'parts' in term ? term.parts : []
}

/** A term and all within it, sub-selects too, from the outside in. */
export function* termsIn(term: Term | null): Generator<Term> {
  if (term === null) return
  yield term
  for (const part of partsOf(term)) yield* termsIn(part)
}

/** The same without what is inside of sub-selects. */
export function* termsOutsideQueries(term: Term | null): Generator<Term> {
  if (term === null) return
  yield term
  if (term.kind === 'query') {
    if (term.test !== null) yield* termsOutsideQueries(term.test)
    return
  }
  for (const part of partsOf(term)) yield* termsOutsideQueries(part)
}

/** Columns of the row itself that a term mentions, each once. */
export function ownColumns(term: Term | null): readonly string[] {
  const columns = [...termsIn(term)].flatMap((part) =>
    part.kind === 'column' && part.of === null ? [part.column ?? '*'] : [],
  )
  return [...new Set(columns)]
}

export function mentionsOwnRow(term: Term | null): boolean {
  return ownColumns(term).length > 0
}

/** Sub-selects in a term, those in them too. */
export function queriesIn(term: Term | null): readonly QueryTerm[] {
  return [...termsIn(term)].filter((part) => part.kind === 'query')
}

/** Relations that sub-selects read, each once. */
export function relationsIn(term: Term | null): readonly QualifiedName[] {
  return [...new Set(queriesIn(term).flatMap(({ relations }) => relations))]
}

/** Functions called, by signature; those of PostgreSQL by name. */
export function callsIn(term: Term | null): readonly string[] {
  return [...new Set([...termsIn(term)].flatMap((part) => (part.kind === 'call' ? [part.function] : [])))]
}

/** What must all hold: the parts of AND, at any depth. */
export function conjuncts(term: Term | null): readonly Term[] {
  if (term === null) return []
  return term.kind === 'operator' && term.name === 'and' ? term.parts.flatMap(conjuncts) : [term]
}

/** Of which one must hold: the parts of OR, at any depth. */
export function disjuncts(term: Term): readonly Term[] {
  return term.kind === 'operator' && term.name === 'or' ? term.parts.flatMap(disjuncts) : [term]
}

/** What is left without casts and `(SELECT …)` around it. */
export function bare(term: Term): Term {
  if (term.kind === 'other' && term.name === 'cast' && term.parts[0] !== undefined) return bare(term.parts[0])
  if (term.kind === 'query' && term.form === 'value' && term.relations.length === 0 && term.condition === null) {
    const [only, ...more] = term.parts
    if (only !== undefined && more.length === 0) return bare(only)
  }
  return term
}

export function isConstant(term: Term | null, value: string): boolean {
  return term !== null && bare(term).kind === 'constant' && (bare(term) as TermOf<'constant'>).value === value
}

export function isSame(a: Term | null, b: Term | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
