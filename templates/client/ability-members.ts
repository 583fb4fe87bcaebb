import { literal } from '../writing/literals.js'
import type { ColumnModel } from './model.js'

/**
 * The members of a table's interface that say which of its columns PostgreSQL can order by and aggregate. `fields`: the
 * interface of these columns. `named`: those that conditions and orders can name, if not all.
 */
export function abilityMembers(
  fields: string,
  columns: readonly ColumnModel[],
  named: readonly ColumnModel[] = columns,
): string[] {
  return (['ordered', 'ranked', 'summed'] as const).map((ability) => {
    const able = columns.filter(
      (column) => column.type.abilities[ability] && (ability !== 'ordered' || named.includes(column)),
    )
    const unable = columns.filter((column) => !able.includes(column))
    const all = `keyof ${fields}`
    if (unable.length >= able.length) return `  ${ability}: ${able.length === 0 ? 'never' : union(able)}`
    return `  ${ability}: ${unable.length === 0 ? all : `Exclude<${all}, ${union(unable)}>`}`
  })
}

function union(columns: readonly ColumnModel[]): string {
  return columns.map(({ property }) => literal(property)).join(' | ')
}
