import { type Finding, severities, summaryOf } from '../finding.js'

/** `3 findings: 1 error, 2 warning` */
export function counted(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'Nothing found'
  const summary = summaryOf(findings)
  const counts = severities.flatMap((severity) => (summary[severity] > 0 ? [`${summary[severity]} ${severity}`] : []))
  return `${findings.length} finding${findings.length === 1 ? '' : 's'}: ${counts.join(', ')}`
}
