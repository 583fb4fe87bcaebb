import { type EmbedNode, everyColumn, type ReadNode, type SpreadColumn } from '../plan/plan.js'
import { identifier } from '../sql/quote.js'
import { columnSql, conditionsSql, orderSql, whereSql } from './conditions.js'
import { type SortColumn, sortColumns } from './embed-order.js'
import { conditionsOf, embedSource } from './embed-source.js'
import { castSql, fieldSql, outputSql } from './fields.js'
import type { Parameters } from './statement.js'
import { belongsWholly, comesAsSet, isGrouped, isWhole, nullableKeys } from './whole.js'

/** Number of rows of a spread embed of many. */
const rowCount = 'rolecast_rows'
/** The rows of an embed, each as one. */
const allRows = 'rolecast_all'

/**
 * What embeds are made of: json, which keeps the keys in the order selected and takes less time; jsonb where rows are
 * grouped by them, since json cannot be compared.
 */
type EmbedJson = 'json' | 'jsonb'

/** What a node gives besides what it shows. */
interface Hidden {
  readonly columns: readonly SortColumn[]
  /** what it shows stands apart, as one column */
  readonly isApart: boolean
}

const nothingHidden: Hidden = { columns: [], isApart: false }

/**
 * A node as a SELECT. `from` is its source, alias included; `joined` are conditions that tie it to what is around.
 * @param nothingLeftOut nothing but the node's own conditions leaves rows of its relation out: see `comesAsSet`
 */
export function nodeSql(
  node: ReadNode,
  from: string,
  joined: readonly string[],
  parameters: Parameters,
  nothingLeftOut: boolean,
  hidden = nothingHidden,
): string {
  const { items, joins, conditions } = partsOf(node, joined, parameters, nothingLeftOut)
  const sorting = hidden.columns.map(({ field, name }) => `${fieldSql(field, node.alias)} AS ${identifier(name)}`)
  if (hidden.isApart && sorting.length > 0) {
    const row = identifier(allRows)
    return (
      `SELECT ${[row, ...sorting].join(', ')} FROM ${from}${joins}, LATERAL (SELECT ${listSql(items)}) AS ${row}` +
      `${whereSql(conditions)}${orderSql(node)}${rangeSql(node, parameters)}`
    )
  }
  const keys = items.flatMap(({ isKey }, index) => (isKey ? [index + 1] : []))
  const groupBy = isGrouped(node) && keys.length > 0 ? ` GROUP BY ${keys.join(', ')}` : ''
  const order = orderSql(node)
  return `SELECT ${[listSql(items), ...sorting].join(', ')} FROM ${from}${joins}${whereSql(conditions)}${groupBy}${order}${rangeSql(node, parameters)}`
}

interface Parts {
  readonly items: readonly Item[]
  readonly joins: string
  readonly conditions: readonly string[]
}

function partsOf(node: ReadNode, joined: readonly string[], parameters: Parameters, nothingLeftOut: boolean): Parts {
  const { alias, fields, embeds, where } = node
  const json = isGrouped(node) ? 'jsonb' : 'json'
  const isAll = nothingLeftOut && isWhole(node)
  const items = [
    ...fields.map((field) => ({ sql: outputSql(field, alias), isKey: field.aggregate === null })),
    ...embeds.flatMap((embed) => embedItems(embed, json, sortColumns(embed, node).length > 0)),
  ]
  const joins = embeds.map((embed) => joinSql(embed, node, parameters, json, isAll)).join('')
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

/**
 * What an embed puts into the select list above it.
 * @param isApart what is shown stands in one column of the subquery, beside what is only ordered by
 */
function embedItems({ joinAlias, name, toOne, output }: EmbedNode, json: EmbedJson, isApart: boolean): Item[] {
  if (output.kind === 'none') return []
  if (output.kind === 'spread') {
    return output.columns.map((column) => ({ sql: spreadSql(column, joinAlias), isKey: column.aggregate === null }))
  }
  const row = isApart ? columnSql(joinAlias, allRows) : `${identifier(joinAlias)}.*`
  const value = toOne ? `to_${json}(${row})` : `coalesce(${columnSql(joinAlias, joinAlias)}, '[]')`
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

function joinSql(
  embed: EmbedNode,
  around: ReadNode,
  parameters: Parameters,
  json: EmbedJson,
  aroundIsWhole: boolean,
): string {
  const { joinAlias, toOne, inner, output, node, relationship } = embed
  if (comesAsSet(embed, around, aroundIsWhole)) return setJoinSql(embed, around.alias, parameters, json)
  const source = embedSource(embed, around.alias)
  // A foreign key leads to one row at most: without a limit PostgreSQL can join it as it likes.
  const shown = toOne && relationship.computed === null ? { ...node, maximumRows: null } : node
  const rows = nodeSql(
    node.fields.length === 0 && output.kind === 'none' ? withMarker(shown) : shown,
    source.from,
    conditionsOf(source),
    parameters,
    false,
    { columns: sortColumns(embed, around), isApart: output.kind === 'json' },
  )
  const join = identifier(joinAlias)
  const subquery = toOne ? rows : manySql(embed, rows, json)
  const condition = inner && !toOne ? existsSql(embed) : 'TRUE'
  return ` ${inner ? 'INNER' : 'LEFT'} JOIN LATERAL (${subquery}) AS ${join} ON ${condition}`
}

/** All rows of an embed at once, grouped by what ties them to what is around. */
function setJoinSql(embed: EmbedNode, outerAlias: string, parameters: Parameters, json: EmbedJson): string {
  const { joinAlias, inner, node } = embed
  const { from, tied, links } = embedSource(embed, outerAlias)
  const filled = nullableKeys(embed).map((column) => `${columnSql(node.alias, column)} IS NOT NULL`)
  const { items, joins, conditions } = partsOf(node, [...tied, ...filled], parameters, belongsWholly(embed))
  const join = identifier(joinAlias)
  const row = identifier(allRows)
  const keys = links.map(({ own }, index) => `${own} AS ${identifier(keyName(index))}`)
  const array = `json_agg(${row}${orderSql(node)})${json === 'jsonb' ? '::jsonb' : ''} AS ${join}`
  const set =
    `SELECT ${[...keys, array].join(', ')} FROM ${from}${joins}, LATERAL (SELECT ${listSql(items)}) AS ${row}` +
    `${whereSql(conditions)} GROUP BY ${links.map(({ own }) => own).join(', ')}`
  const on = links.map(({ outer }, index) => `${join}.${identifier(keyName(index))} = ${outer}`)
  return ` ${inner ? 'INNER' : 'LEFT'} JOIN (${set}) AS ${join} ON ${on.join(' AND ')}`
}

const keyName = (index: number) => `rolecast_key_${index + 1}`

/** A subquery without any column would have a row that looks like none. */
function withMarker(node: ReadNode): ReadNode {
  const field = { name: null, path: [], toJson: false }
  const rest = { format: null, cast: null, aggregate: null, aggregateCast: null }
  return { ...node, fields: [...node.fields, { field, alias: rowCount, ...rest }] }
}

/** Many rows as one: an array of objects, an array for each column of a spread, or only their number. */
function manySql({ joinAlias, output }: EmbedNode, rows: string, json: EmbedJson): string {
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
