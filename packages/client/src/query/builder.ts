import { type PrintedRequest, printMember } from '@rolecast/grammar'
import { countOf, wordOf } from '../checks.js'
import { ApiError } from '../errors/api-error.js'
import { withOptions } from '../http/context.js'
import { urlLimit } from '../http/send.js'
import type { CallOptions } from '../options.js'
import type { Result } from '../types/call.js'
import type { CountKind, ExplainOptions, OrderOptions } from '../types/rows.js'
import { conditionsOf, type FilterObject } from './conditions.js'
import { type Embeddable, embedOf, unshown } from './embed.js'
import {
  type Aggregates,
  aggregateItems,
  type Column,
  columnsOf,
  fieldOf,
  insideOf,
  isGrouped,
  nameIn,
  namesOf,
  type Paths,
  pathItems,
  withItems,
} from './items.js'
import { readCount, readCounted, readJson, readMaybe, readText } from './read.js'
import { requestOf } from './request.js'
import type { Item, OrderTerm } from './selection.js'
import { resultOf, send } from './send.js'
import type { State } from './state.js'

/** A condition, or what `flag && condition` is without the flag. */
type Said = FilterObject | false | null | undefined | '' | 0

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

  select(...columns: Column[]): this {
    return this.change({ items: columnsOf(this.state.meta, columns) })
  }

  add(items: Iterable<readonly [string, Item]>): this {
    return this.change({ items: withItems(this.state.items, items) })
  }

  embed(embeds: Readonly<Record<string, Embeddable>>): this {
    return Object.entries(embeds).reduce((query, [name, what]) => {
      const item = embedOf(this.state, name, what)
      return item.of?.items.size === 0 ? query.relate(name, item) : query.add([[name, item]])
    }, this)
  }

  spread(name: string, what: Embeddable): this {
    return this.add([[`...${name}${this.state.items.size}`, embedOf(this.state, name, what, true)]])
  }

  /** Adds an embed that is there for conditions and orders only. */
  relate(name: string, item = embedOf(this.state, name, [])): this {
    return this.change({ related: new Map([...this.state.related, [name, item]]) })
  }

  json(paths: Paths): this {
    return this.add(pathItems(this.state.meta, paths))
  }

  text(paths: Paths): this {
    return this.add(pathItems(this.state.meta, paths, '->>'))
  }

  aggregate(aggregates: Aggregates): this {
    return this.add(aggregateItems(this.state.meta, aggregates))
  }

  // Of which rows

  where(...filters: Said[]): this {
    return this.filter(this.given(filters))
  }

  filter(filters: readonly FilterObject[], isTree?: boolean): this {
    let query = this
    const onEmbed = (name: string, what: unknown): string => {
      if (!(what instanceof Builder)) {
        query = query.relate(name)
        return name
      }
      let { alias = `${name}_` } = what.state
      while (query.state.items.has(alias) || query.state.related.has(alias)) alias += '_'
      query = query.relate(alias, { ...embedOf({ ...this.state, via: name }, name, what), of: unshown(what.state) })
      return alias
    }
    const { meta, items, where, context } = this.state
    const about = { meta, items, onEmbed, features: context.features }
    const conditions = filters.flatMap((filter) => conditionsOf(filter, about, undefined, isTree))
    return query.change({ where: [...where, ...conditions] })
  }

  or(...alternatives: Said[]): this {
    return this.filter([{ $or: this.given(alternatives) }], true)
  }

  not(...conditions: Said[]): this {
    const $not = this.given(conditions)
    return conditions[0] !== undefined && !$not[0] ? this : this.filter([{ $not }], true)
  }

  /** Reads take `flag && { … }`; a write must not lose a condition. */
  private given(filters: readonly Said[]): FilterObject[] {
    return (this.state.method === 'GET' ? filters.filter(Boolean) : filters) as FilterObject[]
  }

  order(column: string, direction?: string, { nulls, path }: OrderOptions = {}): this {
    const { meta, items } = this.state
    return this.sort(insideOf(meta, items, column) ?? { column: nameIn(meta, column), path }, direction, nulls)
  }

  orderBy(embed: string, column: string, direction?: string, { nulls, path }: OrderOptions = {}): this {
    const [{ own = '' } = {}] = embedOf(this.state, embed, [column]).of?.items.values() ?? []
    return this.relate(embed).sort({ column: own, path, embed }, direction, nulls)
  }

  private sort(term: Omit<OrderTerm, 'end'>, direction?: string, nulls?: string): this {
    const end =
      (direction === undefined ? '' : `.${wordOf('order', direction, 'asc|desc')}`) +
      (nulls === undefined ? '' : `.nulls${wordOf('nulls', nulls, 'first|last')}`)
    return this.change({ order: [...this.state.order, { ...term, end }] })
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

  via(via: string): this {
    return this.change({ via })
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
    const wanted = Object.entries(options).flatMap(([name, isOn]) =>
      isOn ? wordOf('explain', name, 'analyze|verbose|settings|buffers|wal') : [],
    )
    const type = `application/vnd.pgrst.plan+${wordOf('format', format, 'json|text')}`
    return this.as(wanted[0] ? `${type};options=${wanted.join('|')}` : type, format === 'json' ? readJson : readText)
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

/**
 * What pages need is loaded with the first of them.
 * @throws ApiError
 */
async function* pagesOf(query: Builder, size: number): AsyncGenerator<unknown[]> {
  const pages = await import('./pages.js').catch((cause) => {
    throw new ApiError({ ...query.toRequest(), message: 'The code of pages did not load', cause }, 'NetworkError')
  })
  const tools = { printMember, fieldOf, isGrouped, nameIn, namesOf }
  yield* pages.pagesOf(query, size, urlLimit(query.state.context), tools)
}
