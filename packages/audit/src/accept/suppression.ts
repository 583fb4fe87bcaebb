import type { Finding } from '../finding.js'

/** Findings that somebody decided to live with, for a time. */
export interface Suppression {
  /** of the lint */
  readonly id: string
  /** the object that the finding names; `*` stands for any characters; all objects, unless given */
  readonly object?: string | undefined
  /** the role that the finding names, unless given whichever */
  readonly role?: string | undefined
  /** why, for those who come after */
  readonly reason: string
  /** YYYY-MM-DD, the last day on which it holds */
  readonly until: string
}

/** What is left, and what there is to say about suppressions. */
export interface Unsuppressed {
  readonly findings: readonly Finding[]
  readonly notes: readonly string[]
}

/**
 * Leaves out what is suppressed. Suppressions whose time is over do nothing and are told, and so are those that suppress
 * nothing. Pure.
 *
 * @param today YYYY-MM-DD
 */
export function suppress(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  today: string,
): Unsuppressed {
  const judged = suppressions.map((suppression, index) => {
    const fits = fitting(suppression)
    const found = findings.filter(fits)
    return { suppression, found, isOver: suppression.until < today, name: nameOf(suppression, index) }
  })
  const hidden = new Set(judged.flatMap(({ found, isOver }) => (isOver ? [] : found)))
  const notes = judged.flatMap(({ suppression: { reason, until }, found, isOver, name }) => {
    const count = `${found.length} finding${found.length === 1 ? '' : 's'}`
    if (found.length === 0) return [`${name} suppresses nothing: remove it.`]
    return isOver
      ? [`${name} ended on ${until}: ${count} came back. Its reason was: ${reason}`]
      : [`${name} suppresses ${count} until ${until}: ${reason}`]
  })
  return { findings: findings.filter((finding) => !hidden.has(finding)), notes }
}

function nameOf({ id, object, role }: Suppression, index: number): string {
  return `audit.suppressions[${index}] (${[id, object, role].filter((part) => part !== undefined).join(' ')})`
}

function fitting({ id, object, role }: Suppression): (finding: Finding) => boolean {
  const pattern = object === undefined ? null : patternOf(object)
  return (finding) =>
    finding.id === id &&
    (pattern === null || pattern.test(finding.object)) &&
    (role === undefined || finding.role === role)
}

/** A pattern over names, in which `*` stands for any characters. */
export function patternOf(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'su')
}
