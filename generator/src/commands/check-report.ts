import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Paint } from '../colors.js'
import { lineChanges } from '../emit/line-changes.js'
import type { Changes, OutputFile } from '../emit/output-files.js'

/** Lines shown of each file, of those it would gain and of those it would lose. */
const shown = 10

/** What `--check` found, a line for each file, and below an outdated one what would change in it. */
export async function checkReport(
  { added, changed, removed }: Changes,
  files: readonly OutputFile[],
  folder: string,
  paint: Paint,
): Promise<string> {
  const contents = new Map(files.map(({ path, content }) => [path, content]))
  const lines = added.map((path) => `missing  ${path}`)
  for (const path of changed) {
    lines.push(`outdated ${path}`)
    const difference = lineChanges(await readFile(join(folder, path), 'utf8'), contents.get(path) ?? '')
    lines.push(...excerpt('-', difference.removed, paint), ...excerpt('+', difference.added, paint))
  }
  lines.push(...removed.map((path) => `left over ${path}`))
  return lines.map((line) => `${line}\n`).join('')
}

function excerpt(sign: '-' | '+', lines: readonly string[], paint: Paint): string[] {
  const more = lines.length - shown
  const first = lines.slice(0, shown).map((line) => paint(sign === '-' ? 'red' : 'green', `  ${sign} ${line}`))
  return more > 0 ? [...first, `  ${sign} … and ${more} more`] : first
}
