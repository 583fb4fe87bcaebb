import { relative, resolve, sep } from 'node:path'
import {
  AuditContext,
  beyondBaseline,
  findingsIn,
  loadLints,
  type Report,
  type Severity,
  suppress,
} from '@rolecast/audit'
import { type JudgedOptions, openJudged } from '../input/open-judged.js'
import { version } from '../version.js'
import { readBaseline } from './baseline-file.js'
import { suppressionsOf } from './suppressions.js'

export interface AuditRequest extends JudgedOptions {
  readonly failOn: Severity
  /** a file of findings that are known */
  readonly baseline?: string
}

/**
 * All findings but those that the configuration suppresses and the baseline knows.
 *
 * @throws UsageError, UnreachableError, and what `openCatalog` throws
 */
export async function runAudit({ failOn, baseline, ...options }: AuditRequest): Promise<Report> {
  const judged = await openJudged(options)
  const lints = await loadLints()
  const suppressions = suppressionsOf(judged, lints)
  const context = new AuditContext(judged.catalog, judged.options)
  const known = baseline === undefined ? null : await readBaseline(baseline, context)
  const date = new Date().toISOString().slice(0, 10)
  const left = suppress(findingsIn(context, lints), suppressions, date)
  const fresh = known === null ? { findings: left.findings, notes: [] } : beyondBaseline(left.findings, known)
  return {
    context,
    lints,
    findings: fresh.findings,
    notes: [...left.notes, ...fresh.notes],
    failOn,
    version: version(),
    date,
    file: judged.file === null ? null : relative(process.cwd(), resolve(judged.file)).split(sep).join('/'),
  }
}
