import { type Finding, isAtLeast, type Severity } from '../finding.js'
import type { Lint } from '../lint.js'
import { escapeXml } from './escape-xml.js'
import type { ReportFormat } from './report.js'

/** JUnit's XML: a test a finding, and one for each lint without any. What does not make a check fail has passed, with a word. */
export const junit: ReportFormat = {
  print({ findings, lints, notes, failOn }) {
    const found = new Set(findings.map(({ id }) => id))
    const titles = new Map(lints.map(({ id, title }) => [id, title]))
    const cases = [
      ...findings.map((finding) => testOf(finding, titles.get(finding.id) ?? '', failOn)),
      ...lints.filter(({ id }) => !found.has(id)).map(passed),
    ]
    const failures = findings.filter(({ severity }) => isAtLeast(severity, failOn)).length
    const counts = `tests="${cases.length}" failures="${failures}" errors="0"`
    const said = notes.length === 0 ? '' : `    <system-out>${escapeXml(notes.join(' '))}</system-out>\n`
    return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${counts}>
  <testsuite name="rolecast audit" ${counts}>
${cases.join('')}${said}  </testsuite>
</testsuites>
`
  },
}

function testOf({ id, severity, object, role, message, evidence, fix }: Finding, title: string, failOn: Severity) {
  const name = `${title}: ${object}${role === null ? '' : ` (${role})`}`
  const details = `Because: ${evidence}${fix === null ? '' : ` Fix: ${fix}`}`
  const content = isAtLeast(severity, failOn)
    ? `<failure type="${escapeXml(`${severity} ${id}`)}" message="${escapeXml(message)}">${escapeXml(details)}</failure>`
    : `<system-out>${escapeXml(`${severity}: ${message} ${details}`)}</system-out>`
  return `    <testcase classname="${escapeXml(`rolecast.${id}`)}" name="${escapeXml(name)}">\n      ${content}\n    </testcase>\n`
}

function passed({ id, title }: Lint): string {
  return `    <testcase classname="${escapeXml(`rolecast.${id}`)}" name="${escapeXml(title)}"/>\n`
}
