import type { Finding } from '../finding.js'

/** So many are named; who wants all asks `rolecast audit`. */
const MOST = 8

/** `a, b, c and 4 more` */
export function named(names: readonly string[]): string {
  return names.length <= MOST ? names.join(', ') : `${names.slice(0, MOST).join(', ')} and ${names.length - MOST} more`
}

/** What the findings say, with their ids. */
export function cited(findings: readonly Finding[]): string {
  const sentences = findings.slice(0, MOST).map(({ id, message }) => `${id}: ${message}`)
  return [...sentences, ...(findings.length > MOST ? [`And ${findings.length - MOST} more findings.`] : [])].join(' ')
}

/** The findings of these lints. */
export function findingsOfIds(findings: readonly Finding[], ids: readonly string[]): readonly Finding[] {
  return findings.filter(({ id }) => ids.includes(id))
}

/** `1 table`, `2 tables`, `3 relations or functions` */
export const count = (n: number, noun: string): string =>
  `${n} ${
    n === 1
      ? noun
      : noun
          .split(' or ')
          .map((one) => `${one}s`)
          .join(' or ')
  }`
