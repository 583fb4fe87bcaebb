/** A JSON Path (RFC 9535) as data. */
export interface Path {
  /** `$`: from the whole value; `@`: from the one that a filter looks at */
  readonly root: '$' | '@'
  readonly segments: readonly Segment[]
}

export interface Segment {
  /** `..`: also of everything below */
  readonly descendants: boolean
  readonly selectors: readonly Selector[]
}

export type Selector =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'slice'; readonly start: number | null; readonly end: number | null; readonly step: number }
  | { readonly kind: 'filter'; readonly test: Test }

export type Test =
  | { readonly kind: 'or' | 'and'; readonly tests: readonly Test[] }
  | { readonly kind: 'not'; readonly test: Test }
  | { readonly kind: 'exists'; readonly path: Path }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'match' | 'search'; readonly text: Operand; readonly pattern: Operand }

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='

export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** a path that leads to one value at most */
  | { readonly kind: 'value'; readonly path: Path }
  | { readonly kind: 'length'; readonly of: Operand }
  | { readonly kind: 'count'; readonly path: Path }
