import { type PrintedRequest, printName } from '@rolecast/grammar'
import { countOf, wordOf } from '../checks.js'
import { withOptions } from '../http/context.js'
import type { CallOptions } from '../options.js'
import type { Result } from '../types/call.js'
import type { CountKind, ExplainOptions, OrderOptions } from '../types/rows.js'
import { conditionsOf, type FilterObject } from './conditions.js'
import { type Embeddable, embedOf } from './embed.js'
import { type Aggregates, aggregateItems, columnsOf, fieldOf, type Paths, pathItems } from './items.js'
import { pagesOf } from './pages.js'
import { readCount, readCounted, readJson, readMaybe, readText } from './read.js'
import { requestOf } from './request.js'
import { resultOf, send } from './send.js'
import type { Item, State } from './state.js'

const rowsType = 'application/vnd.pgrst.array+json'

/**
 * A query: an immutable value, whose steps make others. It is sent when it is awaited, and each time it is. All steps are
 * here, whatever the generated types let through of them.
 */
export class Builder {
  declare readonly state: State

  /** What is not enumerable is in no log: the state has the client's options, with its token. */
  constructor(state: State) {
    Object.defineProperty(this, 'state', { value: state })
  }

  change(changes: Partial<State>): this {
    return new (this.constructor as typeof Builder)({ ...this.state, ...changes }) as this
  }

  // What is asked for

  select(...names: string[]): this {
    const { meta } = this.state
    return this.change({ items: columnsOf(meta, names[0] ? names : meta[0]) })
  }

  add(items: Iterable<readonly [string, Item]>): this {
    return this.change({ items: new Map([...this.state.items, ...items]) })
  }

  embed(embeds: Readonly<Record<string, Embeddable>>): this {
    return Object.entries(embeds).reduce((query, [name, what]) => query.join(name, what), this)
  }

  spread(name: string, what: Embeddable): this {
    return this.join(name, what, true)
  }

  /** Adds an embed, in the place of one that is there for conditions only. */
  join(name: string, what: Embeddable = [], isSpread = false): this {
    const isEmpty = 'length' in what && !what.length
    return isEmpty && !isSpread && this.state.items.has(name)
      ? this
      : this.add([embedOf(this.state, name, what, isSpread)])
  }

  json(paths: Paths): this {
    return this.add(pathItems(paths))
  }

  text(paths: Paths): this {
    return this.add(pathItems(paths, '->>'))
  }

  aggregate(aggregates: Aggregates): this {
    return this.add(aggregateItems(this.state.meta, aggregates))
  }

  // Of which rows

  where(...filters: FilterObject[]): this {
    return this.filter(filters)
  }

  filter(filters: readonly FilterObject[], isTree?: boolean): this {
    let query = this
    const onEmbed = (name: string) => {
      query = query.join(name)
    }
    const { meta, where } = this.state
    const conditions = filters.flatMap((filter) => conditionsOf(filter, meta, onEmbed, undefined, isTree))
    return query.change({ where: [...where, ...conditions] })
  }

  or(...$or: FilterObject[]): this {
    return this.filter([{ $or }], true)
  }

  not(...$not: FilterObject[]): this {
    return this.filter([{ $not }], true)
  }

  order(column: string, direction?: string, { nulls, path }: OrderOptions = {}, embed?: string): this {
    const field = fieldOf(column, path)
    const term =
      (embed ? `${printName(embed)}(${field})` : field) +
      (direction === undefined ? '' : `.${wordOf('order', direction, 'asc|desc')}`) +
      (nulls === undefined ? '' : `.nulls${wordOf('nulls', nulls, 'first|last')}`)
    return this.change({ order: (this.state.order && `${this.state.order},`) + term })
  }

  orderBy(embed: string, column: string, direction?: string, options?: OrderOptions): this {
    return this.join(embed).order(column, direction, options, embed)
  }

  limit(limit: number): this {
    return this.change({ limit: countOf('limit', limit) })
  }

  offset(offset: number): this {
    return this.change({ offset: countOf('offset', offset) })
  }

  inner(): this {
    return this.change({ inner: true })
  }

  // In which form

  prefer(preferences: State['prefer']): this {
    return this.change({ prefer: { ...this.state.prefer, ...preferences } })
  }

  /** Makes another result of the answer; `form` tells results of one request apart, in keys of caches. */
  private reading(form: string, read: State['read']): this {
    return this.change({ form: `${this.state.form ?? ''}${form} `, read })
  }

  /** Asks for another form of the answer, and reads it so. */
  as(Accept: string, read = this.state.read): this {
    return this.change({ headers: { ...this.state.headers, Accept }, read })
  }

  one(): this {
    return this.as((this.state.headers.Accept ?? rowsType).replace('array', 'object'))
  }

  maybe(): this {
    const { method, limit = 2 } = this.state
    return this.reading('maybe', readMaybe).change(method === 'GET' ? { limit } : {})
  }

  withCount(count: CountKind = 'exact'): this {
    return this.counting(count).reading('counted', readCounted)
  }

  count(count: CountKind = 'exact'): this {
    // The number of all rows: which page of them does not matter.
    const offset = this.state.offset === undefined ? {} : { offset: 0 }
    return this.counting(count).change({ method: 'HEAD', read: readCount, ...offset })
  }

  private counting(count: CountKind): this {
    return this.prefer({ count: wordOf('count', count, 'exact|planned|estimated') })
  }

  pages(size: number): AsyncIterable<unknown[]> {
    return pagesOf(this, countOf('pages', size, 1))
  }

  csv(): this {
    return this.as('text/csv', readText)
  }

  explain({ format = 'json', ...options }: ExplainOptions = {}): this {
    const wanted = Object.keys(options)
      .filter((name) => options[name as keyof typeof options])
      .map((name) => wordOf('explain', name, 'analyze|verbose|settings|buffers|wal'))
    return this.as(
      `application/vnd.pgrst.plan+${wordOf('format', format, 'json|text')}${wanted[0] ? `;options=${wanted.join('|')}` : ''}`,
      format === 'json' ? readJson : readText,
    )
  }

  stripNulls(): this {
    return this.as(`${rowsType};nulls=stripped`)
  }

  with(options: CallOptions): this {
    return this.change({ context: withOptions(this.state.context, options) })
  }

  // Sending it

  toRequest(): PrintedRequest {
    return requestOf(this.state)
  }

  toURL(): string {
    const { path, search } = this.toRequest()
    return this.state.context.url + path + search
  }

  async send(): Promise<unknown> {
    return send(this.state, this.toRequest())
  }

  result(): Promise<Result<unknown>> {
    return resultOf(this.send())
  }

  withResponse(): this {
    const { read } = this.state
    return this.reading('response', (text, state, response) => {
      const { status, headers } = response
      return { data: read(text, state, response), status, headers }
    })
  }

  // biome-ignore lint/suspicious/noThenProperty: awaiting a query sends it
  then<A, B>(
    fulfilled?: ((value: unknown) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.send().then(fulfilled, rejected) as Promise<A | B>
  }

  catch<B>(rejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<unknown> {
    return this.then(null, rejected)
  }

  finally(settled?: (() => void) | null): Promise<unknown> {
    return this.send().finally(settled)
  }
}
