import type { AuditContext } from '../context.js'
import type { Finding, Severity } from '../finding.js'
import type { Lint } from '../lint.js'

/** What an audit has come to, for people or programs to read. */
export interface Report {
  readonly context: AuditContext
  readonly lints: readonly Lint[]
  /** the worst first */
  readonly findings: readonly Finding[]
  /** what else there is to say: what is suppressed, what a baseline hides; a sentence each */
  readonly notes: readonly string[]
  /** findings at or above it make a check fail */
  readonly failOn: Severity
  /** of Rolecast */
  readonly version: string
  /** YYYY-MM-DD */
  readonly date: string
  /** the file that the audit is about, relative to the folder of the run, with `/`; null: a database alone */
  readonly file: string | null
}

/**
 * One way to print a report, in a file of its own. Names of a database are hostile: a format quotes them by the rules of its
 * language. Pure.
 */
export interface ReportFormat {
  print(report: Report): string
}
