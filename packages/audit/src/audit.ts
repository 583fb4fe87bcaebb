import type { Catalog } from '@rolecast/catalog'
import { AuditContext, type AuditOptions } from './context.js'
import { type Finding, severities } from './finding.js'
import { findingsOf, type Lint } from './lint.js'

/**
 * The findings of all lints, the worst first, then by id, object and role. Pure.
 *
 * @throws Error for a catalog without security facts
 */
export function audit(catalog: Catalog, options: AuditOptions, lints: readonly Lint[]): Finding[] {
  return findingsIn(new AuditContext(catalog, options), lints)
}

/** The same where what was decided for it serves for more: surfaces are made once a context. */
export function findingsIn(context: AuditContext, lints: readonly Lint[]): Finding[] {
  return lints
    .flatMap((lint) => findingsOf(lint, context))
    .sort(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        compare(a.id, b.id) ||
        compare(a.object, b.object) ||
        compare(a.role ?? '', b.role ?? ''),
    )
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
