import { counted } from './counted.js'
import { type Group, grouped } from './grouped.js'
import { markdownBlock, markdownCode, markdownText } from './markdown-quotes.js'
import { printable } from './printable.js'
import type { ReportFormat } from './report.js'

/** So many findings of one kind are shown; a comment on a pull request holds 65,536 characters. */
const MOST = 25

/** For a pull request: a table for each kind of finding, with the SQL that mends it to unfold. */
export const markdown: ReportFormat = {
  print({ findings, lints, notes }) {
    const parts = [
      '### Permissions',
      `${counted(findings)}.`,
      ...grouped(findings, lints).map(groupText),
      ...(notes.length === 0 ? [] : [notes.map((note) => `- ${markdownText(note)}`).join('\n')]),
    ]
    return `${parts.join('\n\n')}\n`
  },
}

function groupText({ lint, severity, findings }: Group): string {
  const shown = findings.slice(0, MOST)
  const rows = shown.map(
    ({ object, role, message }) =>
      `| ${markdownCode(object)} | ${role === null ? '' : markdownCode(role)} | ${markdownText(message)} |`,
  )
  const more = findings.length > MOST ? [`And ${findings.length - MOST} more.`] : []
  const fixes = shown.flatMap(({ fix }) => (fix === null ? [] : [printable(fix)]))
  return [
    `#### ${severity} ${lint.id}: ${markdownText(lint.title)}`,
    ['| object | role | what |', '| --- | --- | --- |', ...rows].join('\n'),
    ...more,
    ...(fixes.length > 0
      ? [`<details><summary>SQL that mends it</summary>\n\n${markdownBlock(fixes.join('\n'))}\n\n</details>`]
      : []),
  ].join('\n\n')
}
