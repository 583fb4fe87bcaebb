import type { AuditContext } from './context.js'
import type { Finding, Severity } from './finding.js'

/** What a lint says of one cause; its id, references and, unless it says another one, severity come from the lint. */
export interface Found {
  readonly object: string
  readonly role?: string
  readonly severity?: Severity
  readonly message: string
  readonly evidence: string
  readonly fix: string | null
  /** default: false */
  readonly narrows?: boolean
}

/** One kind of finding, in a file of its own under `lints/`, which exports it as `lint`. */
export interface Lint {
  /** a letter and two digits, which never change their meaning */
  readonly id: string
  readonly severity: Severity
  /** what is wrong, in a few words */
  readonly title: string
  /** what looks like it, but is right, and so is not found */
  readonly nearMiss: string
  readonly references: readonly string[]
  /** One finding a cause, not one an object that shares it. Pure. */
  find(context: AuditContext): Iterable<Found>
}

/** All that a lint finds. */
export function findingsOf(lint: Lint, context: AuditContext): Finding[] {
  return [...lint.find(context)].map((found) => ({
    id: lint.id,
    severity: found.severity ?? lint.severity,
    object: found.object,
    role: found.role ?? null,
    message: found.message,
    evidence: found.evidence,
    fix: found.fix,
    narrows: found.fix !== null && (found.narrows ?? false),
    references: lint.references,
  }))
}
