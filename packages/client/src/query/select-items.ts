import type { Field, SelectField } from '@rolecast/grammar'
import type { ColumnKind, RelationMeta } from '../metadata.js'

/** A field of a select list, and what its values become. */
export interface ColumnItem extends SelectField {
  readonly isBigint?: boolean
}

export function kindOf([, kinds]: RelationMeta, name: string): ColumnKind | undefined {
  return kinds && Object.hasOwn(kinds, name) ? kinds[name] : undefined
}

/** A column, or what `path` leads to in it: by `->`, and by `last` in the end. */
export function fieldOf(name: string, path: readonly (string | number)[] = [], last: '->' | '->>' = '->'): Field {
  return { name, path: path.map((operand, index) => ({ arrow: index + 1 < path.length ? '->' : last, operand })) }
}

export function selectField(field: Field | null, rest: Partial<SelectField> = {}): SelectField {
  return { kind: 'field', field, alias: null, cast: null, aggregate: null, aggregateCast: null, ...rest }
}

/**
 * What of an item depends on the kind of its column. int8 and numeric are read as text, to keep their digits; `_text` is
 * PostgreSQL's own name of text[].
 */
export function castOf(kind: ColumnKind | undefined): { readonly cast: string | null; readonly isBigint?: boolean } {
  if (!kind || kind === 'a' || kind === 'j') return { cast: null }
  const [cast, isBigint] = [/[tb]/.test(kind) ? 'text' : '_text', /b/i.test(kind)]
  return isBigint ? { cast, isBigint } : { cast }
}

/** What selects these columns, or the relation's. */
export function columnsOf(meta: RelationMeta, names: readonly string[]): SelectField[] {
  return (names.length > 0 ? names : meta[0]).map((name) => selectField(fieldOf(name), castOf(kindOf(meta, name))))
}
