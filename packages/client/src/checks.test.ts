import type { Operator } from '@rolecast/grammar'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { connect } from './connect.js'
import type { RelationMeta } from './metadata.js'
import type { Builder } from './query/builder.js'
import { documents } from './query/documents.js'
import { rpc } from './routine.js'
import { WritableRelation, type WriteBuilder } from './writable-relation.js'

const orders: RelationMeta = [
  ['id', 'status', 'tags', 'meta'],
  { tags: 'a', meta: 'j' },
  ['id'],
  { customer: 'customers' },
]
const relations = { orders, customers: [['id', 'name'], 0, ['id']] as RelationMeta }
const functions = { find: { returns: 'rows', rows: 'orders', get: true } } as const
interface Db {
  readonly orders: {
    select(...names: string[]): Builder
    aggregate(aggregates: object): Builder
    insert(rows: unknown, options?: object): WriteBuilder
    update(changes: object): WriteBuilder
    delete(): WriteBuilder
  }
}
const db = connect(
  'r',
  [{ name: 'api', relations, functions }],
  { url: 'http://api.test' },
  { writes: WritableRelation, rpc, documents },
) as unknown as Db
const query = () => db.orders.select('id')
const search = (builder: Builder) => decodeURIComponent(builder.toRequest().search)
class Point {
  x = 1
}
const from = undefined as string | undefined

test.each<[unknown, string]>([
  [{ id: {} }, 'The condition on id is empty, which it cannot be'],
  [{ id: { not: {} } }, 'The condition on id is empty'],
  [{ id: { not: { not: {} } } }, 'The condition on id is empty'],
  [{ id: { not: 5 } }, 'The condition on id is empty'],
  [{ status: { ...(from && { gte: from }) } }, 'The condition on status is empty'],
  [{ meta: { path: ['k'] } }, 'The condition on meta is empty'],
  [{ meta: { path: ['k'], not: {} } }, 'The condition on meta is empty'],
  [{ $or: [{ id: {} }, { id: 1 }] }, 'The condition on id is empty'],
  [{ $not: {} }, 'The condition on $not is empty'],
  [{ $or: [] }, 'The condition on $or is empty'],
  [{ $and: [] }, 'The condition on $and is empty'],
  [{ $or: [{ id: 1 }, {}] }, 'The condition on $or is empty'],
  [{ $and: [{ $or: [] }] }, 'The condition on $or is empty'],
  [{ $or: 'id' }, 'A condition is id'],
  [{ id: new Map([['eq', 1]]) }, 'id: a value is unprintable'],
  [{ id: new Set([1]) }, 'id: a value is unprintable'],
  [{ id: /x/ }, 'id: a value is unprintable'],
  [{ id: new Point() }, 'id: a value is [object Object]'],
  [{ id: { eq: new Point() } }, 'id: a value is [object Object]'],
  [{ status: new Date(Number.NaN) }, 'status: a value is unprintable'],
  [{ id: () => 1 }, 'id: a value is unprintable'],
  [{ id: Symbol('x') }, 'id: a value is Symbol(x)'],
  [{ id: [1, null] }, 'id: a value is null'],
  [{ id: [1, undefined] }, 'id: a value is undefined'],
  [{ id: { eq: null } }, 'id: a value is null'],
  [{ id: { in: undefined } }, 'The condition on id is undefined'],
  [{ id: { is: 'x' } }, 'The operand on id is x'],
  [{ id: { 'eq.1,status.eq': 2 } }, 'The operator on id is eq.1,status.eq'],
  [{ $or: [{ id: { 'eq.1,status.eq': 2 } }] }, 'The operator on id is eq.1,status.eq'],
  [{ id: { equals: 1 } }, 'The operator on id is equals'],
  [{ id: { constructor: 1 } }, 'The operator on id is constructor'],
  [{ id: { EQ: 1 } }, 'The operator on id is EQ'],
  [{ id: { 'not.eq': 1 } }, 'The operator on id is not.eq'],
  [{ id: { 'eq|neq': 1 } }, 'The operator on id is eq|neq'],
  [{ id: { gt: { any: [1], all: [2] } } }, 'The operand on id is any,all'],
  [{ id: { gt: { some: [1] } } }, 'The operand on id is some'],
  [{ id: { gt: { any: [1], some: [1] } } }, 'The operand on id is any,some'],
  [{ id: { gt: { any: [undefined] } } }, 'id: a value is undefined'],
  [{ id: { gt: {} } }, 'The operand on id is '],
  [{ status: { fts: {} } }, 'The operand on status is '],
  [{ status: { fts: { query: 'x', language: 'a).b' } } }, 'cannot name'],
  [{ status: 'a\uD800' }, 'status: a value is unprintable'],
  [{ status: ['b', '\uDC00'] }, 'status: a value is unprintable'],
  [{ tags: { cs: ['\uD83D'] } }, 'tags: a value is unprintable'],
  [{ meta: { cs: { a: '\uD800' } } }, 'meta: a value is unprintable'],
  [{ meta: { cs: new Map() } }, 'meta: a value is unprintable'],
  [{ customer: true }, 'The condition on customer is true'],
  [{ customer: null }, 'The condition on customer is null'],
  ['x', 'A condition is x'],
  [new Map([['id', 1]]), 'A condition is [object Map]'],
])('a condition that says nothing is refused: %#', (filter, message) => {
  expect(() => query().where(filter as never)).toThrow(message)
  expect(() => db.orders.delete().where({ status: 'x' }, filter as never)).toThrow(message)
  expect(() =>
    query()
      .where({ status: 'x' })
      .not(filter as never),
  ).toThrow()
})

test('and so are alternatives of nothing', () => {
  for (const step of [() => query().or(), () => query().not(), () => query().or({}), () => query().not({})]) {
    expect(step).toThrow('is empty')
  }
})

test('what means something still does', () => {
  expect(search(query().where({ id: { in: [] } }))).toBe('?select=id&id=in.()')
  expect(search(query().where({ id: { in: 1 } }))).toBe('?select=id&id=in.(1)')
  expect(search(query().where({}))).toBe('?select=id')
  expect(search(query().where({ status: new Date(0) }))).toBe('?select=id&status=eq.1970-01-01T00:00:00.000Z')
  expect(search(query().where({ status: { gt: new Date(0) } }))).toBe('?select=id&status=gt.1970-01-01T00:00:00.000Z')
  expect(search(query().where({ status: [new Date(0)] }))).toBe('?select=id&status=in.("1970-01-01T00:00:00.000Z")')
  expect(search(query().where({ meta: { eq: null } }))).toBe('?select=id&meta=eq.null')
  expect(search(query().where({ meta: { cs: { any: [1] } } }))).toBe('?select=id&meta=cs.{"any":[1]}')
  expect(search(query().where(Object.assign(Object.create(null), { id: 1 })))).toBe('?select=id&id=eq.1')
  expect(search(query().where({ status: { wfts: { query: 'x' } } }))).toBe('?select=id&status=wfts.x')
  expect(search(query().where({ status: 'a😀' }))).toBe('?select=id&status=eq.a😀')
})

test('the operators are those of the grammar', () => {
  const operands: Record<Operator, unknown> = {
    ...{ eq: 1, neq: 1, gt: 1, gte: 1, lt: 1, lte: 1, isdistinct: 1, in: [1], is: null },
    ...{ like: 'x', ilike: 'x', match: 'x', imatch: 'x', fts: 'x', plfts: 'x', phfts: 'x', wfts: 'x' },
    ...{ cs: 'x', cd: 'x', ov: 'x', sl: 'x', sr: 'x', nxr: 'x', nxl: 'x', adj: 'x' },
  }
  for (const [name, operand] of Object.entries(operands)) {
    expect(search(query().where({ id: { [name]: operand } }))).toContain(`&id=${name}.`)
  }
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (name) => {
      fc.pre(!Object.hasOwn(operands, name) && !['not', 'path', '__proto__'].includes(name))
      expect(() => query().where({ id: { [name]: 1 } })).toThrow('The operator on id is')
    }),
  )
})

const noCounts = [Number.NaN, Infinity, -Infinity, -1, 1.5, 2 ** 60, '5', undefined, null] as number[]
test.each(noCounts)('%s is no number of rows', (value) => {
  expect(() => query().limit(value)).toThrow(`limit is ${value}`)
  expect(() => query().offset(value)).toThrow(`offset is ${value}`)
  expect(() => query().pages(value)).toThrow(`pages is ${value}`)
  expect(() => db.orders.delete().all().maxAffected(value)).toThrow(`maxAffected is ${value}`)
})

test('an insert takes no bound: servers would write it, and say nothing of one', () => {
  expect(() => db.orders.insert({ id: 1 }).maxAffected(1)).toThrow('maxAffected() is of update() and delete()')
})

test('a page has a row; a limit and an offset may be zero', () => {
  expect(() => query().pages(0)).toThrow('pages is 0, which it cannot be')
  expect(search(query().limit(0).offset(0))).toBe('?select=id&limit=0&offset=0')
})

test.each<[() => unknown, string]>([
  [() => query().order('id', 'up'), 'order is'],
  [() => query().order('id', 'asc,status.desc'), 'order is'],
  [() => query().order('id', null as never), 'order is'],
  [() => query().order('id', 'asc', { nulls: 'x' as never }), 'nulls is'],
  [() => query().orderBy('customer', 'name', 'asc|desc'), 'order is'],
  [() => query().count('exact, tx=rollback' as never), 'count is'],
  [() => query().withCount('all' as never), 'count is'],
  [() => query().explain({ format: 'xml' as never }), 'format is'],
  [() => query().explain({ 'analyze|x': true } as never), 'explain is'],
  [() => db.orders.aggregate({ n: { 'sum()': 'id' } }), 'aggregate is'],
  [() => db.orders.aggregate({ n: {} }), 'aggregate is'],
  [() => db.orders.insert([{}], { missing: 'null, tx=rollback' }), 'missing is'],
  [() => db.orders.insert({ status: '\uD800' }), 'status: a value is unprintable'],
  [() => db.orders.update({ meta: { a: ['\uDFFF'] } }), '0: a value is unprintable'],
  [() => db.orders.insert({ meta: new Map([[1, 2]]) }), 'meta: a value is unprintable'],
])('a word that types do not know is refused: %#', (step, message) => {
  expect(step).toThrow(message)
})
