import { expect, test } from 'vitest'
import { connect } from '../connect.js'
import { rpc } from '../routine.js'
import type { Builder } from './builder.js'

const relations = { orders: [['id', 'status'], 0, ['id']], lines: [['order_id', 'no'], 0, ['order_id', 'no']] } as const
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
  readonly orders: { select(...names: string[]): Builder }
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
    '/lines?select=no,order_id&order=order_id,no&limit=2',
    '/lines?select=no,order_id&or=(order_id.gt.1,and(order_id.eq.1,no.gt.2))&order=order_id,no&limit=2',
  ])
})

test('by offset in another order, where the key decides between equals', async () => {
  expect(await asked((db) => db.orders.select('status').order('status', 'desc'), [{}, {}])).toEqual([
    '/orders?select=status&order=status.desc,id&limit=2',
    '/orders?select=status&order=status.desc,id&limit=2&offset=2',
  ])
  expect(await asked((db) => db.orders.select('id').offset(5), [{}, {}])).toEqual([
    '/orders?select=id&order=id&limit=2&offset=5',
    '/orders?select=id&order=id&limit=2&offset=7',
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
