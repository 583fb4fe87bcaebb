import { type Finding, severities, summaryOf } from '@rolecast/audit'
import { printable } from '../printable.js'
import { count } from '../progress.js'

/** Findings as a terminal shows them: the worst first, each with what to do. Names cannot steer the terminal. */
export function findingsText(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'Nothing found.\n'
  const summary = summaryOf(findings)
  const counts = severities.flatMap((severity) => (summary[severity] > 0 ? [`${summary[severity]} ${severity}`] : []))
  return `${findings.map(findingText).join('\n')}\n${count(findings.length, 'finding')}: ${counts.join(', ')}\n`
}

function findingText({ id, severity, object, role, message, evidence, fix }: Finding): string {
  const lines = [
    `${severity.toUpperCase()} ${id} ${printable(object)}${role === null ? '' : ` (${printable(role)})`}`,
    `  ${printable(message)}`,
    `  Because: ${printable(evidence)}`,
    ...(fix === null ? [] : [`  Fix: ${printable(fix)}`]),
  ]
  return `${lines.join('\n')}\n`
}
