import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { blog, startBlog } from './blog.js'

/** All steps of a query, whatever the types let through. */
type Step = 'embed' | 'spread' | 'text' | 'aggregate' | 'where' | 'or' | 'not' | 'order' | 'orderBy' | 'inner' | 'via'
interface Query extends PromiseLike<Row[]>, Record<Step, (...args: readonly unknown[]) => Query> {
  pages(size: number): AsyncIterable<Row[]>
}
type Row = Record<string, unknown>
interface Writes {
  insert(row: object): { returning(...columns: string[]): { rollback(): PromiseLike<Row[]> } }
}
type Client = Readonly<Record<string, { select(...columns: readonly unknown[]): Query; as(name: string): Query }>>

let database: Awaited<ReturnType<typeof startBlog<Client>>>
beforeAll(async () => {
  database = await startBlog<Client>(blog)
})
afterAll(() => database[Symbol.asyncDispose]())

const from = (relation: string) => database.db[relation] as Client[string]
const posts = (...columns: readonly unknown[]) => from('posts').select(...columns)
const users = (...columns: readonly unknown[]) => from('users').select(...columns)

async function pagesOf(query: Query, size: number): Promise<Row[]> {
  const all: Row[] = []
  for await (const page of query.pages(size)) {
    all.push(...page)
    if (all.length > 50) throw new Error('does not end')
  }
  return all
}
const ids = (rows: readonly Row[]) => rows.map(({ id }) => Number(id))
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

describe('pages give every row once, with what was asked for', () => {
  test('beside columns of related rows that are called as the key is', async () => {
    const rows = await pagesOf(posts('title').spread('author', ['id']), 2)
    expect(ids(rows)).toEqual(upTo(12))
    expect(rows[0]).toEqual({ title: 't1', id: '1' })
    const named = await pagesOf(posts('title').text({ id: ['meta', 'n'] }), 5)
    expect(named.map(({ id }) => id).filter((id) => id !== null)).toEqual([
      '1',
      '2',
      '[9]',
      '6',
      '7',
      '[9]',
      '11',
      '12',
    ])
  })

  test.each(['asc', 'desc'])('in an order with equals and nulls, while rows before it go: %s', async (direction) => {
    for (const nulls of ['first', 'last']) {
      const query = posts('title').order('title', direction, { nulls })
      expect(await pagesOf(query, 5)).toEqual(await query)
    }
    const seen: unknown[] = []
    await database.query(
      `INSERT INTO api.posts (id, title, author_id, at) SELECT n, 'a', 1, now() FROM generate_series(21, 40) n`,
    )
    const pages = posts('id').order('title', 'asc').pages(7)
    for await (const page of pages) {
      seen.push(...page.map(({ id }) => id))
      await database.query(`DELETE FROM api.posts WHERE id > 20 AND id <= ${20 + Math.min(seen.length, 20)}`)
    }
    expect(
      seen
        .filter((id) => Number(id) <= 12)
        .sort((a, b) => Number(a) - Number(b))
        .map(Number),
    ).toEqual(upTo(12))
  })

  test('of a view that has no key', async () => {
    const rows = await pagesOf(from('pairs').select('title', 'n').order('title'), 5)
    expect(rows).toHaveLength(24)
    const all = (await database.query('SELECT title, n FROM api.pairs')).map((row) => JSON.stringify(row)).sort()
    expect(rows.map((row) => JSON.stringify(row)).sort()).toEqual(all)
  })
})

describe('a name stands once in a row', () => {
  test.each<readonly [string, () => unknown]>([
    ['two spread embeds', () => posts('title').spread('author', ['name']).spread('reviewer', ['name'])],
    ['a spread embed and a column', () => posts('id').spread('author', ['id'])],
    [
      'two embeds',
      () =>
        posts('id')
          .embed({ author: ['name'] })
          .embed({ author: ['id'] }),
    ],
    ['a value in a document', () => posts('id').text({ id: ['meta', 'n'] })],
    ['an aggregate', () => posts('id').aggregate({ id: 'count' })],
    ['an alias', () => posts('id', { id: 'title' })],
    ['an alias beside all columns', () => posts('*', { id: 'title' })],
  ])('%s', (_, query) => {
    expect(query).toThrow(/two columns called (?:id|name|author)/)
  })

  test('columns under other names, all columns and more', async () => {
    const [row] = await posts({ nr: 'id', heading: 'title' }, 'day').where({ id: '1' })
    expect(row).toEqual({ nr: '1', heading: 't1', day: '2026-01-02' })
    const [all] = await posts('*', { heading: 'title' }).where({ id: '1' })
    expect(all).toMatchObject({ id: '1', title: 't1', heading: 't1' })
    const query = posts('id')
      .spread('author', users({ author: 'name' }))
      .spread('reviewer', users({ reviewer: 'name' }))
      .where({ id: ['1', '2'] })
    expect(await query).toEqual([
      { id: '1', author: 'A', reviewer: null },
      { id: '2', author: 'B', reviewer: 'K' },
    ])
  })

  test('conditions on one of two spread embeds of a relation would be on both', async () => {
    const both = posts('id')
      .spread('author', users({ author: 'name' }))
      .spread('reviewer', users({ reviewer: 'name' }).where({ name: 'K' }))
    await expect(Promise.resolve(both)).rejects.toThrow('Conditions on users would be about several embeds')
  })
})

describe('comparisons inside documents are of values', () => {
  const found = async (condition: object) =>
    ids(
      await posts('id')
        .where({ meta: { path: ['n'], ...condition } })
        .order('id'),
    )
  test.each<readonly [object, readonly number[]]>([
    [{ gte: 6 }, [6, 11]],
    [{ gt: 6 }, [11]],
    [{ lte: 6 }, [1, 6]],
    [{ lt: 6n }, [1]],
    [{ eq: 6 }, [6]],
    [{ eq: '6' }, []],
    [{ eq: '7' }, [7]],
    [{ gte: '2' }, [2, 7]],
    [{ lt: '2' }, [12]],
    [{ in: [1, '7', 2] }, [1, 7]],
    [{ eq: { any: [1, '7'] } }, [1, 7]],
    [{ not: { gte: 6 } }, [1, 2, 3, 4, 7, 8, 9, 12]],
    [{ neq: 1 }, [2, 3, 4, 6, 7, 8, 9, 11, 12]],
    [{ like: '1*' }, [1, 11, 12]],
    [{ gte: 2, lt: 9 }, [6]],
  ])('case %#', async (condition, expected) => {
    expect(await found(condition)).toEqual(expected)
    const inTree = posts('id')
      .or({ meta: { path: ['n'], ...condition } }, { id: '0' })
      .order('id')
    expect(ids(await inTree)).toEqual(expected)
  })

  test('booleans, json, and the order agrees', async () => {
    expect(ids(await posts('id').where({ meta: { path: ['b'], eq: true } }))).toEqual([1])
    expect(ids(await posts('id').where({ raw: { path: ['n'], eq: '6' } }))).toEqual([6])
    const numbers = posts('id')
      .where({ meta: { path: ['n'], gte: 0 } })
      .order('meta', 'desc', { path: ['n'] })
    expect(ids(await numbers)).toEqual([11, 6, 1])
    expect(ids(await pagesOf(posts('id').order('meta', 'desc', { path: ['n'], nulls: 'last' }), 2))).toEqual(
      (await database.query(`SELECT id FROM api.posts ORDER BY meta->'n' DESC NULLS LAST, id`)).map(({ id }) =>
        Number(id),
      ),
    )
    expect(() => posts('id').where({ meta: { path: ['n'], gt: Number.NaN } })).toThrow(TypeError)
  })
})

describe('an order is the order of values', () => {
  const sorted = upTo(12).map(String)
  test.each(['id', 'rank'])('of related rows, whatever the embed shows: %s', async (column) => {
    const expected = (
      await database.query(
        `SELECT p.id FROM api.posts p JOIN api.users u ON u.id = author_id ORDER BY u.${column} DESC, p.id`,
      )
    ).map(({ id }) => Number(id))
    const bare = posts('id')
    const named = users({ nr: 'id', level: 'rank' })
    for (const query of [
      bare,
      bare.embed({ author: [column] }),
      bare.embed({ author: ['name'] }),
      bare.embed({ author: named }),
    ]) {
      const ordered = query.orderBy('author', column, 'desc').order('id')
      expect(ids(await ordered)).toEqual(expected)
      expect(ids(await pagesOf(ordered, 5))).toEqual(expected)
    }
    const before = bare
      .orderBy('author', column, 'desc')
      .order('id')
      .embed({ author: [column] })
    expect(ids(await before)).toEqual(expected)
  })

  test('of the rows that an embed shows, by their names in it', async () => {
    const shown = posts('id').embed({ reviewer: users({ naam: 'name' }).where({ name: { lt: 'F' } }) })
    const rows = (await shown.orderBy('reviewer', 'name', 'asc').order('id')) as Row[]
    expect(rows.slice(0, 3).map(({ reviewer }) => reviewer)).toEqual([{ naam: 'A' }, { naam: 'C' }, { naam: 'E' }])
    expect(sorted).toHaveLength(12)
  })
})

describe('conditions on related rows', () => {
  test('mean the same beside an embed and beside a spread one, before and after it', async () => {
    const some = users('name').where({ name: 'K' })
    const queries = [
      posts('id').embed({ reviewer: some }).where({ reviewer: 'some' }),
      posts('id').spread('reviewer', some).where({ reviewer: 'some' }),
      posts('id').where({ reviewer: 'some' }).spread('reviewer', some),
      posts('id').where({ reviewer: some }),
      posts('id')
        .where({ $not: { $or: [{ reviewer: 'none' }, { id: '0' }] } })
        .spread('reviewer', some),
    ]
    for (const query of queries) expect(ids(await query)).toEqual([2])
    expect(ids(await posts('id').not({ reviewer: some }))).toHaveLength(11)
  })

  test('through what these are related to, and on rows that are not shown', async () => {
    const deep = users('name').where({
      posts_by_reviewer: from('posts')
        .as('late')
        .where({ id: { gt: '6' } }),
    })
    const query = posts('id').spread('reviewer', deep).where({ reviewer: 'some' })
    const expected = await database.query(
      `SELECT id FROM api.posts p WHERE EXISTS (SELECT FROM api.posts q WHERE q.reviewer_id = p.reviewer_id AND q.id > 6) ORDER BY id`,
    )
    expect(ids(await query.order('id'))).toEqual(expected.map(({ id }) => Number(id)))
    const hit = from('labels').as('hit').where({ label: 'urgent' }).inner()
    const both = posts('id').embed({ shown: from('labels').select('label'), hit })
    expect(await both).toEqual([{ id: '1', shown: [{ label: 'urgent' }, { label: 'gift' }] }])
    const two = posts('id').embed({ by: users('name').via('author'), with: users('name').via('reviewer') })
    expect(await two.where({ id: '2' })).toEqual([{ id: '2', by: { name: 'B' }, with: { name: 'K' } }])
    expect(() => posts('id').embed({ by: users('name') })).toThrow('say by which one')
  })
})

describe('steps that are taken or not', () => {
  test('a condition that a flag leaves out, in reads', async () => {
    const search = '' as string
    const query = posts('id')
      .where(false, undefined, search && { title: search }, { id: '1' })
      .not(null)
    expect(ids(await query)).toEqual([1])
    expect(() => posts('id').or(false)).toThrow(TypeError)
  })
})

test('a Date is written as its moment', async () => {
  const date = new Date('2026-01-03T00:00:00.000Z')
  const found = async (filter: object) => ids(await posts('id').where(filter).order('id'))
  expect(await found({ at: { lt: date } })).toEqual([1])
  expect(await found({ day: date })).toEqual([2])
  expect(await found({ day: [date, new Date('2026-01-05')] })).toEqual([2, 4])
  expect(await found({ times: { cs: [new Date('2026-01-01')] }, id: '1' })).toEqual([1])
  expect(await found({ $or: [{ at: { lt: date } }, { day: date }] })).toEqual([1, 2])
  const rpc = database.db.rpc as unknown as { posts_at(args: object): Query }
  expect(ids(await rpc.posts_at({ at: date }))).toEqual([1])
  const table = from('posts') as unknown as Writes
  const made = await table.insert({ id: '99', author_id: '1', at: date, day: date }).returning('at', 'day').rollback()
  expect(made).toEqual([{ at: '2026-01-03T00:00:00+00:00', day: '2026-01-03' }])
  expect(() => table.insert({ id: '99', author_id: '1', at: new Date('no date') })).toThrow(
    'at: a value is unprintable',
  )
})
