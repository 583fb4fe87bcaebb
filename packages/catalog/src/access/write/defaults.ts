import type { Column, Relation } from '../../model/catalog.js'
import type { CatalogIndex } from '../../model/index-catalog.js'
import { quoteIdentifier } from '../../postgres/names.js'
import { keyOf } from '../effective-privileges.js'
import { domainsOf, valueRefusal } from '../expressions.js'
import type { Refusal } from '../refusal.js'
import type { Reading } from '../select/reading.js'
import { hasTrigger } from './before-triggers.js'

/** What leaving columns out of an insert needs: their defaults are the role's to compute. */
export class Defaults {
  readonly #omitted = new Map<string, ReadonlyMap<string, Refusal>>()

  constructor(readonly reading: Reading) {}

  firstOmitted(relation: Relation, filled: readonly string[]): Refusal | null {
    for (const [column, refusal] of this.omittable(relation)) if (!filled.includes(column)) return refusal
    return null
  }

  /** Columns that must be given, because their default is not for this role. */
  omittable(relation: Relation): ReadonlyMap<string, Refusal> {
    const key = keyOf(relation)
    const known = this.#omitted.get(key)
    if (known !== undefined) return known
    const refusals = new Map<string, Refusal>()
    for (const column of relation.columns) {
      const refusal = this.#defaultRefusal(relation, column)
      if (refusal) refusals.set(column.name, refusal)
    }
    this.#omitted.set(key, refusals)
    return refusals
  }

  #defaultRefusal(relation: Relation, column: Column): Refusal | null {
    if (column.generated || column.identity) return null
    const what = () =>
      `The default of ${keyOf(relation)}.${quoteIdentifier(column.name)} needs it when the column is left out.`
    if (column.default !== null) return valueRefusal(this.reading.current, column.defaultUses, what)
    const domain = domainsOf(this.reading.index, column.type).find(({ default: text }) => text !== null)
    return domain ? valueRefusal(this.reading.current, domain.defaultUses, what) : null
  }
}

/** Whether a column that must not be null surely gets no value. */
export function isIncomplete(relation: Relation, filled: readonly string[], index: CatalogIndex): boolean {
  if (hasTrigger(relation, 'insert')) return false
  return relation.columns.some((column) => !filled.includes(column.name) && mustBeGiven(column, index))
}

export function mustBeGiven(column: Column, index: CatalogIndex): boolean {
  if (column.identity || column.generated || hasDefault(column, index)) return false
  return column.notNull || domainsOf(index, column.type).some(({ notNull }) => notNull)
}

/** A default of its own, or of its type: views' columns have these as well. */
export function hasDefault(column: Column, index: CatalogIndex): boolean {
  return column.default !== null || domainsOf(index, column.type).some(({ default: text }) => text !== null)
}
