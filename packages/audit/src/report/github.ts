import type { Finding, Severity } from '../finding.js'
import { counted } from './counted.js'
import { printable } from './printable.js'
import type { ReportFormat } from './report.js'

const commands: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  critical: 'error',
  error: 'error',
  warning: 'warning',
  information: 'notice',
}

/** Workflow commands of GitHub, which make annotations. */
export const github: ReportFormat = {
  print({ findings, lints, notes, file }) {
    const titles = new Map(lints.map(({ id, title }) => [id, title]))
    const lines = findings.map((finding) => {
      const properties = [...(file === null ? [] : [['file', file]]), ['title', titleOf(finding, titles)]]
      const said = properties.map(([name, value]) => `${name}=${property(value ?? '')}`).join(',')
      return `::${commands[finding.severity]} ${said}::${data(sentencesOf(finding))}\n`
    })
    return [...lines, ...[counted(findings), ...notes].map((note) => `::notice::${data(note)}\n`)].join('')
  },
}

function titleOf({ id, severity }: Finding, titles: ReadonlyMap<string, string>): string {
  return `${id} (${severity}) ${titles.get(id) ?? ''}`
}

function sentencesOf({ object, role, message, evidence, fix }: Finding): string {
  const place = role === null ? object : `${object} (${role})`
  return `${place}: ${message} Because: ${evidence}${fix === null ? '' : ` Fix: ${fix}`}`
}

/** A command ends with its line; `%` begins an escape. */
function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** Properties end at a comma, and all of them at colons. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
