import { grades, markdownCode } from '@rolecast/audit'
import { printable } from '@rolecast/audit/printable'
import { count } from '../progress.js'
import type { WitnessedChange } from './changes-between.js'
import type { Witness } from './witness.js'

/** Changes as a terminal shows them: the worst first. */
export function diffText(changes: readonly WitnessedChange[]): string {
  if (changes.length === 0) return 'No difference.\n'
  const lines = worstFirst(changes).flatMap(({ grade, change, message, witness }) => [
    `${grade.toUpperCase()} ${change}: ${printable(message)}`,
    ...(witness === undefined ? [] : [`  Try: ${printable(witness.request)}${outcome(witness)}`]),
  ])
  return `${lines.join('\n')}\n\n${summary(changes)}\n`
}

/** The same for a pull request. Names are code, so that they cannot be markup. */
export function diffMarkdown(changes: readonly WitnessedChange[]): string {
  if (changes.length === 0) return '### Permissions\n\nNo difference.\n'
  const head = ['| grade | role | change | what | request |', '| --- | --- | --- | --- | --- |']
  const rows = worstFirst(changes).map(
    ({ grade, role, change, message, witness }) =>
      `| **${grade}** | ${markdownCode(role)} | ${change} | ${markdownCode(message)} | ${witness === undefined ? '' : `${markdownCode(witness.request)}${outcome(witness)}`} |`,
  )
  return `### Permissions\n\n${summary(changes)}\n\n${[...head, ...rows].join('\n')}\n`
}

function worstFirst(changes: readonly WitnessedChange[]): readonly WitnessedChange[] {
  return changes.toSorted((a, b) => grades.indexOf(b.grade) - grades.indexOf(a.grade))
}

function summary(changes: readonly WitnessedChange[]): string {
  const counts = grades
    .toReversed()
    .map((grade) => ({ grade, number: changes.filter((change) => change.grade === grade).length }))
    .filter(({ number }) => number > 0)
  return `${count(changes.length, 'change')}: ${counts.map(({ grade, number }) => `${number} ${grade}`).join(', ')}`
}

function outcome({ before, after }: Witness): string {
  return before === null || after === null ? ' (not tried)' : ` (${before} before, ${after} after)`
}
