import type { Finding } from '../finding.js'
import { counted } from './counted.js'
import { grouped } from './grouped.js'
import { printable } from './printable.js'
import type { ReportFormat } from './report.js'

/** For a terminal: the worst first, by what is wrong, each with what to do. Names cannot steer the terminal. */
export const text: ReportFormat = {
  print({ findings, lints, notes }) {
    const groups = grouped(findings, lints).map(
      ({ lint, severity, findings: found }) =>
        `${severity.toUpperCase()} ${lint.id}  ${lint.title}\n${found.map(findingText).join('\n')}\n`,
    )
    const said = notes.map((note) => `${printable(note)}\n`)
    return `${[...groups, `${counted(findings)}${findings.length === 0 ? '.' : ''}\n${said.join('')}`].join('\n')}`
  },
}

function findingText({ object, role, message, evidence, fix }: Finding): string {
  const lines = [
    `  ${printable(object)}${role === null ? '' : ` (${printable(role)})`}`,
    `    ${printable(message)}`,
    `    Because: ${printable(evidence)}`,
    ...(fix === null ? [] : [`    Fix: ${printable(fix)}`]),
  ]
  return `${lines.join('\n')}\n`
}
