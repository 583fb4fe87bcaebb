import type { RoleUsage, UnusedCell, UsageCell } from '@rolecast/audit'
import { printable } from '@rolecast/audit/printable'
import { count } from '../progress.js'
import type { AppUsage } from '../usage/read-usage.js'

/** Used beside granted as a terminal shows it: a line for each object, and the SQL that narrows. */
export function usageText(roles: readonly RoleUsage[], { unresolved, calls }: AppUsage): string {
  const lines = [
    ...roles.flatMap(roleLines),
    `${count(calls, 'call')} read, ${unresolved.length} of which it cannot be told what they ask${unresolved.length > 0 ? ':' : '.'}`,
    ...unresolved.map(
      ({ file, line, reason }) => `  ${file}:${line}: ${reason} Nothing that it could need is revoked.`,
    ),
  ]
  return `${lines.map(printable).join('\n')}\n`
}

function roleLines({ role, used, unused, sql, notes }: RoleUsage): readonly string[] {
  return [
    role,
    '  uses',
    ...objectLines(used),
    unused.length === 0 ? '  has nothing that it does not use' : '  has, and does not use',
    ...objectLines(unused),
    ...notes.map((note) => `  ${note}`),
    ...(sql.length === 0 ? [] : ['  narrowed by', ...sql.map((statement) => `    ${statement};`)]),
    '',
  ]
}

function objectLines(cells: readonly (UsageCell | UnusedCell)[]): readonly string[] {
  const byObject = new Map<string, (UsageCell | UnusedCell)[]>()
  for (const cell of cells) byObject.set(cell.object, [...(byObject.get(cell.object) ?? []), cell])
  const width = Math.min(40, Math.max(0, ...[...byObject.keys()].map((object) => object.length)))
  return [...byObject].map(([object, all]) => `    ${object.padEnd(width)}  ${verbsOf(all)}`)
}

function verbsOf(cells: readonly (UsageCell | UnusedCell)[]): string {
  const byVerb = new Map<string, string[]>()
  for (const cell of cells) {
    const verb = 'from' in cell && cell.from === 'PUBLIC' ? `${cell.verb} by PUBLIC` : cell.verb
    byVerb.set(verb, [...(byVerb.get(verb) ?? []), ...(cell.column === undefined ? [] : [cell.column])])
  }
  return [...byVerb]
    .map(([verb, columns]) => (columns.length > 0 ? `${verb} (${columns.join(', ')})` : verb))
    .join('; ')
}
