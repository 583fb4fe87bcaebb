import { quote } from '@rolecast/grammar'
import type { ColumnKind } from '../metadata.js'
import { textOf } from './values.js'

/** What a client needs whose role may put conditions on ranges: generated code hands it over where that is so. */
export type Ranges = (operator: string, operand: unknown, kind: ColumnKind | undefined, name: string) => string | null

/** Operators between a range and a range, or a value. */
const places = /^(?:cs|cd|ov|sl|sr|nxl|nxr|adj)$/

/**
 * The operand of an operator on ranges (`r`) and multiranges (`R`); null for any other. PostgreSQL takes a literal for what
 * stands on the other side of the operator, so a value is written as the range of it alone, and a range beside a multirange as
 * a multirange.
 * @throws TypeError for what is no value
 */
export const ranges: Ranges = (operator, operand, kind, name) => {
  if ((kind !== 'r' && kind !== 'R') || !places.test(operator)) return null
  const text = textOf(operand, kind, name)
  if (kind === 'R' && text.startsWith('{')) return text
  const isRange = typeof operand === 'string' && /^\s*(?:empty|[[(].*[\])])\s*$/is.test(text)
  const range = isRange ? text : `[${quote(text)},${quote(text)}]`
  return kind === 'R' ? `{${range}}` : range
}
