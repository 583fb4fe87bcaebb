import { printable } from '@rolecast/audit/printable'
import { type Rights, rightsBeyond, rightsOf } from '@rolecast/audit/rights'
import type { RoleOutput } from '../emit/generate-files.js'
import type { Changes } from '../emit/output-files.js'
import { count } from '../progress.js'
import { sizeOf } from './size.js'

/** Lines shown of what a role gained, and of what it lost. */
const shown = 20

/** What `--dry-run` found: each role's files by target, and what the role gained and lost since the last run. */
export function dryRunReport(
  outputs: readonly RoleOutput[],
  changes: Changes,
  lastRights: ReadonlyMap<string, Rights | null>,
): string {
  const [added, changed] = [new Set(changes.added), new Set(changes.changed)]
  const stateOf = (path: string) => (added.has(path) ? 'new' : changed.has(path) ? 'changed' : 'unchanged')
  const lines = outputs.flatMap(({ surface, folder, files }) => [
    surface.role,
    ...files.map(
      ({ target, path, content }) => `  ${stateOf(path)}  ${target}  ${path}  ${sizeOf(Buffer.byteLength(content))}`,
    ),
    ...rightsChanges(lastRights.get(folder) ?? null, rightsOf(surface)),
  ])
  const written = changes.added.length + changes.changed.length
  return [
    ...lines,
    ...changes.removed.map((path) => `left over  ${path}`),
    `${count(written, 'file')} would be written, ${changes.unchanged} unchanged, ${changes.removed.length} removed.`,
  ]
    .map((line) => `${printable(line)}\n`)
    .join('')
}

function rightsChanges(before: Rights | null, now: Rights): readonly string[] {
  if (before === null) return ['  no earlier run is known, so nothing is said of what the role gained or lost']
  const gained = rightsBeyond(now, before)
  const lost = rightsBeyond(before, now)
  if (gained.length + lost.length === 0) return ['  the role may do what it could at the last run']
  return [...excerpt('gained', gained), ...excerpt('lost', lost)]
}

function excerpt(word: string, rights: readonly string[]): readonly string[] {
  const lines = rights.slice(0, shown).map((right) => `  ${word}  ${right}`)
  const more = rights.length - shown
  return more > 0 ? [...lines, `  ${word}  … and ${more} more`] : lines
}
