import { printPreferences, printQuery } from '@rolecast/grammar'
import { assemble, defaultLimits, parseParameters, parsePreferences, parseQueryString } from '@rolecast/grammar/parse'
import { expect, test } from 'vitest'
import { connect } from '../connect.js'
import type { SchemaMeta } from '../metadata.js'
import { rpc as calls } from '../routine.js'
import { WritableRelation, type WriteBuilder } from '../writable-relation.js'
import type { Builder } from './builder.js'
import { documents } from './documents.js'

const schemas: readonly SchemaMeta[] = [
  {
    name: 'api',
    relations: {
      orders: [
        ['id', 'total', 'status', 'tags', 'meta', 'big'],
        { total: 't', tags: 'a', meta: 'j', big: 'b' },
        ['id'],
        { customer: 'customers', items: ['lines', 'order_lines_order_id_fkey'], twin: ['orders', 0, 'twin_of'] },
      ],
      customers: [['id', 'name'], 0, ['id'], { orders: 'orders' }],
      lines: [['order_id', 'no', 'qty'], 0, ['order_id', 'no'], { order: 'orders' }, 'order_lines'],
      $or: [['id', '$or', 'a b', 'a,b', '__proto__'], 0, ['id']],
    },
    functions: {
      sum: { returns: 'value', kind: 't', get: true },
      find: { returns: 'rows', rows: 'orders', get: true },
      stats: { returns: 'row', rows: [['n'], { n: 't' }] },
      touch: {},
      upload: { body: 'application/octet-stream' },
      store: { body: 'application/json', returns: 'value' },
      join: { returns: 'value', get: true, variadic: 'parts' },
      pick: [
        { returns: 'value', arguments: [['a', 'b'], 1], name: 'pick' },
        { returns: 'rows', rows: 'customers', arguments: [['c'], 1], name: 'pick' },
      ],
    },
  },
  { name: 'v2', relations: { orders: [['id']] }, functions: {} },
  { name: 'dépôt 日', relations: { orders: [['id']] }, functions: {} },
]

type Client = { with(options: object): Client; schema(name: string): Client } & {
  readonly [relation: string]: { readonly [verb: string]: (...args: unknown[]) => WriteBuilder }
}
const db = connect(
  schemas.length > 0 ? 'app_user' : '',
  schemas,
  { url: 'http://api.test/rest/' },
  { writes: WritableRelation, rpc: calls, documents },
) as unknown as Client
const { orders, customers, lines, rpc } = db as unknown as Record<string, Client[string]>

function query(relation: string): Client[string] {
  const found = db[relation]
  if (found === undefined) throw new Error(relation)
  return found
}
const select = (...columns: unknown[]) => query('orders').select?.(...columns) as Builder
const call = (name: string, args?: unknown) => query('rpc')[name]?.(args) as Builder
const write = (verb: string, ...args: unknown[]) => query('orders')[verb]?.(...args) as WriteBuilder

/** What is sent: method, URL below the base with its query decoded, headers that matter, body. */
function sent(builder: Builder): string {
  const { method, path, search, headers, body } = builder.toRequest()
  const extra = ['Accept', 'Accept-Profile', 'Content-Profile', 'Prefer', 'Content-Type'].flatMap((name) =>
    headers[name] === undefined ? [] : [`${name}: ${headers[name]}`],
  )
  return [`${method} ${path}${decodeURIComponent(search)}`, ...extra, ...(body === null ? [] : [String(body)])].join(
    '\n',
  )
}

const reads: readonly (readonly [Builder, string])[] = [
  [select(), '/orders?select=id,total::text,status,tags,meta,big::text'],
  [select('id', 'total'), '/orders?select=id,total::text'],
  [select('id').where({ status: 'paid', total: { gte: '100' } }), '/orders?select=id&status=eq.paid&total=gte.100'],
  [select('id').where({ status: null }), '/orders?select=id&status=is.null'],
  [select('id').where({ status: { is: 'not_null' } }), '/orders?select=id&status=is.not_null'],
  [select('id').where({ status: ['a', 'b,c', 'null', '"'] }), '/orders?select=id&status=in.(a,"b,c",null,"\\"")'],
  [select('id').where({ status: [''] }), '/orders?select=id&status=in.("","")'],
  [select('id').where({ status: { in: [] } }), '/orders?select=id&status=in.()'],
  [select('id').where({ status: { not: { in: ['a'] } } }), '/orders?select=id&status=not.in.(a)'],
  [select('id').where({ status: { like: { any: ['a*', '*b'] } } }), '/orders?select=id&status=like(any).{"a*","*b"}'],
  [select('id').where({ id: { gt: { all: [1, 2] } } }), '/orders?select=id&id=gt(all).{"1","2"}'],
  [
    select('id').where({ status: { fts: { query: 'a & b', language: 'english' } } }),
    '/orders?select=id&status=fts(english).a & b',
  ],
  [select('id').where({ status: { wfts: 'a -b' } }), '/orders?select=id&status=wfts.a -b'],
  [select('id').where({ tags: ['a', 'b"c'] }), '/orders?select=id&tags=eq.{"a","b\\"c"}'],
  [select('id').where({ tags: { cs: ['a', null, '\\'] } }), '/orders?select=id&tags=cs.{"a",NULL,"\\\\"}'],
  [select('id').where({ meta: { cs: { a: [1] } } }), '/orders?select=id&meta=cs.{"a":[1]}'],
  [select('id').where({ meta: { cs: [1, 2] } }), '/orders?select=id&meta=cs.[1,2]'],
  [
    select('id').where({ meta: { path: ['a', 0, 'b c'], ilike: 'x*' } }),
    '/orders?select=id&meta->a->0->>"b c"=ilike.x*',
  ],
  [select('id').where({ meta: { path: ['a'], not: { eq: '1' } } }), '/orders?select=id&meta->a=not.eq."1"'],
  [select('id').where({ big: 9007199254740993n }), '/orders?select=id&big=eq.9007199254740993'],
  [
    select('id').or({ status: 'a,b' }, { id: [1, 2] }, { id: 3, status: 'x' }),
    '/orders?select=id&or=(status.eq."a,b",id.in.(1,2),and(id.eq.3,status.eq.x))',
  ],
  [select('id').not({ id: 1, status: 'a' }), '/orders?select=id&not.and=(id.eq.1,status.eq.a)'],
  [select('id').not({ id: 1 }, { $or: [{ id: 2 }] }), '/orders?select=id&not.and=(id.eq.1,or(id.eq.2))'],
  [
    select('id').where({ $or: [{ $and: [{ id: 1 }, { $not: { id: 2 } }] }, { status: null }] }),
    '/orders?select=id&or=(and(id.eq.1,not.and(id.eq.2)),status.is.null)',
  ],
  [
    query('$or')
      .select?.('id')
      .where({ $or: 'x', 'a b': 1, 'a,b': 2, ['__proto__']: 3 }) as Builder,
    '/%24or?select=id&"$or"=eq.x&"a b"=eq.1&"a,b"=eq.2&__proto__=eq.3',
  ],
  [
    select('id')
      .order('total', 'desc', { nulls: 'last' })
      .order('meta', 'asc', { path: ['a'] })
      .limit(5)
      .offset(10),
    '/orders?select=id&order=total.desc.nullslast,meta->a.asc&limit=5&offset=10',
  ],
  [
    select('id').embed({
      customer: ['name'],
      items: lines
        ?.select?.('qty')
        .where({ qty: { gt: 1 } })
        .limit(3) as Builder,
    }),
    '/orders?select=id,customer:customers(name),items:order_lines!order_lines_order_id_fkey(qty)&items.qty=gt.1&items.limit=3',
  ],
  [select('id').embed({ twin: select('total').inner() }), '/orders?select=id,twin:twin_of!inner(total::text)'],
  [
    select('id').embed({ customer: [] }).where({ customer: 'none' }),
    '/orders?select=id,customer:customers()&customer=is.null',
  ],
  [select('id').where({ customer: 'some' }), '/orders?select=id,customer:customers()&customer=not.is.null'],
  [
    select('id')
      .where({ customer: 'some' })
      .embed({ customer: ['name'] }),
    '/orders?select=id,customer:customers(name)&customer=not.is.null',
  ],
  [
    select('id')
      .embed({ customer: ['name'] })
      .or({ customer: 'none' }, { id: 1 }),
    '/orders?select=id,customer:customers(name)&or=(customer.is.null,id.eq.1)',
  ],
  [
    select('id')
      .embed({ customer: ['name'] })
      .orderBy('customer', 'name', 'desc'),
    '/orders?select=id,customer:customers(name)&order=customer(name).desc',
  ],
  [select('id').spread('customer', ['name']), '/orders?select=id,...customers(name)'],
  [
    select('id')
      .json({ a: ['meta', 'x', 0] })
      .text({ b: ['meta', 'y'] }),
    '/orders?select=id,a:meta->x->0,b:meta->>y',
  ],
  [
    select('status').aggregate({ n: 'count', sum: { sum: 'total' }, ids: { count: 'id' }, top: { max: 'id' } }),
    '/orders?select=status,n:count(),sum:total.sum()::text,ids:id.count(),top:id.max()',
  ],
  [
    customers?.select?.('name').embed({
      orders: select('id')
        .embed({ items: ['qty'] })
        .order('id'),
    }) as Builder,
    '/customers?select=name,orders(id,items:order_lines!order_lines_order_id_fkey(qty))&orders.order=id',
  ],
]

test.each(reads)('prints a read: %#', (builder, expected) => {
  expect(sent(builder)).toBe(`GET ${expected}`)
})

const others: readonly (readonly [Builder, string])[] = [
  [select('id').one(), 'GET /orders?select=id\nAccept: application/vnd.pgrst.object+json'],
  [select('id').maybe(), 'GET /orders?select=id&limit=2'],
  [select('id').withCount(), 'GET /orders?select=id\nPrefer: count=exact'],
  [select('id').count('planned'), 'HEAD /orders?select=id\nPrefer: count=planned'],
  [select('id').csv(), 'GET /orders?select=id\nAccept: text/csv'],
  [select('id').stripNulls(), 'GET /orders?select=id\nAccept: application/vnd.pgrst.array+json;nulls=stripped'],
  [select('id').stripNulls().one(), 'GET /orders?select=id\nAccept: application/vnd.pgrst.object+json;nulls=stripped'],
  [
    select('id').explain({ analyze: true, buffers: true }),
    'GET /orders?select=id\nAccept: application/vnd.pgrst.plan+json;options=analyze|buffers',
  ],
  [select('id').explain({ format: 'text' }), 'GET /orders?select=id\nAccept: application/vnd.pgrst.plan+text'],
  [
    write('insert', { total: '9.90', big: 5n }),
    'POST /orders\nPrefer: return=minimal\nContent-Type: application/json\n{"total":"9.90","big":"5"}',
  ],
  [
    write('insert', [{ total: '1' }, { status: 'x', total: undefined }]).returning('id', 'total'),
    'POST /orders?select=id,total::text&columns=total,status\nPrefer: missing=default, return=representation\n' +
      'Content-Type: application/json\n[{"total":"1"},{"status":"x"}]',
  ],
  [
    write('insert', [{ total: '1' }, { status: 'x' }], { missing: 'null' }),
    'POST /orders?columns=total,status\nPrefer: missing=null, return=minimal\n' +
      'Content-Type: application/json\n[{"total":"1"},{"status":"x"}]',
  ],
  [
    write('upsert', { id: 1 }, { onConflict: ['id', 'a,b'] }),
    'POST /orders?on_conflict=id,"a,b"\nPrefer: resolution=merge-duplicates, return=minimal\n' +
      'Content-Type: application/json\n{"id":1}',
  ],
  [
    write('upsert', [{ id: 1 }, { id: 2, status: 'x' }]),
    'POST /orders\nPrefer: resolution=merge-duplicates, return=minimal\n' +
      'Content-Type: application/json\n[{"id":1},{"id":2,"status":"x"}]',
  ],
  [
    write('update', { total: Number.NaN, big: -Infinity }).all(),
    'PATCH /orders\nPrefer: return=minimal\nContent-Type: application/json\n{"total":"NaN","big":"-Infinity"}',
  ],
  [
    write('insertOrIgnore', { id: 1 }),
    'POST /orders\nPrefer: resolution=ignore-duplicates, return=minimal\nContent-Type: application/json\n{"id":1}',
  ],
  [
    write('update', { status: 'paid' }).where({ id: 1 }).maxAffected(1).rollback(),
    'PATCH /orders?id=eq.1\nPrefer: return=minimal, handling=strict, max-affected=1, tx=rollback\n' +
      'Content-Type: application/json\n{"status":"paid"}',
  ],
  [
    write('delete')
      .where({ id: [1, 2] })
      .returning('id')
      .one(),
    'DELETE /orders?select=id&id=in.(1,2)\nAccept: application/vnd.pgrst.object+json\nPrefer: return=representation',
  ],
  [write('delete').all(), 'DELETE /orders\nPrefer: return=minimal'],
  [call('sum', { a: 1, b: 'x y', c: true }), 'GET /rpc/sum?a=1&b=x y&c=true'],
  [call('sum', { a: null }), 'POST /rpc/sum\nContent-Type: application/json\n{"a":null}'],
  [call('sum', { a: 'eq.1' }), 'POST /rpc/sum\nContent-Type: application/json\n{"a":"eq.1"}'],
  [call('sum', { a: 'not.in.(x)' }), 'POST /rpc/sum\nContent-Type: application/json\n{"a":"not.in.(x)"}'],
  [call('sum', { select: 'x' }), 'POST /rpc/sum\nContent-Type: application/json\n{"select":"x"}'],
  [call('sum', { list: [1] }), 'POST /rpc/sum\nContent-Type: application/json\n{"list":[1]}'],
  [call('sum', { a: 'x'.repeat(2000) }), `GET /rpc/sum?a=${'x'.repeat(2000)}`],
  [
    call('sum', { a: '你'.repeat(1000) }),
    `POST /rpc/sum\nContent-Type: application/json\n{"a":"${'你'.repeat(1000)}"}`,
  ],
  [call('sum', { a: 1 }).with({ post: true }), 'POST /rpc/sum\nContent-Type: application/json\n{"a":1}'],
  [call('sum', { a: 12 }).with({ maxUrlLength: 32 }), 'POST /rpc/sum\nContent-Type: application/json\n{"a":12}'],
  [
    call('find', { q: 'x'.repeat(7990) })
      .select('id')
      .where({ id: 1 }),
    `POST /rpc/find?select=id&id=eq.1\nContent-Type: application/json\n{"q":"${'x'.repeat(7990)}"}`,
  ],
  [
    call('find', { q: 'x' }).with({ post: true }).count(),
    'POST /rpc/find?select=id,total::text,status,tags,meta,big::text&limit=0\nPrefer: count=exact\n' +
      'Content-Type: application/json\n{"q":"x"}',
  ],
  [call('sum'), 'GET /rpc/sum'],
  [call('join', { parts: ['a', 'b'] }), 'GET /rpc/join?parts=a&parts=b'],
  [call('join', { parts: [] }), 'POST /rpc/join\nContent-Type: application/json\n{"parts":[]}'],
  [call('join', { parts: undefined }), 'GET /rpc/join'],
  [
    call('find', { q: 'x' })
      .where({ id: { gt: 1 } })
      .order('id')
      .limit(1),
    'GET /rpc/find?select=id,total::text,status,tags,meta,big::text&q=x&id=gt.1&order=id&limit=1',
  ],
  [
    call('find')
      .select('id')
      .embed({ customer: ['name'] }),
    'GET /rpc/find?select=id,customer:customers(name)',
  ],
  [call('stats', { a: 1 }), 'POST /rpc/stats?select=n::text\nContent-Type: application/json\n{"a":1}'],
  [call('touch'), 'POST /rpc/touch\nContent-Type: application/json\n{}'],
  [call('upload', new Uint8Array([65])), 'POST /rpc/upload\nContent-Type: application/octet-stream\n65'],
  [call('store', 'x'), 'POST /rpc/store\nContent-Type: application/json\n"x"'],
  [call('pick', { b: 2, a: 1 }), 'POST /rpc/pick\nContent-Type: application/json\n{"b":2,"a":1}'],
  [call('pick', { c: 1 }), 'POST /rpc/pick?select=id,name\nContent-Type: application/json\n{"c":1}'],
  [db.schema('v2').orders?.select?.() as Builder, 'GET /orders?select=id\nAccept-Profile: v2'],
  [
    db.schema('v2').orders?.insert?.({ id: 1 }) as Builder,
    'POST /orders\nContent-Profile: v2\nPrefer: return=minimal\nContent-Type: application/json\n{"id":1}',
  ],
]

test.each(others)('prints forms, writes and calls: %#', (builder, expected) => {
  expect(sent(builder)).toBe(expected)
})

/** The query string as a list in an order of its own: what the parameters say does not depend on theirs. */
const parametersOf = (search: string) => search.slice(1).split('&').sort()

test.each([...reads, ...others])('the grammar reads it, and prints the same: %#', (builder) => {
  const { headers, ...request } = builder.toRequest()
  // An empty list reads as a list of an empty text, which is how PostgREST has it too.
  const search = request.search.replace('in.()', 'in.(%22%22)')
  const parameters = parseParameters(parseQueryString(search.slice(1)), true, defaultLimits)
  const { selection } = assemble(parameters, { targetNames: false, embedFilters: true })
  const common = { profile: null, accept: [], preferences: {}, columns: parameters.columns, selection }
  const printed =
    parameters.arguments.length > 0
      ? printQuery({
          ...common,
          kind: 'call',
          routine: 'r',
          method: 'GET',
          parameters: parameters.arguments,
          body: null,
        })
      : printQuery({
          ...common,
          kind: 'insert',
          relation: 'r',
          body: { type: 'application/json', content: '' },
          onConflict: parameters.onConflict,
        })
  expect(parametersOf(search)).toEqual(parametersOf(printed.search))
  const { preferences } = parsePreferences(headers.Prefer)
  expect(headers.Prefer?.split(', ').sort() ?? []).toEqual(
    printPreferences(preferences).split(', ').filter(Boolean).sort(),
  )
})

test('a query is a value: steps make others', () => {
  const base = select('id')
  const before = sent(base)
  base
    .where({ id: 1 })
    .order('id')
    .limit(1)
    .embed({ customer: ['name'] })
  expect(sent(base)).toBe(before)
})

test('prints an absolute URL', () => {
  expect(select('id').where({ status: 'a&b' }).toURL()).toBe('http://api.test/rest/orders?select=id&status=eq.a%26b')
})

test.each([
  [{ id: undefined }, 'on id is'],
  [{ id: { eq: undefined } }, 'on id is'],
  [{ id: { not: { in: undefined } } }, 'on id is'],
  [{ $or: [{ id: undefined }] }, 'on id is'],
  [{ $or: undefined }, 'on $or is'],
  [{ customer: undefined }, 'on customer is'],
  [{ id: [1, undefined] }, 'value is'],
])('a condition that is undefined does not vanish: %#', (filter, where) => {
  expect(() => select('id').where(filter)).toThrow(where)
})

test('a relationship that is not there is named', () => {
  expect(() => select('id').embed({ custommer: ['name'] })).toThrow('custommer')
})

test('a write without a filter is not sent, nor one with an empty filter', async () => {
  await expect(write('delete')).rejects.toThrow('where(…)')
  await expect(write('update', {}).where({})).rejects.toThrow('where(…)')
})

test('no overload fits', () => {
  expect(() => call('pick', { d: 1 })).toThrow('No overload')
})

test('neither a client nor its functions can be taken for a promise', () => {
  expect('then' in db || 'then' in (rpc ?? {})).toBe(false)
  expect(Object.getPrototypeOf(db)).toBe(null)
  expect(orders).toBe(query('orders'))
})

test('the name of a schema is sent as the bytes of its UTF-8, which any header may carry', () => {
  const query: Builder | undefined = db.schema('dépôt 日').orders?.select?.()
  const { headers } = query?.toRequest() ?? {}
  const sent = new Headers({ ...headers }).get('Accept-Profile') ?? ''
  expect(Buffer.from(sent, 'latin1').toString()).toBe('dépôt 日')
})
