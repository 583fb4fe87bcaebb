import type { Attack } from './attack.js'
import type { Sent } from './wire.js'

type Rest = Omit<Attack, 'number' | 'title' | 'send'>

const get = (number: number, title: string, target: string, rest: Rest, headers: Sent['headers'] = []): Attack => ({
  number,
  title,
  send: { target, headers },
  ...rest,
})

const post = (number: number, title: string, target: string, body: string | Buffer, rest: Rest): Attack => ({
  number,
  title,
  send: { method: 'POST', target, body },
  ...rest,
})

const typed = (number: number, title: string, type: string, body: string | Buffer, rest: Rest): Attack => ({
  number,
  title,
  send: { method: 'POST', target: '/notes', headers: [['Content-Type', type]], body },
  ...rest,
})

const repeat = (text: string, times: number) => text.repeat(times)
const list = (length: number, item: (index: number) => string) =>
  Array.from({ length }, (_, index) => item(index)).join()
const encoded = encodeURIComponent

const poison = `'; DROP TABLE api.items; --`
const ok: Rest = { status: 200 }
const refused: Rest = { status: 400 }
const unreadable: Rest = { status: 400, code: 'PGRST100' }

const injections: Attack[] = [
  get(1, 'a statement in a number', '/items?id=eq.1;drop%20table%20items--', { status: 400, code: '22P02' }),
  get(1, 'a statement in a text', `/items?name=eq.${encoded(poison)}`, { ...ok, body: /^\[\]$/ }),
  get(1, 'a quote', `/items?name=eq.'`, { ...ok, body: /^\[\]$/ }),
  get(1, 'dollars', '/items?name=eq.$$', { ...ok, body: /^\[\]$/ }),
  get(1, 'an encoded NUL', '/items?name=eq.%00', unreadable),
  get(1, 'a quoted value that does not end', '/items?name=in.("a)', { status: [200, 400] }),
  get(2, 'as a column', `/items?select=${encoded(poison)}`, unreadable),
  get(2, 'as a quoted column', `/items?select=${encoded(`"${poison}"`)}`, { status: 400, code: '42703' }),
  get(2, 'as a table', `/${encoded(poison)}`, { status: 404, code: 'PGRST205' }),
  get(2, 'as a function', `/rpc/${encoded(poison)}`, { status: 404, code: 'PGRST202' }),
  get(2, 'as an alias', `/items?select=${encoded(`"a${poison}"`)}:id&limit=1`, {
    ...ok,
    body: /DROP TABLE api\.items; --": ?1/,
  }),
  get(2, 'as a cast', `/items?select=id::${encoded(poison)}`, unreadable),
  get(2, 'as an order', `/items?order=${encoded(poison)}`, { status: 400 }),
  get(2, 'as a quoted order', `/items?order=${encoded(`"${poison}"`)}`, { status: 400, code: '42703' }),
  get(2, 'as an operator', `/items?id=${encoded(`eq'; --`)}.1`, unreadable),
  get(2, 'as a filtered column', `/items?${encoded(poison)}=eq.1`, { status: 400 }),
  post(2, 'as a conflict target', `/notes?on_conflict=${encoded(poison)}`, '{"title":"a"}', { status: [201, 400] }),
  post(2, 'as columns', `/notes?columns=${encoded(poison)}`, '{"title":"a"}', { status: 400 }),
  post(2, 'as a key', '/notes', `{${JSON.stringify(poison)}:1}`, { status: 400, code: 'PGRST204' }),
  get(3, 'to text', '/items?select=id::text&id=eq.1', ok),
  get(3, 'to a name of a hidden table', `/items?select=name::regclass&id=eq.1`, { status: 404, code: '42P01' }),
  get(3, 'to a qualified type', '/items?select=name::pg_catalog.xml', unreadable),
  get(3, 'to a type that is not exposed', '/items?select=name::mood', { status: 400, code: '42704' }),
  get(3, 'with a modifier', '/items?select=name::varchar(1)', unreadable),
  get(4, 'a quote in a path', `/items?select=data->>${encoded(`'x'; --`)}`, { status: [200, 400] }),
  get(4, 'a quoted step', `/items?select=data->>"${encoded(poison)}"&limit=1`, { status: [200, 400] }),
  get(4, 'a filter on a path', `/items?data->>${encoded(poison)}=eq.1`, { status: [200, 400] }),
  get(4, '10,000 steps', `/items?select=data${repeat('->a', 10_000)}`, unreadable),
  get(4, '150 steps', `/items?select=data${repeat('->a', 150)}`, ok),
]

const sizes: Attack[] = [
  get(5, 'a tree 5,000 deep', `/items?and=${repeat('(and', 5_000)}(id.eq.1)${repeat(')', 5_000)}`, unreadable),
  get(5, 'a tree 100 deep', `/items?and=${repeat('(and', 99)}(id.eq.1)${repeat(')', 99)}`, ok),
  get(5, 'negations', `/items?and=${repeat('(not.or', 5_000)}`, unreadable),
  get(5, 'an address that is not sent back', `/items?name=eq.${repeat('x', 30_000)}`, {
    ...ok,
    check: ({ raw }) => {
      if (raw.length > 4_096) throw new Error(`${raw.length} bytes came back`)
    },
  }),
  get(6, '100,000 conditions', `/items?or=(${list(100_000, () => 'id.eq.1')})`, { status: [414, 431] }),
  get(6, '6,000 conditions', `/items?or=(${list(6_000, () => 'id.eq.1')})`, unreadable),
  get(6, '5,000 conditions', `/items?or=(${list(5_000, () => 'id.eq.1')})`, { ...ok }),
  get(6, '15,000 values', `/items?id=in.(${list(15_000, (n) => String(n % 10))})`, ok),
  get(7, 'embeds 200 deep', `/items?select=${repeat('items!parent(', 200)}id${repeat(')', 200)}`, unreadable),
  get(7, 'embeds 20 deep', `/items?select=${repeat('items!parent(', 20)}id${repeat(')', 20)}&limit=1`, {
    status: [200, 300],
  }),
  get(8, '500 embeds', `/items?select=${list(500, (n) => `a${n}:items!parent(id)`)}`, unreadable),
  get(8, '90 embeds', `/items?select=${list(90, (n) => `a${n}:items!parent(id)`)}`, {
    status: [200, 300],
  }),
  get(8, '5,000 columns', `/items?select=${list(5_000, (n) => `a${n}:id`)}`, { status: [200, 400, 500] }),
  get(8, '5,000 orders', `/items?order=${list(5_000, () => 'id')}`, { status: [200, 400] }),
  get(8, 'a name that is as long as an address', `/${repeat('items', 12_000)}`, { status: 404, code: 'PGRST205' }),
  get(8, 'an embed of such a name', `/items?select=${repeat('items', 12_000)}(id)`, { status: 400, code: 'PGRST200' }),
  get(9, 'a limit beyond numbers', '/items?limit=1e308', unreadable),
  get(9, 'a negative limit', '/items?limit=-1', { status: 416, code: 'PGRST103' }),
  get(9, 'an offset beyond bigint', '/items?offset=9999999999999999999', { status: [200, 400, 416] }),
  get(9, 'a far offset', '/items?offset=9000000000000000000', { status: [200, 206, 400, 416] }),
  get(9, 'an open range', '/items', ok, [['Range', '0-']]),
  get(9, 'a range of bytes', '/items', ok, [['Range', 'bytes=0-1']]),
  get(9, 'a range backwards', '/items', { status: 416, code: 'PGRST103' }, [['Range', '9-1']]),
  post(10, 'a column nested 20,000 deep', '/notes', `{"data":${repeat('[', 20_000)}${repeat(']', 20_000)}}`, refused),
  post(10, 'nested 20,000 deep', '/notes', `${repeat('[', 20_000)}${repeat(']', 20_000)}`, refused),
  post(
    10,
    'nested 20,000 deep, columns given',
    '/notes?columns=data',
    `{"data":${repeat('[', 20_000)}${repeat(']', 20_000)}}`,
    refused,
  ),
  post(10, 'an argument nested deeply', '/rpc/double', `{"n":${repeat('[', 20_000)}${repeat(']', 20_000)}}`, refused),
  post(11, 'a body longer than allowed', '/notes', `{"title":"${repeat('x', 300_000)}"}`, {
    status: 413,
    code: 'PGRST102',
  }),
  {
    number: 11,
    title: 'a compressed body',
    send: {
      method: 'POST',
      target: '/notes',
      headers: [['Content-Encoding', 'gzip']],
      body: Buffer.from('1f8b0800', 'hex'),
    },
    status: 415,
    code: 'PGRST102',
  },
]

const rollback: Sent['headers'] = [['Prefer', 'return=representation']]

const bodies: Attack[] = [
  post(12, '__proto__', '/notes', '{"__proto__":{"title":"a"}}', { status: 400, code: 'PGRST204' }),
  post(12, 'constructor', '/notes', '{"constructor":1}', { status: 400, code: 'PGRST204' }),
  get(12, 'a relation of that name', '/__proto__', { status: 404, code: 'PGRST205' }),
  get(12, 'a function of that name', '/rpc/constructor', { status: 404, code: 'PGRST202' }),
  get(12, 'an argument of that name', '/rpc/double?__proto__=1', { status: 404, code: 'PGRST202' }),
  get(12, 'a filter of that name', '/items?__proto__=eq.1', { status: 400, code: '42703' }),
  get(12, 'an embed of that name', '/items?select=__proto__(id)', { status: 400, code: 'PGRST200' }),
  typed(12, 'a CSV column of that name', 'text/csv', '__proto__\n1\n', { status: 400, code: 'PGRST204' }),
  typed(12, 'a form field of that name', 'application/x-www-form-urlencoded', '__proto__=1', {
    status: 400,
    code: 'PGRST204',
  }),
  {
    number: 13,
    title: 'a key twice',
    send: { method: 'POST', target: '/notes', headers: rollback, body: '{"title":"first","title":"last"}' },
    status: 201,
    body: /"last"/,
  },
  {
    number: 14,
    title: 'numbers longer than a double',
    send: {
      method: 'POST',
      target: '/notes',
      headers: rollback,
      body: `{"big":9007199254740993,"amount":${repeat('7', 100_000)}}`,
    },
    status: 201,
    body: /"big": ?9007199254740993\b.*|7{100000}/,
  },
  post(14, 'numbers longer than numeric', '/notes', `{"amount":${repeat('7', 200_000)}}`, {
    status: 400,
    code: '22003',
  }),
  get(14, 'an integer that a double would round', '/items?select=big&id=eq.1', { ...ok, body: /9007199254740993/ }),
  post(15, 'NUL in a text', '/notes', '{"title":"\\u0000"}', { status: 400, code: '22P05' }),
  post(15, 'NUL in a key', '/notes', '{"ti\\u0000tle":"a"}', { status: 400, code: 'PGRST204' }),
  post(15, 'half a surrogate pair', '/notes', '{"title":"\\ud800"}', { status: 400, code: '22P02' }),
  post(15, 'half a surrogate pair in a key', '/notes', '{"\\ud800":"a"}', { status: 400 }),
  post(15, 'bytes that are no UTF-8', '/notes', Buffer.from('{"title":"\xff\xfe"}', 'latin1'), { status: 400 }),
  post(15, 'a NUL byte', '/notes', '{"title":"a\0b"}', { status: 400 }),
  post(15, 'bytes that are no UTF-8 in a key', '/notes', Buffer.from('{"\xff":1}', 'latin1'), { status: 400 }),
  typed(16, 'a quote that is not closed', 'text/csv', 'title\n"a', { status: 400, code: 'PGRST102' }),
  typed(16, 'rows of several lengths', 'text/csv', 'title,big\na\n', { status: 400, code: 'PGRST102' }),
  typed(16, 'quotes, line breaks and a byte order mark', 'text/csv', '\ufefftitle\n"a\n""b"""\n', { status: 201 }),
  typed(16, 'NUL', 'text/csv', 'title\na\0b\n', { status: 400 }),
  typed(16, 'only quotes', 'text/csv', repeat('"', 100_001), { status: 400 }),
]

const words: Attack[] = [
  { number: 17, title: 'a write of everything', send: { method: 'DELETE', target: '/notes' }, status: 204 },
  get(18, 'a time zone that is none', '/items', { status: [200, 400] }, [
    ['Prefer', `timezone=UTC'; DROP TABLE x; --`],
  ]),
  get(18, 'a time zone that is none, strictly', '/items', { status: 400, code: '22023' }, [
    ['Prefer', `handling=strict, timezone=${poison}`],
  ]),
  get(18, 'junk, strictly', '/items', { status: 400, code: 'PGRST122' }, [['Prefer', 'handling=strict, junk, x=y']]),
  get(18, 'much junk, strictly', '/items', { status: 400, code: 'PGRST122' }, [
    ['Prefer', `handling=strict, ${list(3_000, (n) => `j${n}`)}`],
  ]),
  get(18, 'a count of nothing', '/items', ok, [['Prefer', 'max-affected=-1, count=everything, ,;=']]),
  {
    number: 18,
    title: 'more affected than said',
    send: {
      method: 'PATCH',
      target: '/accounts?id=eq.1&select=id',
      headers: [['Prefer', 'handling=strict, max-affected=0, return=representation']],
      body: '{"level":2}',
    },
    status: 400,
    code: 'PGRST124',
  },
  get(19, '500 media types', '/items', { status: 406, code: 'PGRST107' }, [['Accept', list(500, (n) => `x/y${n}`)]]),
  get(19, 'a quality that is no number', '/items', ok, [['Accept', 'application/json;q=NaN']]),
  get(19, 'a plan where that is disabled', '/items', { status: 406, code: 'PGRST107' }, [
    ['Accept', 'application/vnd.pgrst.plan+json; options=analyze'],
  ]),
  get(19, 'no media type', '/items', { status: [200, 406] }, [['Accept', ';;;,,,///']]),
  get(20, 'the system catalog', '/pg_class', { status: 406, code: 'PGRST106', body: /exposed: api"/ }, [
    ['Accept-Profile', 'pg_catalog'],
  ]),
  get(20, 'a schema that is not exposed', '/kinds', { status: 406, code: 'PGRST106' }, [['Accept-Profile', 'private']]),
  get(20, 'a quoted schema', '/kinds', { status: 406, code: 'PGRST106' }, [['Accept-Profile', 'api", "private']]),
  get(20, 'a qualified name', '/private.kinds', { status: 404, code: 'PGRST205' }),
  get(21, 'an overload', '/rpc/over?a=1', { status: [200, 300] }),
  get(21, 'VARIADIC', '/rpc/many?n=1&n=2&n=x', { status: 400, code: '22P02' }),
  get(21, 'VARIADIC of 5,000', `/rpc/many?${Array.from({ length: 5_000 }, () => 'n=1').join('&')}`, ok),
  get(21, 'arguments missing', '/rpc/double', { status: 404, code: 'PGRST202' }),
  get(21, '5,000 arguments', `/rpc/double?${Array.from({ length: 5_000 }, (_, n) => `a${n}=1`).join('&')}`, {
    status: 404,
    code: 'PGRST202',
  }),
  post(21, '10,000 arguments', '/rpc/double', `{${list(10_000, (n) => `"a${n}":1`)}}`, {
    status: 404,
    code: 'PGRST202',
  }),
  get(22, 'GET on a function that writes', '/rpc/write_note', { status: 405, code: '25006' }),
  get(22, 'nextval in a view', '/ticking', { status: 405, code: '25006' }),
  {
    number: 22,
    title: 'DELETE on a function',
    send: { method: 'DELETE', target: '/rpc/double?n=1' },
    status: 405,
    code: 'PGRST101',
  },
  get(23, 'a pattern that does not end', `/items?name=match.${encoded(`(${repeat('(a*)*', 30)}|b)*$`)}`, {
    status: [200, 400, 500],
  }),
  get(23, 'a like pattern', `/items?name=like.${repeat('*a', 5_000)}`, ok),
  post(23, 'work without end', '/rpc/endless', '{}', { status: 500, code: '57014' }),
  get(24, 'a name close to a hidden table', '/payrol', { status: 404, code: 'PGRST205', body: /^(?!.*payroll)/ }),
  get(24, 'a name close to a hidden function', '/rpc/hidden_payroll_su', {
    status: 404,
    code: 'PGRST202',
    body: /^(?!.*hidden_payroll_sum)/,
  }),
  get(24, 'a name close to a readable table', '/itemz', {
    status: 404,
    body: /Perhaps you meant the table 'api.items'/,
  }),
  get(25, 'a hidden table', '/payroll', { status: 401, code: '42501' }),
  get(25, 'a division by zero inside', '/items?select=id::date', { status: 400 }),
  {
    number: 26,
    title: 'a failing row',
    send: { method: 'POST', target: '/accounts', body: '{"id":2,"owner":"b","level":10}' },
    status: 400,
    code: '23514',
    body: /^(?!.*hush)/,
  },
]

/** Group A: what comes in addresses, headers and bodies for SQL. */
export const sqlAttacks: readonly Attack[] = [...injections, ...sizes, ...bodies, ...words]
