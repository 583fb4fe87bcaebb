import type { Field, SelectField } from '@rolecast/grammar'
import type { ColumnKind } from '../metadata.js'

/** Types that int8 and numeric are read as, to keep their digits; `_text` is PostgreSQL's own name of text[]. */
const casts: { readonly [kind in ColumnKind]?: string } = { t: 'text', b: 'text', T: '_text', B: '_text' }

export function castOf(kind: ColumnKind | undefined): string | null {
  return (kind && casts[kind]) ?? null
}

/** A column, or what `path` leads to in it: by `->`, and by `last` in the end. */
export function fieldOf(name: string, path: readonly (string | number)[] = [], last: '->' | '->>' = '->'): Field {
  return {
    name,
    path: path.map((operand, index) => ({ arrow: index + 1 < path.length ? '->' : last, operand })),
  }
}

export function selectField(field: Field | null, rest: Partial<SelectField> = {}): SelectField {
  return { kind: 'field', field, alias: null, cast: null, aggregate: null, aggregateCast: null, ...rest }
}
