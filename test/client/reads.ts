import { chunked, constraintOf, isTooManyRows, streamRows } from '@rolecast/client'
import { testClient } from '@rolecast/client/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDatabase, type TestDatabase } from './database.js'
import { createClient, type Db } from './generated/clerk/index.js'

let database: TestDatabase
let db: Db
beforeAll(async () => {
  database = await startDatabase()
  db = testClient(createClient, { server: await database.serve('clerk') })
})
afterAll(() => database[Symbol.asyncDispose]())

const numbers = async (rows: PromiseLike<readonly { number: string | null }[]>) =>
  (await rows).map(({ number }) => number)

const pagesOf = async (pages: AsyncIterable<unknown[]>) => {
  const all: unknown[][] = []
  for await (const page of pages) all.push(page)
  return all
}

describe('columns', () => {
  test('all of them, with every digit of int8 and numeric', async () => {
    const [order] = await db.orders.select().where({ id: 1 })
    expect(order).toMatchObject({
      id: 1,
      customer_id: '1',
      handler_id: '2',
      status: 'paid',
      total: '120.50',
      big: '9007199254740993',
      tags: ['a', 'b,c'],
      bigs: ['9007199254740993'],
      meta: { city: 'Vienna', size: { w: 2 } },
      period: '[2026-01-01,2026-02-01)',
      paid: true,
    })
    expect(order).not.toHaveProperty('summary')
  })

  test('some, and computed fields by name', async () => {
    expect(await db.orders.select('number', 'summary').where({ id: 2 })).toEqual([
      { number: 'A-2', summary: 'A-2: open' },
    ])
  })

  test('composites, domains and views', async () => {
    expect(await db.customers.select('email', 'home').where({ id: '1' }).one()).toEqual({
      email: 'ada@example.com',
      home: { street: 'Ring 1', city: 'Vienna', floor: 3 },
    })
    expect(await db.order_totals.select('doubled').where({ order_id: 4 })).toEqual([{ doubled: '2000000000.02' }])
  })

  test('values inside JSON and composites', async () => {
    const rows = await db.orders
      .select('id')
      .json({ size: ['meta', 'size'] })
      .text({ city: ['meta', 'city'] })
      .where({ id: [1, 3] })
      .order('id')
    expect(rows).toEqual([
      { id: 1, size: { w: 2 }, city: 'Vienna' },
      { id: 3, size: null, city: null },
    ])
    expect(
      await db.customers
        .select()
        .text({ city: ['home', 'city'] })
        .where({ id: '1' })
        .one(),
    ).toMatchObject({ city: 'Vienna' })
  })

  test('values inside of columns are conditions and orders by their names', async () => {
    const places = db.orders
      .select('id')
      .text({ city: ['meta', 'city'], note: ['meta', 'size'] })
      .json({ width: ['meta', 'size', 'w'], own: ['tags', 0] })
    const ids = async (query: PromiseLike<readonly { id: number }[]>) => (await query).map(({ id }) => id)
    expect(await ids(places.where({ city: 'Graz' }))).toEqual([2])
    expect(await ids(places.where({ $or: [{ city: { like: 'V*' } }, { city: null, id: 3 }] }).order('id'))).toEqual([
      1, 3,
    ])
    expect(await ids(places.where({ width: { gte: 2 } }, { $not: { width: 3 } }))).toEqual([1])
    expect(await ids(places.not({ city: 'Graz' }).order('city'))).toEqual([1])
    // a column of the same name is meant
    expect(await ids(places.where({ note: 'green tea' }))).toEqual([1])
    const sorted = places.order('city', 'desc', { nulls: 'first' }).order('id')
    expect(await ids(sorted)).toEqual([3, 4, 1, 2])
    expect((await pagesOf(sorted.pages(1))).flat()).toEqual(await sorted)
    const embedded = db.customers.select('id').embed({ orders: places.where({ city: 'Graz' }) })
    expect((await embedded.where({ id: '1' }).one()).orders).toMatchObject([{ id: 2 }])
  })

  test('groups by values inside of columns, in their order', async () => {
    const groups = db.orders
      .aggregate({ n: 'count' })
      .text({ city: ['meta', 'city'] })
      .json({ size: ['meta', 'size'] })
      .where({ $or: [{ city: { in: ['Vienna', 'Graz'] } }, { city: null }] })
      .order('city', 'asc', { nulls: 'first' })
      .order('size')
    const expected = [
      { n: 2, city: null, size: null },
      { n: 1, city: 'Graz', size: null },
      { n: 1, city: 'Vienna', size: { w: 2 } },
    ]
    expect(await groups).toEqual(expected)
    expect((await pagesOf(groups.pages(1))).flat()).toEqual(expected)
    const unsorted = db.orders.aggregate({ n: 'count' }).text({ city: ['meta', 'city'] })
    expect((await pagesOf(unsorted.pages(1))).flat()).toHaveLength(3)
  })

  test('without nulls', async () => {
    expect(await db.orders.select('number', 'note', 'paid').where({ id: 3 }).stripNulls()).toEqual([{ number: 'A-3' }])
    expect(await db.orders.select('number', 'note').where({ id: 3 }).stripNulls().one()).toEqual({ number: 'A-3' })
    const handled = db.orders
      .select('number')
      .embed({ handler: ['home'] })
      .where({ id: [1, 3] })
    expect(await handled.order('id').stripNulls()).toEqual([{ number: 'A-1', handler: {} }, { number: 'A-3' }])
  })

  test('aggregates, grouped by the others', async () => {
    const rows = await db.orders
      .select('status')
      .aggregate({
        orders: 'count',
        sum: { sum: 'total' },
        big: { max: 'big' },
        mean: { avg: 'id' },
        first: { min: 'id' },
      })
      .order('status')
    expect(rows[0]).toEqual({
      status: 'open',
      orders: 2,
      sum: '1000000009.91',
      big: '9007199254740993',
      mean: 3,
      first: 2,
    })
  })

  test('aggregates of all rows, and of those that are related', async () => {
    expect(await db.orders.aggregate({ orders: 'count', most: { max: 'big' } })).toEqual([
      { orders: 4, most: '9007199254740993' },
    ])
    expect(await db.orders.aggregate({ orders: 'count' }).where({ status: 'open' }).one()).toEqual({ orders: 2 })
    expect(
      await db.orders
        .select('id')
        .embed({ lines: db.order_lines.aggregate({ pieces: { sum: 'qty' } }) })
        .where({ id: 1 }),
    ).toEqual([{ id: 1, lines: [{ pieces: 3 }] }])
  })
})

describe('conditions', () => {
  const orders = () => db.orders.select('number').order('id')
  test.each<[string, () => PromiseLike<readonly { number: string | null }[]>, (string | null)[]]>([
    ['equals', () => orders().where({ status: 'on hold' }), ['A-3']],
    ['equals with null', () => orders().where({ number: null }), [null]],
    ['a list', () => orders().where({ id: [1, 3] }), ['A-1', 'A-3']],
    ['an empty list', () => orders().where({ id: [] }), []],
    ['neq, lt, lte, gt, gte', () => orders().where({ id: { neq: 1, gt: 1, gte: 2, lt: 4, lte: 3 } }), ['A-2', 'A-3']],
    ['numeric, exactly', () => orders().where({ total: '1000000000.01' }), [null]],
    ['int8, exactly', () => orders().where({ big: '9007199254740992' }), []],
    ['not', () => orders().where({ id: { not: { in: [1, 2] } } }), ['A-3', null]],
    ['is not null', () => orders().where({ paid: { is: 'not_null' } }), ['A-1', 'A-2']],
    ['is unknown', () => orders().where({ paid: { is: 'unknown' } }), ['A-3', null]],
    ['is true', () => orders().where({ paid: { is: true } }), ['A-1']],
    ['isdistinct', () => orders().where({ note: { isdistinct: 'green tea' } }), ['A-2', 'A-3', null]],
    ['like', () => orders().where({ note: { like: '%tea' } }), ['A-1']],
    ['like with a star', () => orders().where({ note: { like: 'green*' } }), ['A-1']],
    ['ilike', () => orders().where({ note: { ilike: 'COFFEE%' } }), ['A-2']],
    ['like any', () => orders().where({ note: { like: { any: ['green*', 'coffee*'] } } }), ['A-1', 'A-2']],
    ['like all', () => orders().where({ note: { like: { all: ['green*', '*tea'] } } }), ['A-1']],
    ['match', () => orders().where({ note: { match: '^c.*s$' } }), ['A-2']],
    ['imatch', () => orders().where({ note: { imatch: '^C' } }), ['A-2']],
    ['full text', () => orders().where({ words: { fts: 'bean & coffee' } }), ['A-2']],
    ['full text, plain', () => orders().where({ words: { plfts: 'coffee bean' } }), ['A-2']],
    [
      'full text, phrase',
      () => orders().where({ words: { phfts: { query: 'green tea', language: 'english' } } }),
      ['A-1'],
    ],
    ['full text, web', () => orders().where({ words: { wfts: 'tea or coffee' } }), ['A-1', 'A-2']],
    ['full text on text', () => orders().where({ note: { wfts: { query: 'bean', language: 'english' } } }), ['A-2']],
    ['array contains', () => orders().where({ tags: { cs: ['a'] } }), ['A-1', null]],
    ['array contained', () => orders().where({ tags: { cd: ['a', 'x'] } }), ['A-2', null]],
    ['array overlaps', () => orders().where({ tags: { ov: ['b,c', 'NULL'] } }), ['A-1', 'A-3']],
    ['array equals', () => orders().where({ tags: ['"quoted"', 'NULL'] }), ['A-3']],
    ['empty array', () => orders().where({ tags: [] }), ['A-2']],
    ['int8 array', () => orders().where({ bigs: { cs: ['9007199254740993'] } }), ['A-1']],
    ['one of several arrays', () => orders().or({ tags: ['a'] }, { tags: [] }), ['A-2', null]],
    ['range contains a value', () => orders().where({ period: { cs: '[2026-01-15,2026-01-15]' } }), ['A-1']],
    ['range overlaps', () => orders().where({ period: { ov: '[2026-01-20,2026-02-10)' } }), ['A-1', 'A-2']],
    ['range left of', () => orders().where({ period: { sl: '[2026-02-01,2026-03-01)' } }), ['A-1']],
    ['range right of', () => orders().where({ period: { sr: '[2026-01-01,2026-02-01)' } }), ['A-2']],
    ['range does not extend left', () => orders().where({ period: { nxl: '[2026-02-01,2026-02-02)' } }), ['A-2']],
    ['range does not extend right', () => orders().where({ period: { nxr: '[2026-01-01,2026-02-01)' } }), ['A-1']],
    ['range adjacent', () => orders().where({ period: { adj: '[2026-03-01,2026-04-01)' } }), ['A-2']],
    ['range contained', () => orders().where({ period: { cd: '[2026-01-01,2026-06-01)' } }), ['A-1', 'A-2']],
    ['JSON contains', () => orders().where({ meta: { cs: { city: 'Graz' } } }), ['A-2']],
    ['JSON array contains', () => orders().where({ meta: { cs: [1] } }), [null]],
    ['JSON path', () => orders().where({ meta: { path: ['size', 'w'], eq: 2 } }), ['A-1']],
    ['JSON path, not', () => orders().where({ meta: { path: ['city'], not: { ilike: 'v*' } } }), ['A-2']],
    ['or', () => orders().or({ id: 1 }, { number: 'A-3', status: 'on hold' }), ['A-1', 'A-3']],
    ['not all of several', () => orders().not({ status: 'open' }, { number: 'A-2' }), ['A-1', 'A-3']],
    ['not of several', () => orders().not({ status: 'open', number: 'A-2' }).not({ id: 1 }), ['A-3']],
    [
      'a tree',
      () => orders().where({ $or: [{ $and: [{ id: { gt: 1 } }, { $not: { id: 3 } }] }, { id: 1, paid: true }] }),
      ['A-1', 'A-2', null],
    ],
    ['a computed field', () => orders().where({ summary: 'A-2: open' }), ['A-2']],
    ['of an embed: rows', () => orders().where({ lines: 'none' }), ['A-3']],
    ['of an embed: hidden rows', () => orders().where({ customer: 'none' }), [null]],
    ['of an embed: some', () => orders().where({ labels: 'some' }), ['A-1', 'A-2']],
    ['of embeds in a tree', () => orders().or({ lines: 'none' }, { id: 1 }), ['A-1', 'A-3']],
  ])('%s', async (_, query, expected) => {
    expect(await numbers(query())).toEqual(expected)
  })

  test.each(['a,b', '"', '\\', '(x)', 'null', ' lead', 'a.b', '*', '%', "'", '{}', 'é😀', 'x&y=z#', '\n'])(
    'values are exact: %j',
    async (value) => {
      const made = await db.orders
        .insert({ customer_id: '1', note: value, tags: [value, 'x'] })
        .returning('id')
        .one()
      const found = (filter: Parameters<ReturnType<Db['orders']['select']>['where']>[0]) =>
        db.orders.select('note', 'tags').where({ id: made.id }).where(filter).maybe()
      const expected = { note: value, tags: [value, 'x'] }
      expect(await found({ note: value })).toEqual(expected)
      expect(await found({ note: [value] })).toEqual(expected)
      expect(await found({ $or: [{ note: value }, { id: 0 }] })).toEqual(expected)
      expect(await found({ $or: [{ note: [value, 'y'] }, { id: 0 }] })).toEqual(expected)
      expect(await found({ tags: { cs: [value] } })).toEqual(expected)
      expect(await found({ $or: [{ tags: [value, 'x'] }, { id: 0 }] })).toEqual(expected)
      await db.orders.delete().where({ id: made.id })
    },
  )
})

describe('related rows', () => {
  test('columns, queries, and queries in queries', async () => {
    const rows = await db.orders
      .select('number')
      .embed({
        customer: ['name'],
        handler: db.customers.select('name'),
        lines: db.order_lines
          .select('qty')
          .embed({ product: db.products.select('name').embed({ category: ['name'] }) })
          .where({ qty: { gt: 1 } })
          .order('qty', 'desc')
          .limit(1),
        labels: ['label'],
        latest_line: ['no'],
      })
      .where({ id: [1, 4] })
      .order('id')
    expect(rows).toEqual([
      {
        number: 'A-1',
        customer: { name: 'Ada' },
        handler: { name: 'Ben, "B"' },
        lines: [{ qty: 2, product: { name: 'Sencha', category: { name: 'Tea' } } }],
        labels: [{ label: 'urgent' }, { label: 'gift' }],
        latest_line: { no: 2 },
      },
      { number: null, customer: null, handler: null, lines: [], labels: [], latest_line: { no: 1 } },
    ])
  })

  test('of the same relation, both ways', async () => {
    const rows = await db.categories
      .select('name')
      .embed({ parent: ['name'], categories_by_parent: db.categories.select('name').order('name') })
      .order('id')
    expect(rows).toEqual([
      { name: 'Drinks', parent: null, categories_by_parent: [{ name: 'Coffee' }, { name: 'Tea' }] },
      { name: 'Tea', parent: { name: 'Drinks' }, categories_by_parent: [] },
      { name: 'Coffee', parent: { name: 'Drinks' }, categories_by_parent: [] },
    ])
  })

  test('one-to-one and reverse, with int8 keys', async () => {
    const [ada] = await db.customers
      .select('id')
      .embed({ profile: ['customer_id', 'bio'], orders_by_handler: ['id'] })
      .where({ name: 'Ada' })
    expect(ada).toEqual({ id: '1', profile: { customer_id: '1', bio: 'Mathematician' }, orders_by_handler: [] })
  })

  test('inner: parents without a match are left out', async () => {
    const rows = await db.orders.select('number').embed({
      customer: db.customers
        .select('name')
        .where({ name: { like: 'Ben*' } })
        .inner(),
    })
    expect(rows).toEqual([{ number: 'A-3', customer: { name: 'Ben, "B"' } }])
  })

  test('one row, but for the first', async () => {
    const lines = db.order_lines.select('no').where({ order_id: 2 })
    expect(await lines.embed({ product: db.products.select('name').offset(1) })).toEqual([{ no: 1, product: null }])
  })

  test('order by a column of a related row', async () => {
    const rows = db.products
      .select('name')
      .embed({ category: ['name'] })
      .orderBy('category', 'name', 'asc', { nulls: 'first' })
    expect((await rows).map(({ name }) => name)).toEqual(['Mystery', 'Arabica', 'Sencha'])
  })

  test('order by a column of a related row that is not shown, nor all of it readable', async () => {
    const rows = await db.orders.select('id').orderBy('customer', 'email', 'desc', { nulls: 'last' }).order('id')
    expect(rows.map(({ id }) => id)).toEqual([3, 1, 2, 4])
  })

  test('spread: of one row, and of many', async () => {
    expect(
      await db.products
        .select('id')
        .spread('category', ['name'])
        .where({ id: [1, 3] })
        .order('id'),
    ).toEqual([
      { id: 1, name: 'Tea' },
      { id: 3, name: null },
    ])
    expect(
      await db.orders.select('id').spread('lines', db.order_lines.select('qty').order('no')).where({ id: 1 }),
    ).toEqual([{ id: 1, qty: [2, 1] }])
  })
})

describe('forms', () => {
  test('order, limit, offset', async () => {
    expect(
      await db.orders.select('id').order('paid', 'asc', { nulls: 'first' }).order('id', 'desc').limit(2).offset(1),
    ).toEqual([{ id: 3 }, { id: 2 }])
    expect(
      await db.orders
        .select('id')
        .where({ meta: { path: ['city'], is: 'not_null' } })
        .order('meta', 'asc', { path: ['city'] }),
    ).toEqual([{ id: 2 }, { id: 1 }])
  })

  test('one and maybe', async () => {
    expect(await db.orders.select('id').where({ id: 1 }).one()).toEqual({ id: 1 })
    expect(await db.orders.select('id').where({ id: 1 }).maybe()).toEqual({ id: 1 })
    expect(await db.orders.select('id').where({ id: 0 }).maybe()).toBe(null)
    await expect(db.orders.select('id').where({ id: 0 }).one()).rejects.toMatchObject({ code: 'PGRST116', status: 406 })
    const { error } = await db.orders.select('id').one().result()
    expect(isTooManyRows(error)).toBe(true)
    await expect(db.orders.select('id').maybe()).rejects.toMatchObject({ code: 'PGRST116' })
  })

  test('counts', async () => {
    expect(await db.orders.select('id').order('id').limit(1).withCount()).toEqual({ rows: [{ id: 1 }], count: 4 })
    expect(
      await db.orders
        .select('id')
        .where({ id: { gt: 2 } })
        .count(),
    ).toBe(2)
    expect(await db.orders.select('id').count('planned')).toBeGreaterThan(0)
  })

  test('pages, by key and by offset', async () => {
    expect(await pagesOf(db.orders.select('number').pages(3))).toEqual([
      [{ number: 'A-1' }, { number: 'A-2' }, { number: 'A-3' }],
      [{ number: null }],
    ])
    expect(await pagesOf(db.orders.select('id').order('id', 'desc').pages(2))).toEqual([
      [{ id: 4 }, { id: 3 }],
      [{ id: 2 }, { id: 1 }],
    ])
    expect(await pagesOf(db.orders.select('id').limit(3).pages(2))).toEqual([[{ id: 1 }, { id: 2 }], [{ id: 3 }]])
    expect(await pagesOf(db.orders.select('id').order('id').offset(1).limit(2).pages(1))).toEqual([
      [{ id: 2 }],
      [{ id: 3 }],
    ])
    // a name of the key that means something else
    const cities = db.orders.select('number').text({ id: ['meta', 'city'] })
    expect((await pagesOf(cities.pages(2))).flat()).toHaveLength(4)
    expect(await pagesOf(db.order_lines.select('qty').pages(3))).toEqual([
      [{ qty: 2 }, { qty: 1 }, { qty: 5 }],
      [{ qty: 1 }],
    ])
    // groups, which have no key
    const lines = db.orders.select('id').embed({ lines: db.order_lines.select('qty') })
    expect((await pagesOf(lines.pages(2))).flat()).toHaveLength(4)
    const states = db.orders.select('status').aggregate({ n: 'count' }).order('status')
    expect((await pagesOf(states.pages(1))).flat()).toEqual(await states)
    const products = db.order_lines.select('product_id').spread('order', db.orders.aggregate({ last: { max: 'id' } }))
    expect((await pagesOf(products.order('product_id').pages(1))).flat()).toEqual(await products.order('product_id'))
    expect(await pagesOf(db.orders.select('id').order('total', 'desc').pages(3))).toEqual([
      [{ id: 4 }, { id: 1 }, { id: 2 }],
      [{ id: 3 }],
    ])
  })

  test('CSV', async () => {
    expect(
      await db.orders
        .select('id', 'number')
        .where({ id: [1, 4] })
        .order('id')
        .csv(),
    ).toBe('id,number\n1,A-1\n4,')
  })

  test('the plan', async () => {
    expect(JSON.stringify(await db.orders.select('id').explain())).toContain('"Plan"')
    expect(await db.orders.select('id').explain({ format: 'text', analyze: true })).toContain('actual')
  })

  test('rows one by one as they arrive', async () => {
    const ids: number[] = []
    for await (const { id, meta } of streamRows(db.orders.select('id', 'meta').order('id'))) {
      if (meta !== undefined) ids.push(id)
    }
    expect(ids).toEqual([1, 2, 3, 4])
    for await (const row of streamRows(db.orders.select('id').where({ id: 0 }))) throw new Error(JSON.stringify(row))
  })

  test('a list too long for one URL: refused, or asked for in parts', async () => {
    const numbers = Array.from({ length: 2000 }, (_, at) => (at % 500 === 0 ? `A-${at / 500}` : `no, "${at}" (none)`))
    const query = db.orders
      .select('number')
      .embed({ customer: ['name'] })
      .where({ number: [...numbers, 'A-1'] })
    const { error } = await query.result()
    expect(error?.message).toContain('chunked()')
    const found = await chunked(query)
    expect(found.map(({ number }) => number).sort()).toEqual(['A-1', 'A-2', 'A-3'])
    expect(found.find(({ number }) => number === 'A-1')?.customer).toEqual({ name: 'Ada' })
    expect(await chunked(db.orders.select('id').where({ id: [] }))).toEqual([])
    const groups = query.spread('customer', db.customers.aggregate({ n: 'count' }))
    for (const odd of [query.order('id'), query.limit(1), query.offset(1), query.aggregate({ n: 'count' }), groups]) {
      await expect(chunked(odd)).rejects.toThrow('in parts')
    }
    const other = await db.orders.update({ note: 'x' }).where({ number: numbers }).result()
    expect(other.error?.message).toContain('The URL has')
  })

  test('another schema', async () => {
    expect(await db.schema('archive').orders.select().order('id', 'desc')).toEqual([
      { id: 2, year: 2021 },
      { id: 1, year: 2020 },
    ])
  })
})

test('the name of a violated constraint', async () => {
  const { error } = await db.order_lines.insert({ order_id: 1, no: 1, product_id: 1, qty: 0 }).result()
  expect(error && constraintOf(error)).toBe('order_lines_qty_check')
})
