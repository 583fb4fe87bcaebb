import { type Finding, severities, summaryOf } from '../../finding.js'
import { counted } from '../counted.js'
import { escapeXml } from '../escape-xml.js'
import { type Group, grouped } from '../grouped.js'
import type { Report } from '../report.js'

/** With more findings than that, only what is serious is unfolded. */
const MANY = 30

/** The findings, readable without any script; a script filters them. */
export function findingsSection({ findings, lints, notes }: Report): string {
  const groups = grouped(findings, lints)
  const summary = summaryOf(findings)
  const filters = severities.map(
    (severity) =>
      `<label class="chip ${severity}"><input type="checkbox" name="severity" value="${severity}" checked> ${severity} <b>${summary[severity]}</b></label>`,
  )
  return `<section id="findings" aria-labelledby="findings-title"><h2 id="findings-title">Findings</h2>
<p class="lead" id="findings-count" role="status">${counted(findings)}.</p>
<form class="bar needs-script" id="findings-filter"><fieldset><legend class="hidden">Severities</legend>${filters.join('')}</fieldset>
<label class="grow"><span class="hidden">Search findings</span><input type="search" id="findings-search" placeholder="Search findings" autocomplete="off"></label></form>
${groups.map((group) => groupText(group, findings.length > MANY)).join('\n')}
${notes.length === 0 ? '' : `<ul class="notes">${notes.map((note) => `<li>${escapeXml(note)}</li>`).join('')}</ul>`}</section>`
}

function groupText({ lint, severity, findings }: Group, isLong: boolean): string {
  const isOpen = !isLong || severity === 'critical' || (severity === 'error' && findings.length <= MANY)
  const references = lint.references.map(reference).join(' ')
  return `<details class="group ${severity}" data-severity="${severity}"${isOpen ? ' open' : ''}><summary><span class="badge ${severity}">${severity}</span> <span class="id">${lint.id}</span> <h3>${escapeXml(lint.title)}</h3> <span class="count">${findings.length}</span></summary>
${findings.map(findingText).join('\n')}
<p class="about">Not meant: ${escapeXml(lint.nearMiss)} ${references}</p></details>`
}

function findingText({ object, role, message, evidence, fix }: Finding): string {
  const concerned = role === null ? '' : ` <span class="role">${escapeXml(role)}</span>`
  const sql =
    fix === null
      ? ''
      : `<dt>Fix</dt><dd class="fix"><code>${escapeXml(fix)}</code><button type="button" class="copy needs-script">Copy</button></dd>`
  return `<article class="finding"><p class="object"><code>${escapeXml(object)}</code>${concerned}</p><p>${escapeXml(message)}</p><dl><dt>Because</dt><dd>${escapeXml(evidence)}</dd>${sql}</dl></article>`
}

/** Only CWE's pages have addresses that can be told from a number. */
function reference(text: string): string {
  const [, number] = /^CWE-(\d+)$/.exec(text) ?? []
  const shown = `<span class="reference">${escapeXml(text)}</span>`
  return number === undefined
    ? shown
    : `<a class="reference" rel="noreferrer" href="https://cwe.mitre.org/data/definitions/${number}.html">${escapeXml(text)}</a>`
}
