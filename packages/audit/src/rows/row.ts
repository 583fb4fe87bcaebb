import type { QualifiedName } from '@rolecast/catalog'

/** Whose row it is: everything that belongs to one of the two refers to the other things of the same one. */
export type Persona = 'a' | 'b'

/** A row that tests are about: made by the owner, before anything is asked. */
export interface SeedRow {
  /** unique among the rows: `orders of a, status open` */
  readonly label: string
  readonly relation: QualifiedName
  readonly persona: Persona
  /** what is given; the rest is left to defaults. Null is NULL */
  readonly values: Readonly<Record<string, string | null>>
  /** columns that identify it: the primary key, or else all that are given */
  readonly key: readonly string[]
  /** a variation: the column whose value differs from that of the persona's own row */
  readonly varied: string | null
}

/** A row that is still to be tried: each column with the values that it may have, the likeliest first. */
export interface RowDraft extends Omit<SeedRow, 'values'> {
  readonly columns: Readonly<Record<string, readonly (string | null)[]>>
}
