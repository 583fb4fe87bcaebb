import { summaryOf } from '../finding.js'
import { printableJson } from './printable.js'
import type { ReportFormat } from './report.js'

/** For programs: findings with all that is known of them. */
export const json: ReportFormat = {
  print: ({ findings, notes }) => `${printableJson({ findings, summary: summaryOf(findings), notes })}\n`,
}
