import { type EmbedNode, everyColumn, type ReadNode, type SpreadColumn } from '../plan/plan.js'
import { identifier } from '../sql/quote.js'
import { columnSql, conditionsSql, orderSql, whereSql } from './conditions.js'
import { conditionsOf, embedSource } from './embed-source.js'
import { castSql, outputSql } from './fields.js'
import type { Parameters } from './statement.js'
import { belongsWholly, comesAsSet, isGrouped, isWhole, nullableKeys } from './whole.js'

/** Number of rows of a spread embed of many. */
const rowCount = 'rolecast_rows'
/** The rows of an embed, each as one. */
const allRows = 'rolecast_all'

export interface Manner {
  /** what embeds are made of: jsonb, byte for byte as PostgREST's; within such a one json, which takes less time */
  readonly json: 'json' | 'jsonb'
  /** nothing leaves out rows of what is around: see `comesAsSet` */
  readonly isWhole: boolean
}

/** A node as a SELECT. `from` is its source, alias included; `joined` are conditions that tie it to what is around. */
export function nodeSql(
  node: ReadNode,
  from: string,
  joined: readonly string[],
  parameters: Parameters,
  manner: Manner,
): string {
  const { items, joins, conditions } = partsOf(node, joined, parameters, manner)
  const keys = items.flatMap(({ isKey }, index) => (isKey ? [index + 1] : []))
  const groupBy = isGrouped(node) && keys.length > 0 ? ` GROUP BY ${keys.join(', ')}` : ''
  const order = orderSql(node.order, node.alias)
  return `SELECT ${listSql(items)} FROM ${from}${joins}${whereSql(conditions)}${groupBy}${order}${rangeSql(node, parameters)}`
}

interface Parts {
  readonly items: readonly Item[]
  readonly joins: string
  readonly conditions: readonly string[]
}

function partsOf(node: ReadNode, joined: readonly string[], parameters: Parameters, manner: Manner): Parts {
  const { alias, fields, embeds, order, where } = node
  const inner: Manner = {
    json: isGrouped(node) ? 'jsonb' : manner.json,
    isWhole: manner.isWhole && isWhole(node),
  }
  const items = [
    ...fields.map((field) => ({ sql: outputSql(field, alias), isKey: field.aggregate === null })),
    ...embeds.flatMap((embed) => embedItems(embed, inner.json)),
  ]
  const orderedBy = (join: string) =>
    new Set(order.flatMap(({ joinAlias, field }) => (joinAlias === join ? (field.name ?? []) : [])))
  const joins = embeds.map((embed) => joinSql(embed, node, orderedBy(embed.joinAlias), parameters, inner)).join('')
  return { items, joins, conditions: [...conditionsSql(where, alias, embeds, existsSql, parameters), ...joined] }
}

function listSql(items: readonly Item[]): string {
  return items.map(({ sql }) => sql).join(', ')
}

function rangeSql({ limit, offset, maximumRows }: ReadNode, parameters: Parameters): string {
  const limited =
    limit !== null
      ? ` LIMIT ${parameters.place({ from: 'limit', slot: limit, maximum: maximumRows })}`
      : maximumRows !== null
        ? ` LIMIT ${maximumRows}`
        : ''
  return offset === null
    ? limited
    : `${limited} OFFSET ${parameters.place({ from: 'literal', slot: offset, form: 'text' })}`
}

interface Item {
  readonly sql: string
  readonly isKey: boolean
}

/** What an embed puts into the select list above it. */
function embedItems({ joinAlias, name, toOne, output }: EmbedNode, json: Manner['json']): Item[] {
  if (output.kind === 'none') return []
  if (output.kind === 'spread') {
    return output.columns.map((column) => ({ sql: spreadSql(column, joinAlias), isKey: column.aggregate === null }))
  }
  const join = identifier(joinAlias)
  const value = toOne ? `to_${json}(${join}.*)` : `coalesce(${columnSql(joinAlias, joinAlias)}, '[]')`
  return [{ sql: `${value} AS ${identifier(name)}`, isKey: true }]
}

function spreadSql({ name, alias, aggregate, cast }: SpreadColumn, joinAlias: string): string {
  const column = name === everyColumn ? `${identifier(joinAlias)}.*` : columnSql(joinAlias, name)
  const value = aggregate === null ? column : `${aggregate}(${column})`
  const typed = cast === null ? value : castSql(value, cast)
  return alias === null ? typed : `${typed} AS ${identifier(alias)}`
}

/** That an embed has a row, where its subquery is joined. */
function existsSql({ joinAlias, toOne, output }: EmbedNode): string {
  if (toOne) return `(${identifier(joinAlias)} IS DISTINCT FROM NULL)`
  if (output.kind === 'json') return `(${columnSql(joinAlias, joinAlias)} IS NOT NULL)`
  return `(${columnSql(joinAlias, rowCount)} > 0)`
}

/** @param orderedBy columns of the embed that what is around is ordered by */
function joinSql(
  embed: EmbedNode,
  around: ReadNode,
  orderedBy: ReadonlySet<string>,
  parameters: Parameters,
  { json, isWhole }: Manner,
): string {
  const { joinAlias, toOne, inner, output, node, relationship } = embed
  if (comesAsSet(embed, around, isWhole)) return setJoinSql(embed, around.alias, parameters, json)
  const source = embedSource(embed, around.alias)
  // A foreign key leads to one row at most: without a limit PostgreSQL can join it as it likes.
  const shown = toOne && relationship.computed === null ? { ...node, maximumRows: null } : node
  const rows = nodeSql(
    node.fields.length === 0 && output.kind === 'none' ? withOutput(shown, orderedBy) : shown,
    source.from,
    conditionsOf(source),
    parameters,
    { json, isWhole: false },
  )
  const join = identifier(joinAlias)
  const subquery = toOne ? rows : manySql(embed, rows, json)
  const condition = inner && !toOne ? existsSql(embed) : 'TRUE'
  return ` ${inner ? 'INNER' : 'LEFT'} JOIN LATERAL (${subquery}) AS ${join} ON ${condition}`
}

/** All rows of an embed at once, grouped by what ties them to what is around. What is in them becomes jsonb with them. */
function setJoinSql(embed: EmbedNode, outerAlias: string, parameters: Parameters, json: Manner['json']): string {
  const { joinAlias, inner, node } = embed
  const { from, tied, links } = embedSource(embed, outerAlias)
  const filled = nullableKeys(embed).map((column) => `${columnSql(node.alias, column)} IS NOT NULL`)
  const manner: Manner = { json: 'json', isWhole: belongsWholly(embed) }
  const { items, joins, conditions } = partsOf(node, [...tied, ...filled], parameters, manner)
  const join = identifier(joinAlias)
  const row = identifier(allRows)
  const keys = links.map(({ own }, index) => `${own} AS ${identifier(keyName(index))}`)
  const array = `json_agg(${row}${orderSql(node.order, node.alias)})${json === 'jsonb' ? '::jsonb' : ''} AS ${join}`
  const set =
    `SELECT ${[...keys, array].join(', ')} FROM ${from}${joins}, LATERAL (SELECT ${listSql(items)}) AS ${row}` +
    `${whereSql(conditions)} GROUP BY ${links.map(({ own }) => own).join(', ')}`
  const on = links.map(({ outer }, index) => `${join}.${identifier(keyName(index))} = ${outer}`)
  return ` ${inner ? 'INNER' : 'LEFT'} JOIN (${set}) AS ${join} ON ${on.join(' AND ')}`
}

const keyName = (index: number) => `rolecast_key_${index + 1}`

/** These columns, and no more, which the role may not have; a subquery without any would have a row that looks like none. */
function withOutput(node: ReadNode, columns: ReadonlySet<string>): ReadNode {
  const rest = { format: null, cast: null, aggregate: null, aggregateCast: null }
  const marker = { field: { name: null, path: [], toJson: false }, alias: rowCount, ...rest }
  const fields = [...columns].map((name) => ({ field: { name, path: [], toJson: false }, alias: null, ...rest }))
  return { ...node, fields: [...fields, marker] }
}

/** Many rows as one: an array of objects, an array for each column of a spread, or only their number. */
function manySql({ joinAlias, output }: EmbedNode, rows: string, json: Manner['json']): string {
  const all = identifier(allRows)
  if (output.kind === 'json') return `SELECT ${json}_agg(${all}) AS ${identifier(joinAlias)} FROM (${rows}) AS ${all}`
  const columns = output.kind === 'none' ? [] : output.columns.map(({ alias, name }) => alias ?? name)
  const arrays = columns.map((name) => `coalesce(${json}_agg(${all}.${identifier(name)}), '[]') AS ${identifier(name)}`)
  return `SELECT ${[...arrays, `count(*) AS ${identifier(rowCount)}`].join(', ')} FROM (${rows}) AS ${all}`
}

/** Rows of a node that count: what it filters, and what its inner embeds leave. No ranges. */
export function countSql(node: ReadNode, from: string, joined: readonly string[], parameters: Parameters): string {
  const { alias, embeds, where } = node
  const test = (embed: EmbedNode) => `EXISTS (${embedCountSql(embed, alias, parameters)})`
  const conditions = [
    ...conditionsSql(where, alias, embeds, test, parameters),
    ...joined,
    ...embeds.filter(({ inner }) => inner).map(test),
  ]
  return `SELECT 1 FROM ${from}${whereSql(conditions)}`
}

function embedCountSql(embed: EmbedNode, outerAlias: string, parameters: Parameters): string {
  const source = embedSource(embed, outerAlias)
  return countSql(embed.node, source.from, conditionsOf(source), parameters)
}
