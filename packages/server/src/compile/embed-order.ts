import { outputName } from '../plan/fields.js'
import { type EmbedNode, everyColumn, type PlannedField, type ReadNode } from '../plan/plan.js'
import { isGrouped } from './whole.js'

/** A value that an embed's subquery gives only for what is around to be ordered by. */
export interface SortColumn {
  readonly name: string
  readonly field: PlannedField
}

/**
 * What the subquery of an embed must give besides what it shows, for one term of an order; null where it shows it. Rows
 * that are grouped, inside or around, have no columns but those that they are grouped by.
 */
export function sortColumn(
  embed: EmbedNode,
  field: PlannedField,
  index: number,
  around: Pick<ReadNode, 'fields' | 'embeds'>,
): SortColumn | null {
  if (isGrouped(embed.node) || isGrouped(around)) return null
  if (field.name !== null && field.path.length === 0 && shows(embed.node, field.name)) return null
  return { name: `rolecast_order_${index + 1}`, field }
}

/** All of them. */
export function sortColumns(embed: EmbedNode, around: ReadNode): SortColumn[] {
  return around.order.flatMap(({ joinAlias, field }, index) =>
    joinAlias === embed.joinAlias ? (sortColumn(embed, field, index, around) ?? []) : [],
  )
}

/** Whether something of that name is shown as it is stored: casts and representations may order otherwise, or not at all. */
function shows({ fields, embeds, relation }: ReadNode, name: string): boolean {
  return (
    fields.some((output) =>
      output.field.name === everyColumn
        ? (relation?.columns.has(name) ?? true)
        : output.format === null && output.cast === null && outputName(output) === name,
    ) ||
    embeds.some(
      ({ output }) => output.kind === 'spread' && output.columns.some((one) => (one.alias ?? one.name) === name),
    )
  )
}
