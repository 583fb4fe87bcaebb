import { literal } from './literals.js'

/** `string[]`, `('a' | 'b')[]` */
export function arrayOf(element: string): string {
  return /^[\w$.]+(?:\[\])*$/.test(element) ? `${element}[]` : `(${element})[]`
}

/** `string | null`; `unknown` holds null already. */
export function orNull(type: string, nullable: boolean): string {
  return nullable && type !== 'unknown' ? `${type} | null` : type
}

/** `'open' | 'paid'` */
export function enumType(labels: readonly string[]): string {
  return labels.length === 0 ? 'never' : labels.map(literal).join(' | ')
}
