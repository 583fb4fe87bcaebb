import type { printMember } from '@rolecast/grammar'
import type { fieldOf, isGrouped, nameIn, namesOf } from './items.js'
import type { Item, OrderTerm, Parameter } from './selection.js'
import type { Query, State } from './state.js'

type Row = Record<string, unknown>

/** A query whose rows can be asked for. */
interface RowsQuery extends Query, PromiseLike<unknown> {
  change(changes: Partial<State>): RowsQuery
  toURL(): string
}

/**
 * What pages take of the modules that every client has. They do not import them: a bundler would cut the client in two
 * files, one of which both load.
 */
interface PageTools {
  readonly printMember: typeof printMember
  readonly fieldOf: typeof fieldOf
  readonly isGrouped: typeof isGrouped
  readonly nameIn: typeof nameIn
  readonly namesOf: typeof namesOf
}

/** A term of the order by which pages follow each other, and where each row has its value. */
interface Step extends OrderTerm {
  readonly alias: string
  readonly isNullable: boolean
}

/**
 * Page after page, of at most `size` rows, until the query's own limit; a server's limit may make them smaller, so the end
 * is a page smaller than the first, or an empty one. Rows are in the query's order, and then in that of the key. Each page
 * begins after the last row of the one before; by offset only where rows have no key, or where the order is one of related
 * rows, of groups or of a function.
 */
export async function* pagesOf(
  query: RowsQuery,
  size: number,
  maxUrlLength: number,
  tools: PageTools,
): AsyncGenerator<unknown[]> {
  const { printMember, fieldOf, isGrouped, nameIn, namesOf } = tools
  const { offset = 0, limit: total = Infinity } = query.state
  const order = orderOf(query.state)
  const steps = stepsOf(query.state, order)
  const hidden = (steps ?? []).filter(({ alias }) => !query.state.items.has(alias))
  const items = hidden.map(({ alias, column, path, last }): [string, Item] => [
    alias,
    { own: path ? '' : column, text: `${fieldOf(column, path, last)}::text` },
  ])
  const first = query.change({ order, items: new Map([...query.state.items, ...items]) })

  let next = first
  let full = 0
  for (let count = 0; count < total; ) {
    const rows = (await next.change({ limit: Math.min(size, total - count) })) as Row[]
    const last = rows.at(-1)
    if (!last) return
    count += rows.length
    full ||= rows.length
    const after = steps && first.change({ where: [...first.state.where, rowsAfter(last, steps)] })
    // Values that are too long for a URL are passed over by counting.
    next = after && after.toURL().length + 20 < maxUrlLength ? after : first.change({ offset: count + offset })
    for (const row of rows) for (const { alias } of hidden) delete row[alias]
    yield rows
    if (rows.length < full) return
  }

  /** The query's order, and the key: an order of groups, or of a function's own, has none. */
  function orderOf({ meta, path, items, order }: State): readonly OrderTerm[] {
    if (path.startsWith('/rpc/') && !order[0]) return order
    const more: Omit<OrderTerm, 'end'>[] = isGrouped(items)
      ? [...items.values()].flatMap(
          ({ own, of, isAggregate, inside }) => inside ?? (own && !of && !isAggregate ? { column: own } : []),
        )
      : (meta[2] || meta[6] || []).map((name) => ({ column: nameIn(meta, name) }))
    const fieldsOf = ({ column, path, last }: Omit<OrderTerm, 'end'>) => fieldOf(column, path, last)
    const added = more.filter((term) => !order.some((other) => !other.embed && fieldsOf(other) === fieldsOf(term)))
    return [...order, ...added.map((term) => ({ ...term, end: '' }))]
  }

  /** Where rows have the values of an order: as they were asked for, if these are exact; null where pages go by offset. */
  function stepsOf({ meta, path, items, offset }: State, order: readonly OrderTerm[]): readonly Step[] | null {
    if (!meta[2] || path.startsWith('/rpc/') || isGrouped(items) || offset !== undefined) return null
    if (order.some(({ embed }) => embed !== undefined)) return null
    const key = meta[2].map((name) => nameIn(meta, name))
    const taken = new Set([...items].flatMap(namesOf))
    return order.map((term) => {
      const { column, path } = term
      const shown = [...items].find(
        ([, { own, of, kind = 't' }]) => own === column && !of && !path && /[tb]/.test(kind),
      )
      let alias = shown?.[0] ?? column
      while (!shown && taken.has(alias)) alias = `_${alias}`
      taken.add(alias)
      return { ...term, alias, isNullable: path !== undefined || !key.includes(column) }
    })
  }

  /** `(a, b) > (1, 2)`: `a > 1`, or `a = 1` and `b > 2`; nulls are where the order has them. */
  function rowsAfter(last: Row, steps: readonly Step[]): Parameter {
    const [{ column, alias, end, isNullable }, ...others] = steps as readonly [Step, ...Step[]]
    if (!others[0] && !isNullable) return [fieldOf(column), `${end.startsWith('.desc') ? 'lt' : 'gt'}.${last[alias]}`]
    const alternatives = steps.flatMap(({ column, path, last: sign, alias, end, isNullable }, index) => {
      const field = fieldOf(column, path, sign)
      const value = last[alias] ?? null
      const isDown = end.startsWith('.desc')
      const nullsFirst = /nullsfirst/.test(end) || (isDown && !/nullslast/.test(end))
      const beyond =
        value === null
          ? [nullsFirst && `${field}.not.is.null`]
          : [
              `${field}.${isDown ? 'lt' : 'gt'}.${printMember(`${value}`)}`,
              isNullable && !nullsFirst && `${field}.is.null`,
            ]
      const same = steps.slice(0, index).map((step) => equal(step, last))
      return beyond.filter(Boolean).map((condition) => (same[0] ? `and(${[...same, condition]})` : condition))
    })
    return ['or', `(${alternatives})`]
  }

  function equal({ column, path, last: sign, alias }: Step, last: Row): string {
    const value = last[alias] ?? null
    return `${fieldOf(column, path, sign)}.${value === null ? 'is.null' : `eq.${printMember(`${value}`)}`}`
  }
}
