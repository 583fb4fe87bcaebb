import { splitQualifiedName } from '@rolecast/catalog'
import type { EmbedNode, ReadNode, SpreadColumn } from '../plan/plan.js'
import { columnSql, conditionsSql, orderSql, whereSql } from './conditions.js'
import { castSql, outputSql } from './fields.js'
import { identifier, qualified } from './quote.js'
import type { Parameters } from './statement.js'

/** Number of rows of a spread embed of many. */
const rowCount = 'rolecast_rows'

/** A node as a SELECT. `from` is its source, alias included; `joined` are conditions that tie it to what is around. */
export function nodeSql(node: ReadNode, from: string, joined: readonly string[], parameters: Parameters): string {
  const { alias, embeds, where } = node
  const grouped = isGrouped(node)
  const items = [
    ...node.fields.map((field) => ({ sql: outputSql(field, alias), isKey: field.aggregate === null })),
    ...embeds.flatMap(embedItems),
  ]
  const orders = new Set(node.order.map(({ joinAlias }) => joinAlias))
  const joins = embeds.map((embed) => joinSql(embed, alias, orders.has(embed.joinAlias), parameters)).join('')
  const conditions = [...conditionsSql(where, alias, embeds, existsSql, parameters), ...joined]
  const keys = items.flatMap(({ isKey }, index) => (isKey ? [index + 1] : []))
  const groupBy = grouped && keys.length > 0 ? ` GROUP BY ${keys.join(', ')}` : ''
  const list = items.map(({ sql }) => sql).join(', ')
  return `SELECT ${list} FROM ${from}${joins}${whereSql(conditions)}${groupBy}${orderSql(node.order, alias)}${rangeSql(node, parameters)}`
}

function isGrouped({ fields, embeds }: ReadNode): boolean {
  return (
    fields.some(({ aggregate }) => aggregate !== null) ||
    embeds.some(({ output }) => output.kind === 'spread' && output.columns.some(({ aggregate }) => aggregate !== null))
  )
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

/** What an embed puts into the select list above it. It is jsonb, which has the equality that grouping needs. */
function embedItems({ joinAlias, name, toOne, output }: EmbedNode): Item[] {
  if (output.kind === 'none') return []
  if (output.kind === 'spread') {
    return output.columns.map((column) => ({ sql: spreadSql(column, joinAlias), isKey: column.aggregate === null }))
  }
  const join = identifier(joinAlias)
  const value = toOne ? `to_jsonb(${join}.*)` : `coalesce(${columnSql(joinAlias, joinAlias)}, '[]')`
  return [{ sql: `${value} AS ${identifier(name)}`, isKey: true }]
}

function spreadSql({ name, alias, aggregate, cast }: SpreadColumn, joinAlias: string): string {
  const column = name === '*' ? `${identifier(joinAlias)}.*` : columnSql(joinAlias, name)
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

/** @param orders whether what is around is ordered by the embed's columns */
function joinSql(embed: EmbedNode, outerAlias: string, orders: boolean, parameters: Parameters): string {
  const { joinAlias, toOne, inner, output, node } = embed
  const source = embedSource(embed, outerAlias)
  const rows = nodeSql(
    node.fields.length === 0 && output.kind === 'none' ? withOutput(node, orders ? everything : marker) : node,
    source.from,
    source.joined,
    parameters,
  )
  const join = identifier(joinAlias)
  const subquery = toOne ? rows : manySql(embed, rows)
  const condition = inner && !toOne ? existsSql(embed) : 'TRUE'
  return ` ${inner ? 'INNER' : 'LEFT'} JOIN LATERAL (${subquery}) AS ${join} ON ${condition}`
}

/** A subquery without columns would have a row that looks like none. */
function withOutput(node: ReadNode, { name, alias }: typeof marker | typeof everything): ReadNode {
  const field = { name, path: [], toJson: false }
  return { ...node, fields: [{ field, format: null, cast: null, aggregate: null, aggregateCast: null, alias }] }
}

const marker = { name: null, alias: rowCount }
const everything = { name: '*', alias: null }

/** Many rows as one: an array of objects, an array for each column of a spread, or only their number. */
function manySql({ joinAlias, output }: EmbedNode, rows: string): string {
  const all = identifier('rolecast_all')
  if (output.kind === 'json') return `SELECT jsonb_agg(${all}) AS ${identifier(joinAlias)} FROM (${rows}) AS ${all}`
  const columns = output.kind === 'none' ? [] : output.columns.map(({ alias, name }) => alias ?? name)
  const arrays = columns.map((name) => `coalesce(jsonb_agg(${all}.${identifier(name)}), '[]') AS ${identifier(name)}`)
  return `SELECT ${[...arrays, `count(*) AS ${identifier(rowCount)}`].join(', ')} FROM (${rows}) AS ${all}`
}

interface Source {
  readonly from: string
  readonly joined: readonly string[]
}

function embedSource({ node, relationship, junctionAlias }: EmbedNode, outer: string): Source {
  const { columns, junction, computed } = relationship
  const { alias } = node
  const target = qualifiedSql(relationship.target)
  if (computed !== null) {
    const row = `${identifier(outer)}::${qualifiedSql(relationship.source)}`
    return { from: `${functionSql(computed.function)}(${row}) AS ${identifier(alias)}`, joined: [] }
  }
  if (junction === null) {
    const joined = columns.map(([source, other]) => `${columnSql(alias, other)} = ${columnSql(outer, source)}`)
    return { from: `${target} AS ${identifier(alias)}`, joined }
  }
  const through = `${qualifiedSql(junction.relation)} AS ${identifier(junctionAlias)}`
  return {
    from: `${target} AS ${identifier(alias)}, ${through}`,
    joined: [
      ...junction.targetColumns.map(([other, own]) => `${columnSql(junctionAlias, own)} = ${columnSql(alias, other)}`),
      ...junction.sourceColumns.map(
        ([source, own]) => `${columnSql(junctionAlias, own)} = ${columnSql(outer, source)}`,
      ),
    ],
  }
}

function qualifiedSql(name: string): string {
  const parts = splitQualifiedName(name)
  return qualified(parts.schema, parts.name)
}

/** The name part of a signature is already SQL. */
function functionSql(signature: string): string {
  const name = /^(?:"(?:[^"]|"")*"|[^".(]+)\.(?:"(?:[^"]|"")*"|[^".(]+)/s.exec(signature)
  return name === null ? identifier(signature) : qualifiedSql(name[0])
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
  const { from, joined } = embedSource(embed, outerAlias)
  return countSql(embed.node, from, joined, parameters)
}
