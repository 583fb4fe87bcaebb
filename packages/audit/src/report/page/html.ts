import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { severities, summaryOf } from '../../finding.js'
import { escapeXml } from '../escape-xml.js'
import type { Report, ReportFormat } from '../report.js'
import { findingsSection } from './findings-section.js'
import { matrixOf } from './matrix.js'
import { rolesSection } from './roles-section.js'

/** What the page is made with: it needs nothing else, and the network never. */
interface Assets {
  readonly style: string
  readonly scripts: readonly string[]
}

const folder = new URL('../../../page/', import.meta.url)

const styles = ['base.css', 'matrix.css', 'findings.css', 'media.css']
const scripts = ['theme.js', 'matrix.js', 'findings.js']

/** A page for people, in one file. Reads its style and scripts, which stand beside the sources. */
export async function loadHtml(): Promise<ReportFormat> {
  const read = (name: string): Promise<string> => readFile(new URL(name, folder), 'utf8')
  const style = (await Promise.all(styles.map(read))).join('')
  const loaded = await Promise.all(scripts.map(read))
  return { print: (report) => page(report, { style, scripts: loaded }) }
}

function page(report: Report, { style, scripts }: Assets): string {
  const { context, findings, date, version } = report
  const summary = summaryOf(findings)
  const database = context.security.database.name
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${scripts.map(hashOf).join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const facts = [
    `PostgreSQL ${Math.floor(context.catalog.serverVersion / 10_000)}`,
    `schemas ${context.schemas.join(', ')}`,
    `${context.roles.length} roles`,
    `${context.exposedRelations.length} relations`,
    date,
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeXml(`Permissions of ${database}`)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#matrix">To the matrix</a>
<header class="top"><div><h1>Permissions of <code>${escapeXml(database)}</code></h1>
<p class="facts">${facts.map((fact) => `<span>${escapeXml(fact)}</span>`).join(' ')}</p></div>
<ul class="summary" aria-label="Findings by severity">${severities.map((severity) => `<li class="${severity}${summary[severity] === 0 ? ' none' : ''}"><b>${summary[severity]}</b> ${severity}</li>`).join('')}</ul>
<nav aria-label="Parts of the page"><a href="#matrix">Matrix</a> <a href="#roles">Roles</a> <a href="#findings">Findings</a>
<button type="button" id="theme" class="needs-script" aria-label="Colors">Colors: as the system</button></nav></header>
<main>
<div class="left">
${matrixSection}
${rolesSection(context)}
</div>
${findingsSection(report)}
</main>
<footer><p>Made by <code>rolecast audit</code> ${escapeXml(version)} from the catalogs of the database. It names objects and roles: show it to those who may know them.</p></footer>
<script type="application/json" id="data">${scriptJson(matrixOf(context, findings))}</script>
${scripts.map((script) => `<script type="module">${script}</script>`).join('\n')}
</body>
</html>
`
}

const matrixSection = `<section id="matrix" aria-labelledby="matrix-title"><h2 id="matrix-title">Who may do what</h2>
<p class="lead needs-script">Choose a cell for its columns and policies.</p>
<noscript><p>The matrix needs JavaScript; the rest of the page does not.</p></noscript>
<form class="bar needs-script" id="matrix-filter">
<label class="grow"><span class="hidden">Search relations, columns and functions</span><input type="search" id="matrix-search" placeholder="Search relations, columns, functions" autocomplete="off"></label>
<label>Show <select id="matrix-show"><option value="all">everything</option><option value="allowed">what somebody may use</option><option value="findings">what has findings</option><option value="written">what can be written</option><option value="every">where every row is reached</option><option value="off">tables without row-level security</option></select></label>
<label>Role <select id="matrix-role"><option value="">all roles</option></select></label>
</form>
<ul class="legend needs-script" aria-label="Legend"><li><span class="v r3">S</span> every row</li><li><span class="v r2">S</span> rows that policies or code allow</li><li><span class="v r1">S</span> no row</li><li><span class="v r2 part">s</span> some columns</li><li class="letters"><b>S</b>ELECT <b>I</b>NSERT <b>U</b>PDATE <b>D</b>ELETE, E<b>X</b>ECUTE</li></ul>
<div class="scroll tall needs-script" tabindex="0" role="region" aria-label="Matrix of relations and roles"><table id="cells" class="matrix"><thead></thead><tbody></tbody></table></div>
<p id="matrix-count" class="lead needs-script" role="status"></p></section>`

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

/** JSON that ends no script element, and holds nothing that a reader could not see. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026')
}
