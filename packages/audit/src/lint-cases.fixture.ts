/** One situation for a lint: SQL that a superuser runs after `auditDatabase`'s preamble. */
export interface LintCase {
  readonly sql: string
  /** the exposed schemas; default: api */
  readonly schemas?: readonly string[]
  /** of a positive: the object that the finding names */
  readonly object?: string
  /** of a positive: the role that the finding names */
  readonly role?: string
}

/** Situations of one lint. Each kind has at least one. */
export interface LintCases {
  readonly id: string
  /** found, with this object */
  readonly positive: readonly LintCase[]
  /** correct, and not found */
  readonly negative: readonly LintCase[]
  /** looks like it, and is not found */
  readonly nearMiss: readonly LintCase[]
}
