import { printMember } from '@rolecast/grammar'
import type { Parameter } from './selection.js'
import { textOf } from './values.js'

/**
 * What a client needs whose role may put conditions on what is inside of documents: generated code hands it over where
 * that is so. Null for operators that see the text of it.
 */
export type Documents = (
  operator: string,
  operand: unknown,
  field: string,
  print: (operand: string) => string,
  not: string,
) => Parameter | null

/** Operators that compare what is inside a document as JSON; the others see its text. */
const comparisons = /^(?:eq|neq|gte?|lte?|in|isdistinct)$/

/** What `jsonb` sorts directly below and above all values of a type: null < strings < numbers < booleans. */
const bounds: Readonly<Record<string, readonly [below: string, above: string]>> = {
  string: ['gt.null', 'lt.-1e999'],
  number: ['gt.-1e999', 'lt.false'],
  bigint: ['gt.-1e999', 'lt.false'],
  boolean: ['gte.false', 'lte.true'],
}

/**
 * A comparison of what is inside a document, as `jsonb` compares: numbers with numbers, texts with texts. `jsonb` has an
 * order across types; greater and less mean values of the operand's type only.
 * @returns the condition's name, if it is a tree, and its text
 * @throws TypeError for an operand that JSON does not have
 */
export const documents: Documents = (operator, operand, field, print, not) => {
  if (!comparisons.test(operator)) return null
  if (operator === 'in')
    return [field, `${not}in.(${(operand as unknown[]).map((value) => printMember(jsonText(value)))})`]
  const { any, all = any } = Object(operand) as { any?: readonly unknown[]; all?: readonly unknown[] }
  if (all && /^n?eq$/.test(operator)) {
    return [field, `${not}${operator}(${any ? 'any' : 'all'}).${print(textOf(all.map(jsonText)))}`]
  }
  const text = jsonText(operand)
  if (!/^[gl]/.test(operator)) return [field, `${not}${operator}.${print(text)}`]
  const bound = bounds[typeof operand]?.[operator[0] === 'l' ? 0 : 1]
  return [`${not}and`, `(${field}.${operator}.${printMember(text)},${field}.${bound})`]
}

function jsonText(value: unknown): string {
  const isScalar = /^(?:string|bigint|boolean)$/.test(typeof value) || Number.isFinite(value)
  if (!isScalar) throw new TypeError('Inside a document, a comparison takes a text, a finite number or a boolean')
  return typeof value === 'bigint' ? `${value}` : JSON.stringify(value)
}
