import type { QualifiedName, Signature } from '../postgres/names.js'

/**
 * An expression as PostgreSQL understood it: names are resolved, nothing is left of its spelling. Casts that cannot change
 * what is compared are left out.
 */
export type Term =
  /** `of` null: of the row itself; else of a relation that a sub-select reads. `column` null: the whole row, or one of PostgreSQL's */
  | { readonly kind: 'column'; readonly of: QualifiedName | null; readonly column: string | null }
  /** value null: NULL */
  | { readonly kind: 'constant'; readonly value: string | null; readonly type: string }
  /** built-in functions without their arguments' types: `pg_catalog.current_setting` */
  | {
      readonly kind: 'call'
      readonly function: Signature | QualifiedName
      readonly volatility: Volatility
      readonly parts: readonly Term[]
      /** NULL for an argument that is NULL */
      readonly strict?: true
    }
  /** `and`, `or`, `not`, and operators by name. `any`, `all`: the right side is an array */
  | {
      readonly kind: 'operator'
      readonly name: string
      readonly over: 'values' | 'any' | 'all'
      readonly volatility: Volatility
      readonly parts: readonly Term[]
      /** NULL for an operand that is NULL */
      readonly strict?: true
      /** one of PostgreSQL's own */
      readonly builtIn?: true
    }
  /** CURRENT_USER, CURRENT_DATE and the like, in lower case */
  | { readonly kind: 'environment'; readonly name: string }
  | {
      readonly kind: 'query'
      readonly form: 'exists' | 'any' | 'all' | 'value' | 'array' | 'from'
      /** of `any` and `all`: what is compared; the query's columns are `other` in it */
      readonly test: Term | null
      /** what it reads itself, each once; queries in FROM are parts */
      readonly relations: readonly QualifiedName[]
      /** its conditions, those of joins too; null: none */
      readonly condition: Term | null
      /** what it returns, then functions and queries in FROM */
      readonly parts: readonly Term[]
      /** no row comes from it where `condition` is not true: no aggregates, outer joins, set operations or limits */
      readonly plain?: true
    }
  /** `is null`, `is not null`, `coalesce`, `nullif`, `case`, `array`, `cast` (by way of text), or PostgreSQL's name of a node */
  | { readonly kind: 'other'; readonly name: string; readonly parts: readonly Term[] }

export type Volatility = 'immutable' | 'stable' | 'volatile'
