import type { OrderTerm } from '@rolecast/grammar'
import type { AggregateFunction, CountKind, ExplainOptions, OrderOptions } from '../types/rows.js'
import { conditionsOf, type FilterObject } from './conditions.js'
import { type Embeddable, embedOf } from './embed.js'
import { pagesOf } from './pages.js'
import { readCount, readCounted, readJson, readMaybe, readRows, readText } from './read.js'
import { type ColumnItem, castOf, columnsOf, fieldOf, kindOf, selectField } from './select-items.js'
import { Step } from './step.js'

const rowsType = 'application/vnd.pgrst.array+json'

type Path = readonly [column: string, ...path: (string | number)[]]

/** Every query, write and call: all steps, whatever the generated types let through of them. */
export class Builder extends Step {
  // What is asked for

  select(...names: string[]): this {
    return this.extend({ items: columnsOf(this.state.meta, names) })
  }

  returning(...names: string[]): this {
    return this.select(...names)
      .prefer({ return: 'representation' })
      .change({ read: readRows })
  }

  embed(embeds: Record<string, Embeddable>): this {
    return Object.entries(embeds).reduce((query, [name, what]) => query.join(name, what), this)
  }

  spread(name: string, what: Embeddable): this {
    return this.join(name, what, true)
  }

  /** Adds an embed, in the place of one that is there for conditions only. */
  join(name: string, what?: Embeddable, spread?: boolean): this {
    const { items } = this.selection
    const others = items.filter((item) => item.kind !== 'embed' || item.spread || (item.alias ?? item.target) !== name)
    if (!what && others.length < items.length) return this
    return this.extend({ items: [...others, embedOf(this.state, name, what, spread)] })
  }

  json(paths: Record<string, Path>, last: '->' | '->>' = '->'): this {
    return this.add(
      ...Object.entries(paths).map(([alias, [column, ...path]]) => selectField(fieldOf(column, path, last), { alias })),
    )
  }

  text(paths: Record<string, Path>): this {
    return this.json(paths, '->>')
  }

  aggregate(aggregates: Record<string, 'count' | { [F in AggregateFunction]?: string }>): this {
    const { meta } = this.state
    return this.add(
      ...Object.entries(aggregates).map(([alias, asked]): ColumnItem => {
        const [aggregate, column] = (typeof asked === 'string' ? [asked] : Object.entries(asked)[0]) as [
          AggregateFunction,
          string?,
        ]
        if (!column) return selectField(null, { alias, aggregate })
        const { cast, isBigint } = castOf(aggregate === 'count' ? undefined : kindOf(meta, column))
        const item = selectField(fieldOf(column), { alias, aggregate, aggregateCast: cast })
        return isBigint && aggregate !== 'avg' ? { ...item, isBigint } : item
      }),
    )
  }

  // Of which rows

  where(...filters: FilterObject[]): this {
    const embeds = new Set<string>()
    const conditions = filters.flatMap((filter) => conditionsOf(filter, this.state.meta, embeds))
    const joined = [...embeds].reduce((query, name) => query.join(name), this)
    const { unfiltered = false } = this.state
    return joined
      .extend({ where: [...joined.selection.where, ...conditions] })
      .change({ unfiltered: unfiltered && conditions.length === 0 })
  }

  or(...alternatives: FilterObject[]): this {
    return this.where({ $or: alternatives })
  }

  not(...filters: FilterObject[]): this {
    return this.where(...filters.map(($not) => ({ $not })))
  }

  all(): this {
    return this.change({ unfiltered: false })
  }

  order(column: string, direction?: OrderTerm['direction'], options?: OrderOptions, embed: string | null = null): this {
    const field = fieldOf(column, options?.path)
    const term = { embed, field, direction: direction ?? null, nulls: options?.nulls ?? null }
    return this.extend({ order: [...this.selection.order, term] })
  }

  orderBy(embed: string, column: string, direction?: OrderTerm['direction'], options?: OrderOptions): this {
    return this.join(embed).order(column, direction, options, embed)
  }

  limit(limit: number): this {
    return this.extend({ limit })
  }

  offset(offset: number): this {
    return this.extend({ offset })
  }

  inner(): this {
    return this.change({ inner: true })
  }

  // In which form

  one(): this {
    const [form = rowsType] = this.state.query.accept
    return this.as(form.replace('array', 'object'))
  }

  maybe(): this {
    const { query } = this.state
    const some = query.kind === 'read' && this.selection.limit === null ? this.limit(2) : this
    return some.change({ read: readMaybe })
  }

  withCount(count: CountKind = 'exact'): this {
    return this.prefer({ count }).change({ read: readCounted })
  }

  count(count: CountKind = 'exact'): this {
    return this.prefer({ count }).say({ headOnly: true }).change({ read: readCount })
  }

  pages(size: number): AsyncIterable<unknown[]> {
    return pagesOf(this, size)
  }

  csv(): this {
    return this.as('text/csv', readText)
  }

  explain({ format = 'json', ...options }: ExplainOptions = {}): this {
    const wanted = Object.keys(options).filter((name) => options[name as keyof typeof options])
    const type = `application/vnd.pgrst.plan+${format}${wanted.length > 0 ? `;options=${wanted.join('|')}` : ''}`
    return this.as(type, format === 'json' ? readJson : readText)
  }

  stripNulls(): this {
    return this.as(`${rowsType};nulls=stripped`)
  }

  maxAffected(maxAffected: number): this {
    return this.prefer({ handling: 'strict', maxAffected })
  }

  rollback(): this {
    return this.prefer({ transaction: 'rollback' })
  }
}
