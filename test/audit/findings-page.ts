import type { Lint } from '@rolecast/audit'
import type { OtherRule } from './other-linters.cases.js'

/** Groups of findings, by the letter of their ids. */
const groups: Readonly<Record<string, string>> = {
  A: 'Audit trail',
  F: 'Functions',
  G: 'Grants',
  I: 'Keys and indexes',
  J: 'Configuration of the server, and keys of tokens',
  N: 'Rows: what policies, triggers and platforms let through',
  P: 'Policies',
  R: 'Roles',
  S: 'Schemas',
  V: 'Views',
}

/** `docs/findings.md`, from the lints themselves and the table of other linters' rules. Pure. */
export function findingsPage(lints: readonly Lint[], others: readonly OtherRule[]): string {
  return `${[
    '# Findings',
    '',
    '<!-- Written from the lints: UPDATE_DOCS=1 npx vitest run test/audit/findings-page.test.ts -->',
    '',
    `All ${lints.length} findings of \`rolecast audit\`. How to run it, to suppress findings and to fix them is told in`,
    '[answers](answers.md#what-is-wrong-rolecast-audit). A finding may say a milder severity than its own where less is open. What',
    'looks like a finding and is none stands in the fourth column.',
    '',
    ...Object.entries(groups).flatMap(([letter, title]) =>
      groupOf(
        title,
        lints.filter(({ id }) => id.startsWith(letter)),
      ),
    ),
    '## Rules of other linters',
    '',
    'The security lints of splinter, and the rules of pgrls, with the finding that the same situation has here. Each is tried on a',
    'database of our own (`test/audit/other-linters.test.ts`).',
    '',
    ...(['splinter', 'pgrls'] as const).flatMap((tool) => rulesOf(tool, others)),
  ]
    .join('\n')
    .trimEnd()}\n`
}

function groupOf(title: string, lints: readonly Lint[]): readonly string[] {
  const rows = lints.map(({ id, severity, title: what, nearMiss, references }) =>
    row([id, severity, what, nearMiss, references.join(', ')]),
  )
  return [
    `## ${title}`,
    '',
    row(['id', 'severity', 'what is found', 'what is none', 'references']),
    row(Array(5).fill('---')),
    ...rows,
    '',
  ]
}

function rulesOf(tool: OtherRule['tool'], all: readonly OtherRule[]): readonly string[] {
  const rows = all
    .filter((rule) => rule.tool === tool)
    .map(({ id, about, ours, note = '' }) => row([id, about, ours ?? 'none', note]))
  return [
    `### ${tool}`,
    '',
    row(['theirs', 'what it is about', 'ours', 'note']),
    row(Array(4).fill('---')),
    ...rows,
    '',
  ]
}

const row = (cells: readonly string[]) => `| ${cells.map(cellOf).join(' | ')} |`

const cellOf = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
