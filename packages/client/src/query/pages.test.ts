import { expect, test } from 'vitest'
import { connect } from '../connect.js'
import { rpc } from '../routine.js'
import type { Builder } from './builder.js'

const relations = {
  orders: [['id', 'status'], 0, ['id']],
  lines: [['order_id', 'no'], 0, ['order_id', 'no']],
  keyless: [['a', 'b', 'c'], { c: 'j' }, 0, 0, 0, 0, ['a', 'b']],
} as const
const functions = { ranked: { returns: 'rows', rows: 'orders', get: true } } as const

/** What is asked for, page after page, where the API answers with these. */
async function asked(query: (db: Db) => Builder, ...answers: readonly object[][]): Promise<string[]> {
  const urls: string[] = []
  const fetch = async (input: unknown) => {
    urls.push(decodeURIComponent((input as Request).url.replace('http://api.test', '')))
    return Response.json(answers[urls.length - 1] ?? [])
  }
  const db = connect('r', [{ name: 'api', relations, functions }], { url: 'http://api.test', fetch }, { rpc })
  for await (const _ of query(db as unknown as Db).pages(2));
  return urls
}
interface Db {
  readonly orders: { select(...names: (string | Record<string, string>)[]): Builder }
  readonly keyless: { select(...names: string[]): Builder }
  readonly lines: { select(...names: string[]): Builder }
  readonly rpc: { ranked(): Builder }
}

test('after the last row, by the key', async () => {
  expect(
    await asked(
      (db) => db.lines.select('no'),
      [
        { order_id: 1, no: 1 },
        { order_id: 1, no: 2 },
      ],
    ),
  ).toEqual([
    '/lines?select=no,order_id::text&order=order_id,no&limit=2',
    '/lines?select=no,order_id::text&or=(order_id.gt.1,and(order_id.eq.1,no.gt.2))&order=order_id,no&limit=2',
  ])
})

test('after the last row in another order, where the key decides between equals', async () => {
  const row = (status: string | null, id: number) => ({ status, id: `${id}` })
  const asc = await asked(
    (db) => db.orders.select('status').order('status'),
    [row('a', 1), row('b,', 2)],
    [row(null, 1), row(null, 3)],
  )
  expect(asc).toEqual([
    '/orders?select=status,id::text&order=status,id&limit=2',
    '/orders?select=status,id::text&or=(status.gt."b,",status.is.null,and(status.eq."b,",id.gt.2))&order=status,id&limit=2',
    '/orders?select=status,id::text&or=(and(status.is.null,id.gt.3))&order=status,id&limit=2',
  ])
  const desc = await asked(
    (db) => db.orders.select('status').order('status', 'desc'),
    [row('a', 1), row('b', 2)],
    [row(null, 1), row(null, 3)],
  )
  expect(desc.slice(1)).toEqual([
    '/orders?select=status,id::text&or=(status.lt.b,and(status.eq.b,id.gt.2))&order=status.desc,id&limit=2',
    '/orders?select=status,id::text&or=(status.not.is.null,and(status.is.null,id.gt.3))&order=status.desc,id&limit=2',
  ])
})

test('values that are too long for a URL are passed over by offset', async () => {
  const long = 'x'.repeat(9000)
  expect(
    await asked(
      (db) => db.orders.select('status').order('status'),
      [
        { status: long, id: '1' },
        { status: long, id: '2' },
      ],
    ),
  ).toEqual([
    '/orders?select=status,id::text&order=status,id&limit=2',
    '/orders?select=status,id::text&order=status,id&limit=2&offset=2',
  ])
})

test('by offset from an offset, and where rows have no key: in the order of all columns', async () => {
  expect(await asked((db) => db.orders.select('id').offset(5), [{}, {}])).toEqual([
    '/orders?select=id&order=id&limit=2&offset=5',
    '/orders?select=id&order=id&limit=2&offset=7',
  ])
  expect(await asked((db) => db.keyless.select('a').order('b', 'desc'), [{}, {}])).toEqual([
    '/keyless?select=a&order=b.desc,a&limit=2',
    '/keyless?select=a&order=b.desc,a&limit=2&offset=2',
  ])
})

test('a column of the key is found under the name that it has in the row', async () => {
  const { text: id } = { text: { id: ['status', 'x'] } as const }
  expect(await asked((db) => db.orders.select({ no: 'id' }).text(id), [{ no: 1 }, { no: 2 }])).toEqual([
    '/orders?select=no:id,id:status->>x&order=id&limit=2',
    '/orders?select=no:id,id:status->>x&id=gt.2&order=id&limit=2',
  ])
  expect(await asked((db) => db.orders.select('status').text(id), [{ _id: '1' }, { _id: '2' }])).toEqual([
    '/orders?select=status,id:status->>x,_id:id::text&order=id&limit=2',
    '/orders?select=status,id:status->>x,_id:id::text&id=gt.2&order=id&limit=2',
  ])
})

test('a function has an order of its own, and may give a row twice', async () => {
  expect(await asked((db) => db.rpc.ranked().select('id').order('status'), [{}, {}])).toEqual([
    '/rpc/ranked?select=id&order=status,id&limit=2',
    '/rpc/ranked?select=id&order=status,id&limit=2&offset=2',
  ])
  expect(await asked((db) => db.rpc.ranked().select('id'), [{}, {}])).toEqual([
    '/rpc/ranked?select=id&limit=2',
    '/rpc/ranked?select=id&limit=2&offset=2',
  ])
})
