import { printable } from './printable.js'

/** Text as code, in a table's cell too: there a bar ends the cell even within a code span, and cannot always be escaped. */
export function markdownCode(text: string): string {
  const safe = printable(text)
  if (safe.includes('|')) return `<code>${markdownText(text)}</code>`
  const fence = '`'.repeat(longestRun(safe) + 1)
  const space = safe.startsWith('`') || safe.endsWith('`') ? ' ' : ''
  return `${fence}${space}${safe}${space}${fence}`
}

/** Text that is no markup, makes no link and mentions nobody, in a table's cell too. */
export function markdownText(text: string): string {
  return printable(text)
    .replace(/[!-/:-@[-`{-~]/g, '\\$&')
    .replace(/\\([@#])/g, '$1&#8203;')
}

/** A block of SQL, whatever is in it. */
export function markdownBlock(sql: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(sql) + 1))
  return `${fence}sql\n${sql}\n${fence}`
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
}
