import type { ColumnModel, RelationshipModel } from '../../../templates/client/model.js'
import type { Asked } from './asked.js'

export type Row = Record<string, unknown>
type Step = 'embed' | 'spread' | 'text' | 'where' | 'order' | 'orderBy' | 'limit' | 'offset'

/** All steps of a query, whatever the types let through. */
export interface Query extends PromiseLike<Row[]>, Record<Step, (...args: readonly unknown[]) => Query> {
  toURL(): string
  pages(size: number): AsyncIterable<Row[]>
}
export type Client = Readonly<Record<string, { select(...columns: readonly unknown[]): Query }>>

/** What a value inside a document is called in the row. */
export const inside = 'value inside'

/** The name that a column has in the row. */
export function nameOf({ property }: ColumnModel, hasAlias: boolean): string {
  return hasAlias ? `the ${property}` : property
}

export function spreadName({ property }: RelationshipModel, column: ColumnModel): string {
  return `${property}: ${column.property}`
}

/** The query as an app writes it. */
export function inClient(db: Client, asked: Asked): Query {
  const from = (name: string) => db[name] as Client[string]
  const { columns, aliases, shown, where, order, limit, offset } = asked
  let query = from(asked.relation.property).select(
    ...columns.map((column) => (aliases ? { [nameOf(column, true)]: column.property } : column.property)),
  )
  if (asked.inside) query = query.text({ [inside]: [asked.inside.property, 'in', 't'] })
  for (const { relationship, columns, isSpread } of shown) {
    const { property, target } = relationship
    const names = columns.map((column) => [spreadName(relationship, column), column.property])
    query = isSpread
      ? query.spread(property, from(target.property).select(Object.fromEntries(names)))
      : query.embed({ [property]: columns.map((column) => column.property) })
  }
  query = query.where(...where.map(({ client }) => client))
  for (const { column, of, isInside, direction, nulls } of order) {
    const options = { ...(nulls && { nulls }), ...(isInside && { path: ['n'] }) }
    query = of
      ? query.orderBy(of.property, column.property, direction, options)
      : query.order(column.property, direction, options)
  }
  if (limit !== null) query = query.limit(limit)
  return offset === null ? query : query.offset(offset)
}
