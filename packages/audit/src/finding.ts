/** From worst to least. */
export const severities = ['critical', 'error', 'warning', 'information'] as const

/**
 * critical: data or the whole database are open. error: a role can do what nobody meant, or what is offered always fails.
 * warning: it holds today and is likely to break. information: worth knowing.
 */
export type Severity = (typeof severities)[number]

/** What an audit says about one cause, in the form that `rolecast audit --json` prints. */
export interface Finding {
  /** of the lint: a letter and two digits, which never change their meaning */
  readonly id: string
  readonly severity: Severity
  /** the object that the cause lies in, in SQL's spelling: a role, schema, relation, column, function or policy */
  readonly object: string
  /** the API role concerned; null where it is no single one's */
  readonly role: string | null
  /** one sentence: what is wrong, and what it lets happen */
  readonly message: string
  /** the facts it follows from: grants, memberships, a policy's condition */
  readonly evidence: string
  /** SQL that mends it, or null where only people can decide */
  readonly fix: string | null
  /** whether the fix can only take rights away, so that it may be applied without looking */
  readonly narrows: boolean
  /** CWE, CIS and OWASP numbers, and other tools' ids of the same finding */
  readonly references: readonly string[]
}

export type Summary = { readonly [severity in Severity]: number }

/** How many findings there are of each severity. */
export function summaryOf(findings: readonly Finding[]): Summary {
  const counts = { critical: 0, error: 0, warning: 0, information: 0 }
  for (const { severity } of findings) counts[severity] += 1
  return counts
}

/** Whether a severity is as bad as another, or worse. */
export function isAtLeast(severity: Severity, limit: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(limit)
}

/** A finding's name for baselines and suppressions: the same as long as its cause is the same. */
export function keyOfFinding({ id, object, role }: Pick<Finding, 'id' | 'object' | 'role'>): string {
  return role === null ? `${id} ${object}` : `${id} ${object} ${role}`
}
