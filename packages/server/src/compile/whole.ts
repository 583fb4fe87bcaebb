import { type EmbedNode, everyColumn, type OutputField, type ReadNode } from '../plan/plan.js'

/**
 * Embeds of many rows are joined in one of two ways: laterally, which looks up the rows of each row around, or as a set,
 * where all rows are grouped once by what they belong to. A set is some times as fast where all rows around are asked
 * for, and may be as slow as the whole table is long where few are: it is taken only where nothing is left out, so that
 * what is grouped is shown.
 */
export function comesAsSet(embed: EmbedNode, around: ReadNode, aroundIsWhole: boolean): boolean {
  const { node, output, toOne, inner, relationship } = embed
  if (toOne || output.kind !== 'json' || relationship.computed !== null || !aroundIsWhole) return false
  // Rows around that have no row in an inner embed are left out of its siblings.
  if (!inner && around.embeds.some((sibling) => sibling.inner)) return false
  return !isCut(node) && !isGrouped(node) && node.fields.every((field) => isPlain(field, node))
}

/** Whether all rows of a relation are asked for, when all that belong to rows around are. */
export function isWhole(node: ReadNode): boolean {
  return node.where.length === 0 && !isCut(node) && node.relation?.showsAll === true
}

/** Whether every row of an embedded relation belongs to one around, so that all of it is shown when all around is. */
export function belongsWholly(embed: EmbedNode): boolean {
  return embed.relationship.junction === null && nullableKeys(embed).length === 0
}

/** Columns of an embed that refer to what is around, but need not. */
export function nullableKeys({ node: { relation }, relationship: { junction, columns } }: EmbedNode): string[] {
  if (junction !== null) return []
  const notNull = new Set(relation?.relation.columns.flatMap((column) => (column.notNull ? [column.name] : [])))
  return columns.flatMap(([, own]) => (notNull.has(own) ? [] : [own]))
}

/** Limits are of the rows of each row around. */
function isCut({ limit, offset, maximumRows }: ReadNode): boolean {
  return limit !== null || offset !== null || maximumRows !== null
}

/** What could fail, or cost, is computed only for rows that are shown. */
function isPlain({ field, format, cast, aggregate }: OutputField, { relation }: ReadNode): boolean {
  if (format !== null || cast !== null || aggregate !== null || field.name === null) return false
  return field.name === everyColumn || (relation?.columns.has(field.name) ?? false)
}

export function isGrouped({ fields, embeds }: Pick<ReadNode, 'fields' | 'embeds'>): boolean {
  return (
    fields.some(({ aggregate }) => aggregate !== null) ||
    embeds.some(({ output }) => output.kind === 'spread' && output.columns.some(({ aggregate }) => aggregate !== null))
  )
}
