import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTarget, type Target, tokenOf } from './target.js'
import { bytesOf, exchange } from './wire.js'

let target: Target
beforeAll(async () => {
  target = await openTarget({ dbAggregatesEnabled: true, dbPlanEnabled: true, dbTxEnd: 'rollback' })
})
afterAll(() => target?.close())

/** Pieces of the grammar, of SQL and of neither, in any order: some are close to requests that mean something. */
const pieces = [
  ...['id', 'name', 'data', 'items', 'parent', 'notes', 'accounts', 'payroll', 'x', '*', '""', '"a b"', `"a'b"`],
  ...[
    '=',
    '&',
    '.',
    ',',
    ':',
    '::',
    '(',
    ')',
    '->',
    '->>',
    '!',
    '!inner',
    '...',
    '{',
    '}',
    '[',
    ']',
    ';',
    '?',
    '#',
    ' ',
  ],
  ...['eq', 'in', 'is', 'not', 'like(any)', 'fts(english)', 'or', 'and', 'isdistinct', 'cs', 'ov', 'match', 'wfts'],
  ...['select', 'order', 'limit', 'offset', 'on_conflict', 'columns', 'asc', 'nullsfirst', 'count()', 'sum()', 'avg()'],
  ...['1', '-1', '0', '99999999999999999999', '1e9', 'null', 'true', 'NaN', 'Infinity', 'text', 'integer', 'jsonb'],
  ...[
    `'`,
    '"',
    '\\',
    '--',
    '/*',
    '*/',
    '$1',
    '$$',
    '%00',
    '%ff',
    '%',
    '%25',
    '%2e',
    '%C2%A0',
    '+',
    '\t',
    '\u00e9',
    '__proto__',
  ],
]
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(''))
const pairs = fc.array(
  fc.oneof(
    text,
    fc
      .tuple(
        fc.constantFrom('select', 'order', 'or', 'and', 'id', 'name', 'data->a', 'items.id', 'limit', 'columns'),
        text,
      )
      .map(([name, value]) => `${name}=${value}`),
    fc
      .tuple(
        fc.constantFrom('id', 'name', 'data', 'amount', 'parent'),
        fc.constantFrom('eq', 'in', 'is', 'cs', 'fts', 'like'),
        text,
      )
      .map(([name, operator, value]) => `${name}=${operator}.${value}`),
  ),
  { maxLength: 4 },
)
const header = text.map((value) => value.replace(/[^\t\x20-\x7e\x80-\xff]/g, ''))
const request = fc.record({
  method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS'),
  path: fc.oneof(
    fc.constantFrom('/items', '/notes', '/accounts', '/rpc/double', '/rpc/many', '/rpc/over', '/'),
    text.map((name) => `/${name}`),
  ),
  pairs,
  headers: fc.array(
    fc.oneof(
      fc.tuple(
        fc.constantFrom('Accept', 'Prefer', 'Range', 'Content-Type', 'Accept-Profile', 'Cookie', 'Origin'),
        header,
      ),
      fc.tuple(
        fc.constant('Accept'),
        fc.constantFrom(
          'text/csv',
          'application/vnd.pgrst.object+json',
          'application/vnd.pgrst.plan+json',
          'application/geo+json',
          '*/*',
        ),
      ),
      fc.tuple(
        fc.constant('Prefer'),
        fc.constantFrom(
          'count=exact',
          'count=estimated',
          'return=representation',
          'resolution=merge-duplicates',
          'missing=default',
        ),
      ),
    ),
    { maxLength: 3 },
  ),
  body: fc.oneof(
    fc.json(),
    text,
    fc.constantFrom(
      '{"id":5}',
      '[{"title":"a"},{"title":"b"}]',
      '[]',
      '{}',
      'title\na\n',
      '{"n":1}',
      '[1]',
      'null',
      '"x"',
    ),
  ),
})

const joined = (parts: fc.Arbitrary<string>, maxLength: number) =>
  fc.array(parts, { minLength: 1, maxLength }).map((all) => all.join(','))
const column = fc.constantFrom(
  'id',
  'name',
  'data',
  'amount',
  'big',
  'parent',
  'data->x',
  'data->>x',
  'data->0',
  'data->a->>b',
)
const value = fc.constantFrom(
  ...[
    '1',
    'x',
    '',
    'null',
    'true',
    '1.5',
    'NaN',
    '{1,2}',
    '(1,2)',
    '("a,b",c)',
    '[1,2)',
    '{}',
    '()',
    '{"a":1}',
    '*a*',
    'a & b',
    `'`,
  ],
)
const operator = fc.constantFrom(
  ...['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'like', 'ilike', 'match', 'imatch', 'isdistinct', 'fts', 'plfts', 'phfts'],
  ...['wfts', 'fts(english)', 'cs', 'cd', 'ov', 'sl', 'sr', 'nxr', 'nxl', 'adj', 'eq(any)', 'like(all)', 'not.eq'],
)
const comparison = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(operator, value).map((parts) => parts.join('.')) },
  fc.constantFrom(
    'in.(1,2)',
    'in.("a,b",x)',
    'in.()',
    'not.in.(1)',
    'is.null',
    'is.not_null',
    'is.true',
    'not.is.unknown',
  ),
)
const condition = fc.tuple(column, comparison).map((parts) => parts.join('.'))
const tree: fc.Arbitrary<string> = fc.letrec<{ tree: string; branch: string }>((tie) => ({
  tree: fc.oneof({ maxDepth: 3 }, condition, tie('branch')),
  branch: fc
    .tuple(fc.constantFrom('and', 'or', 'not.and', 'not.or'), joined(tie('tree'), 3))
    .map(([word, inner]) => `${word}(${inner})`),
})).tree
const item = fc
  .tuple(
    fc.constantFrom('', 'a:', '"q\'q":', 'id:'),
    column,
    fc.constantFrom(
      '',
      '',
      '',
      '::text',
      '::int',
      '::jsonb',
      '.count()',
      '.sum()',
      '.avg()::text',
      '.max()',
      '::text.min()',
    ),
  )
  .map((parts) => parts.join(''))
const selection: fc.Arbitrary<string> = fc.letrec<{ list: string; one: string }>((tie) => ({
  list: joined(tie('one'), 4),
  one: fc.oneof(
    { maxDepth: 3 },
    item,
    fc.constantFrom('*', 'count()', 'id.count()'),
    fc
      .tuple(
        fc.constantFrom('', 'e:', '...', 'up:'),
        fc.constantFrom('items!parent', 'parent', 'items!items_parent_fkey'),
        fc.constantFrom('', '!inner', '!left'),
        fc.option(tie('list'), { nil: '' }),
      )
      .map(([alias, name, join, inner]) => `${alias}${name}${join}(${inner})`),
  ),
})).list
const meant = fc.record({
  method: fc.constantFrom('GET', 'GET', 'GET', 'POST', 'PATCH', 'DELETE'),
  path: fc.constant('/items'),
  pairs: fc
    .record(
      {
        select: selection,
        or: joined(tree, 3).map((inner) => `(${inner})`),
        order: joined(
          fc
            .tuple(column, fc.constantFrom('', '.desc', '.asc.nullsfirst', '.desc.nullslast'))
            .map((parts) => parts.join('')),
          3,
        ),
        limit: fc.constantFrom('0', '1', '5'),
        name: comparison,
        id: fc.constantFrom('eq.1', 'in.(1,2)', 'gt.0'),
        on_conflict: fc.constantFrom('id', 'name', 'id,name'),
        columns: fc.constantFrom('id', 'id,name', 'name,name'),
      },
      { requiredKeys: [] },
    )
    .map((all) => Object.entries(all).map(([name, text]) => `${name}=${encodeURIComponent(text)}`)),
  headers: request.map(({ headers }) => headers.filter(([name]) => name === 'Prefer' || name === 'Accept')),
  body: fc.constantFrom(
    ...[
      '{"id":5}',
      '[{"id":6,"name":"a"},{"id":7,"name":"b"}]',
      '[]',
      '{}',
      '{"name":null,"data":[1]}',
      '{"id":9,"other":1}',
    ],
    ...[
      '{"id":1,"big":1.5}',
      '[{"id":8},{"name":"a"}]',
      '{"name":"c","amount":"NaN"}',
      '[{"id":8,"parent":1},{"id":8,"parent":2}]',
    ],
  ),
})

/** States that say that the server wrote SQL that it should not have, or did not know what happened. */
const faulty = /^(42P18|42P02|08P01|26000|XX...|PGRSTX00)$/

type Request = typeof request extends fc.Arbitrary<infer Value> ? Value : never

const token = `Bearer ${tokenOf({ role: 'member' })}`

async function expectAnswer({ method, path, pairs, headers, body }: Request): Promise<void> {
  const search = pairs.length === 0 ? '' : `?${pairs.join('&')}`
  const address = `${path}${search}`.replace(/[\s\p{Cc}]/gu, '%20')
  const hasBody = method === 'POST' || method === 'PATCH' || method === 'PUT'
  const sent = {
    method,
    target: Buffer.from(address).toString('latin1'),
    headers: [...new Map([...headers, ['Authorization', token] as const])],
    ...(hasBody ? { body } : {}),
  }
  const reply = await exchange(target.port, bytesOf(sent), { patience: 5_000 })
  expect(reply.status, reply.raw).toBeGreaterThanOrEqual(200)
  const { code, message = '' } = (reply.json ?? {}) as { code?: string; message?: string }
  expect(message).not.toMatch(/^syntax error at/) // other errors of its state are of names and values
  if (reply.status >= 400 && code !== undefined) expect(code, reply.text).not.toMatch(faulty)
  if (reply.status >= 500) expect(['21000', '57014', '54001', '54011', '54023'], reply.text).toContain(code)
}

const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 250), interruptAfterTimeLimit: 15_000 }

test.each([
  ['pieces of the grammar in any order', request],
  ['the grammar and names that exist', meant],
])(
  'requests made of %s are answered, and none with a fault of the server',
  async (_, requests) => {
    await fc.assert(fc.asyncProperty(requests, expectAnswer), runs)
    await target.expectClean()
  },
  60_000,
)
