import type { Attack } from './attack.js'
import type { Sent } from './wire.js'

const bytes = (...lines: string[]) => Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
const closing = 'Connection: close'
const bad = { status: 400 } as const

const raw = (number: number, title: string, send: Buffer, rest: Omit<Attack, 'number' | 'title' | 'send'>): Attack => ({
  number,
  title,
  send,
  ...rest,
})

const says = (
  number: number,
  title: string,
  headers: string | null,
  status: string | null,
  rest: Omit<Attack, 'number' | 'title' | 'send'>,
) =>
  ({
    number,
    title,
    send: { method: 'POST', target: '/rpc/respond', body: JSON.stringify({ headers, status }) },
    ...rest,
  }) satisfies Attack

const asked = (number: number, title: string, send: Sent, rest: Omit<Attack, 'number' | 'title' | 'send'>): Attack => ({
  number,
  title,
  send,
  ...rest,
})

const header = (value: object) => JSON.stringify([value])
const notHeaders = { status: 500, code: 'PGRST111' } as const
const notStatus = { status: 500, code: 'PGRST112' } as const
const fail = (message: string): never => {
  throw new Error(message)
}
/** One response, and nothing after it. */
const one = ({ raw }: { raw: string }) => {
  if ((raw.match(/HTTP\/1\.1 /g) ?? []).length !== 1) fail(`not one response: ${raw.slice(0, 500)}`)
}

const chunks = '5\r\n{"tit\r\n0\r\n\r\n'

const framing: Attack[] = [
  raw(
    54,
    'both lengths',
    bytes('POST /notes HTTP/1.1', 'Host: a', closing, 'Content-Length: 3', 'Transfer-Encoding: chunked', '', chunks),
    { ...bad, check: one },
  ),
  raw(
    54,
    'two lengths',
    bytes('POST /notes HTTP/1.1', 'Host: a', closing, 'Content-Length: 3', 'Content-Length: 4', '', 'abcd'),
    { ...bad, check: one },
  ),
  raw(
    54,
    'a length that is none',
    bytes('POST /notes HTTP/1.1', 'Host: a', closing, 'Content-Length: +3', '', 'abc'),
    bad,
  ),
  raw(
    54,
    'an unknown coding',
    bytes('POST /notes HTTP/1.1', 'Host: a', closing, 'Transfer-Encoding: xchunked', '', chunks),
    { ...bad, check: one },
  ),
  raw(
    54,
    'two codings',
    bytes('POST /notes HTTP/1.1', 'Host: a', closing, 'Transfer-Encoding: chunked, identity', '', chunks),
    { ...bad, check: one },
  ),
  raw(54, 'a folded line', bytes('GET /items HTTP/1.1', 'Host: a', closing, 'X-A: b', ' c'), bad),
  raw(54, 'bare line feeds', Buffer.from('GET /items HTTP/1.1\nHost: a\nConnection: close\n\n'), bad),
  raw(54, 'a blank before the colon', bytes('GET /items HTTP/1.1', 'Host: a', closing, 'X-A : b'), bad),
  raw(54, 'NUL in a header', bytes('GET /items HTTP/1.1', 'Host: a', closing, 'X-A: b\0c'), bad),
  raw(
    54,
    'a chunk of a strange length',
    bytes('POST /notes HTTP/1.1', 'Host: a', closing, 'Transfer-Encoding: chunked', '', 'zz\r\nabc\r\n0'),
    bad,
  ),
  raw(54, 'no host', bytes('GET /items HTTP/1.1', closing), bad),
  raw(55, 'two hosts', bytes('GET /items HTTP/1.1', 'Host: a', 'Host: b', closing), bad),
  raw(55, 'the absolute form', bytes('GET http://other/rpc/state HTTP/1.1', 'Host: a', closing), {
    status: [200, 400, 404],
    check: one,
  }),
  raw(55, 'the absolute form of a hidden path', bytes('GET http://other/items HTTP/1.1', 'Host: a', closing), {
    status: [200, 400, 404],
  }),
  raw(55, 'the asterisk form', bytes('OPTIONS * HTTP/1.1', 'Host: a', closing), { status: [200, 400, 404] }),
  raw(55, 'an authority', bytes('GET a:80 HTTP/1.1', 'Host: a', closing), { status: [400, 404] }),
  raw(
    55,
    'two tokens',
    bytes('GET /items HTTP/1.1', 'Host: a', 'Authorization: Bearer x', 'Authorization: Basic y', closing),
    { status: [400, 401] },
  ),
  asked(56, 'an address of 70 KB', { target: `/items?name=eq.${'x'.repeat(70_000)}` }, { status: [414, 431] }),
  asked(56, 'an address of 200 KB', { target: `/items?name=eq.${'x'.repeat(200_000)}` }, { status: [414, 431] }),
  asked(56, 'a header of 100 KB', { target: '/items', headers: [['X-A', 'x'.repeat(100_000)]] }, { status: 431 }),
  asked(56, 'a header of 20 KB', { target: '/items', headers: [['X-A', 'x'.repeat(20_000)]] }, { status: [200, 431] }),
  asked(
    56,
    '3,000 headers',
    { target: '/items', headers: Array.from({ length: 3_000 }, (_, n): [string, string] => [`X-${n}`, 'a']) },
    { status: [200, 431] },
  ),
]

const responses: Attack[] = [
  says(58, 'a line break in a header', header({ 'X-A': 'b\r\nX-Leak: 1' }), null, { ...notHeaders, check: one }),
  says(58, 'a line break in a name', header({ 'X-A\r\nX-Leak': 'b' }), null, notHeaders),
  says(58, 'a header that is not Latin-1', header({ 'X-A': 'ж' }), null, { status: 200, check: one }), // UTF-8
  says(58, 'a header without a name', header({ '': 'b' }), null, notHeaders),
  says(58, 'NUL in a header', header({ 'X-A': 'a\u0001b' }), null, notHeaders),
  says(58, 'a coding', header({ 'Transfer-Encoding': 'chunked' }), null, notHeaders),
  says(58, 'a connection', header({ connection: 'upgrade' }), null, notHeaders),
  says(58, 'a length', header({ 'Content-Length': '1' }), null, notHeaders),
  says(58, 'headers that are no list', '{"a":"b"}', null, notHeaders),
  says(58, 'headers that are no JSON', 'x', null, notHeaders),
  says(58, 'a header nested deeply', `[${'['.repeat(10_000)}${']'.repeat(10_000)}]`, null, notHeaders),
  says(58, '__proto__', '[{"__proto__":"x"}]', null, { status: [200, 500] }),
  says(58, '20,000 headers', JSON.stringify(Array.from({ length: 20_000 }, (_, n) => ({ [`X-${n}`]: 'a' }))), null, {
    status: [200, 500],
  }),
  says(59, '99', null, '99', notStatus),
  says(59, '1000', null, '1000', notStatus),
  says(59, 'abc', null, 'abc', notStatus),
  says(59, '101', null, '101', notStatus),
  says(59, '-200', null, '-200', notStatus),
  says(59, '204 with a body', null, '204', {
    status: [204, 500],
    check: ({ text, status }) => void (status === 204 && text !== '' && fail(text)),
  }),
  says(59, '304 with a body', null, '304', {
    status: [304, 500],
    check: ({ text, status }) => void (status === 304 && text !== '' && fail(text)),
  }),
  says(59, '205 with a body', null, '205', { status: [205, 500] }),
]

const elsewhere: Attack[] = [
  raw(60, 'a trace header of other bytes', bytes('GET /items HTTP/1.1', 'Host: a', closing, 'X-Trace: a\x7f\xe9'), {
    status: [200, 400],
    check: one,
  }),
  raw(60, 'a trace header twice', bytes('GET /items HTTP/1.1', 'Host: a', closing, 'X-Trace: a', 'X-Trace: b'), {
    status: 200,
    check: one,
  }),
  asked(
    61,
    'an origin that looks alike',
    { target: '/items', headers: [['Origin', 'https://shop.example.evil.org']] },
    {
      status: 200,
      check: ({ headers }) => {
        if (headers.some(([name]) => name === 'access-control-allow-origin')) fail('it is allowed')
        if (!headers.some(([name, value]) => name === 'vary' && value.includes('Origin')))
          fail('Vary says nothing of it')
      },
    },
  ),
  asked(
    61,
    'the origin null',
    { target: '/items', headers: [['Origin', 'null']] },
    {
      status: 200,
      check: ({ headers }) =>
        void (headers.some(([name]) => name === 'access-control-allow-origin') && fail('it is allowed')),
    },
  ),
  asked(
    62,
    'what a response depends on',
    { target: '/items' },
    {
      status: 200,
      check: ({ headers }) => {
        const vary = headers
          .filter(([name]) => name === 'vary')
          .map(([, value]) => value)
          .join()
        for (const name of ['Authorization', 'Accept-Profile', 'Accept', 'Prefer', 'Range'])
          if (!vary.includes(name)) fail(vary)
      },
    },
  ),
  asked(63, 'TRACE', { method: 'TRACE', target: '/items' }, { status: 405, code: 'PGRST117' }),
  asked(63, 'a method that is none', { method: 'FOO', target: '/items' }, { status: [400, 405] }),
  asked(63, 'a method of WebDAV', { method: 'PROPFIND', target: '/items' }, { status: 405 }),
  asked(63, 'CONNECT', { method: 'CONNECT', target: 'a:80' }, { status: [0, 400, 405] }),
  raw(63, 'HTTP/0.9', Buffer.from('GET /items\r\n'), { status: 408 }),
  raw(63, 'HTTP/2 without asking', Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), { status: [0, 400] }),
  raw(63, 'HTTP/3.7', bytes('GET /items HTTP/3.7', 'Host: a', closing), { status: [0, 400, 505] }),
  raw(63, 'TLS', Buffer.from('16030100f8010000f403032f', 'hex'), { status: [0, 400] }),
  asked(64, 'steps out', { target: '/%2e%2e%2fitems' }, { status: 404, code: 'PGRST205' }),
  asked(64, 'steps out as they are', { target: '/../items' }, { status: 404, code: 'PGRST125' }),
  asked(64, 'two slashes', { target: '//items' }, { status: 404, code: 'PGRST125' }),
  asked(64, 'an encoded slash', { target: '/rpc%2fstate' }, { status: 404, code: 'PGRST205' }),
  asked(64, 'bytes that are no UTF-8', { target: '/%ff' }, { status: 400 }),
  asked(64, 'a percent sign', { target: '/%' }, { status: [400, 404] }),
  asked(64, 'bytes that are no UTF-8 in a query', { target: '/items?name=eq.%ff%c0%80' }, { status: [200, 400] }),
  asked(64, 'bytes that are not encoded', { target: '/items?name=eq.\xc3\xa9\xff' }, { status: [200, 400] }),
  asked(64, 'a fragment', { target: '/items#x' }, { status: [200, 400, 404] }),
  asked(
    66,
    'GET with a body',
    { target: '/items?id=eq.1', body: 'GET /payroll HTTP/1.1\r\nHost: a\r\n\r\n' },
    { status: 200, check: one },
  ),
  raw(
    66,
    'GET with chunks',
    bytes('GET /items HTTP/1.1', 'Host: a', closing, 'Transfer-Encoding: chunked', '', chunks),
    { status: 200, check: one },
  ),
  raw(
    66,
    'an upgrade',
    bytes('GET /items HTTP/1.1', 'Host: a', 'Connection: Upgrade, close', 'Upgrade: websocket', 'Sec-WebSocket-Key: x'),
    { status: [200, 400], check: one },
  ),
  raw(
    66,
    'an upgrade to HTTP/2',
    bytes(
      'GET /items HTTP/1.1',
      'Host: a',
      'Connection: Upgrade, HTTP2-Settings, close',
      'Upgrade: h2c',
      'HTTP2-Settings: AAAA',
    ),
    { status: 200, check: one },
  ),
  raw(66, 'an expectation that nobody has', bytes('GET /items HTTP/1.1', 'Host: a', closing, 'Expect: a-miracle'), {
    status: 417,
    check: one,
  }),
  asked(67, 'the admin server’s paths', { target: '/metrics' }, { status: 404, code: 'PGRST205' }),
  asked(67, 'its readiness', { target: '/ready' }, { status: 404, code: 'PGRST205' }),
  asked(67, 'its schema cache', { target: '/schema_cache' }, { status: 404, code: 'PGRST205' }),
]

/** Group D: what comes over a socket. 57 and 65 have tests of their own. */
export const httpAttacks: readonly Attack[] = [...framing, ...responses, ...elsewhere]
