import { printable } from '@rolecast/audit/printable'
import type { Surface } from '@rolecast/catalog'

/** A surface as a table for people: one line a relation, then the functions. */
export function surfaceTable(surface: Surface, schemas: readonly string[]): string {
  const lines = [`${surface.role} may, in ${schemas.join(', ')}:`, '']
  const rows = surface.relations.map((relation) => [
    `${relation.schema}.${relation.name}`,
    columns(relation.select),
    columns(relation.insert),
    columns(relation.update),
    relation.delete ? 'yes' : '-',
  ])
  if (rows.length > 0) lines.push(...table([['relation', 'select', 'insert', 'update', 'delete'], ...rows]), '')
  if (surface.functions.length > 0) {
    lines.push(
      'call:',
      ...surface.functions.filter((f) => !f.isFurtherWay).map((f) => `  ${f.schema}.${f.name}(${f.arguments})`),
      '',
    )
  }
  if (rows.length === 0 && surface.functions.length === 0) lines.push('nothing at all.', '')
  return lines.map((line) => `${printable(line).trimEnd()}\n`).join('')
}

const columns = (names: readonly string[]): string => (names.length === 0 ? '-' : names.join(', '))

/** Wide cells are wrapped at commas, so that the table stays readable. */
function table(rows: readonly (readonly string[])[], widest = 32): string[] {
  const cells = rows.map((row) => row.map((cell) => wrap(printable(cell), widest)))
  const widths = (cells[0] ?? []).map((_, i) =>
    Math.max(...cells.flatMap((row) => (row[i] ?? []).map((line) => line.length))),
  )
  return cells.flatMap((row) => {
    const height = Math.max(...row.map((cell) => cell.length))
    return Array.from(
      { length: height },
      (_, line) => `  ${row.map((cell, i) => (cell[line] ?? '').padEnd(widths[i] ?? 0)).join('  ')}`,
    )
  })
}

function wrap(cell: string, widest: number): string[] {
  const lines = ['']
  for (const part of cell.split(/(?<=, )/)) {
    const last = lines.length - 1
    if (lines[last] !== '' && (lines[last] + part).trimEnd().length > widest) lines.push(part)
    else lines[last] += part
  }
  return lines.map((line) => line.trimEnd())
}
