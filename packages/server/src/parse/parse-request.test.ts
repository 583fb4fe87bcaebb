import { type InsertQuery, printQuery, type Query, type Selection } from '@rolecast/grammar'
import { defaultLimits } from '@rolecast/grammar/parse'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ApiError } from '../errors/api-error.js'
import type { HttpRequest } from '../http-message.js'
import { parseRequest } from './parse-request.js'
import type { ParseSettings } from './parse-settings.js'
import type { ParsedQuery, ParsedRequest } from './parsed-request.js'

const settings: ParseSettings = {
  dbSchemas: ['api', 'other'],
  dbRootSpec: null,
  openapiMode: 'follow-privileges',
  urlUseLegacyTargetNames: true,
  transactionOverride: true,
  requireFilter: false,
  limits: defaultLimits,
  jsonDepth: 2000,
}

function request(method: string, target: string, headers: HttpRequest['headers'] = {}, body = '[]'): HttpRequest {
  return { method, target, headers, body: new TextEncoder().encode(body) }
}

function refusal(run: () => unknown): ApiError {
  try {
    run()
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
  throw new Error('it was not refused')
}

function queryOf(parsed: ParsedRequest): ParsedQuery {
  if (parsed.kind !== 'query') throw new Error(`it is ${parsed.kind}`)
  return parsed
}

const empty: Selection = { items: [], where: [], order: [], limit: null, offset: null }

describe('routes', () => {
  test('methods on a relation', () => {
    const kinds = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].map(
      (method) => queryOf(parseRequest(request(method, '/items'), settings)).query.kind,
    )
    expect(kinds).toEqual(['read', 'read', 'insert', 'put', 'update', 'delete'])
  })

  test('a name may be anything, percent-encoded', () => {
    const { query } = queryOf(parseRequest(request('GET', '/a%2Fb%20%C3%A9'), settings))
    expect(query).toMatchObject({ kind: 'read', relation: 'a/b é' })
  })

  test.each([
    ['GET', '/a/b', 404, 'PGRST125'],
    ['GET', '/rpc/f/g', 404, 'PGRST125'],
    ['GET', '//items', 404, 'PGRST125'],
    ['GET', '/items/', 404, 'PGRST125'],
    ['GET', '/%ff', 400, 'PGRST100'],
    ['GET', '/%00', 400, 'PGRST100'],
    ['DELETE', '/rpc/f', 405, 'PGRST101'],
    ['TRACE', '/items', 405, 'PGRST117'],
    ['POST', '/', 405, 'PGRST117'],
  ])('%s %s is refused', (method, target, status, code) => {
    expect(refusal(() => parseRequest(request(method, target), settings))).toMatchObject({ status, code })
  })

  test('the root may be disabled, or a function', () => {
    expect(parseRequest(request('GET', '/'), settings)).toMatchObject({ kind: 'root', headOnly: false })
    const disabled = { ...settings, openapiMode: 'disabled' as const }
    expect(refusal(() => parseRequest(request('GET', '/'), disabled))).toMatchObject({ status: 404, code: 'PGRST126' })
    const spec = { ...settings, dbRootSpec: { schema: null, name: 'spec' } }
    expect(parseRequest(request('GET', '/'), spec)).toMatchObject({ query: { kind: 'call', routine: 'spec' } })
  })
})

describe('profiles', () => {
  test('the first schema is the default', () => {
    expect(parseRequest(request('GET', '/items'), settings)).toMatchObject({ schema: 'api', profiled: true })
  })

  test.each([
    ['GET', { 'accept-profile': 'other' }, 'other'],
    ['POST', { 'accept-profile': 'other' }, 'api'],
    ['POST', { 'content-profile': 'other' }, 'other'],
  ])('%s %o', (method, headers, schema) => {
    expect(parseRequest(request(method, '/items', headers), settings).schema).toBe(schema)
  })

  test('others are refused, and only exposed ones named', () => {
    const error = refusal(() => parseRequest(request('GET', '/items', { 'accept-profile': 'pg_catalog' }), settings))
    expect(error).toMatchObject({
      status: 406,
      code: 'PGRST106',
      hint: 'Only the following schemas are exposed: api, other',
    })
  })
})

describe('ranges', () => {
  test.each([
    ['/items', '0-9', { offset: null, limit: 10 }],
    ['/items', '5-', { offset: 5, limit: null }],
    ['/items', 'bytes=0-1', { offset: null, limit: null }],
    ['/items?limit=3', '0-9', { offset: null, limit: 3 }],
    ['/items?limit=30&offset=2', '0-9', { offset: 2, limit: 8 }],
    ['/items?limit=0', '3-9', { offset: null, limit: 0 }],
    ['/items?limit=-2&offset=2', '9-3', { offset: null, limit: 0 }],
    ['/items?offset=-3&limit=10', undefined, { offset: null, limit: 7 }],
    ['/items?offset=-3', undefined, { offset: null, limit: null }],
    ['/items?limit=few&offset=', undefined, { offset: null, limit: null }],
  ])('%s with Range %s', (target, range, expected) => {
    expect(queryOf(parseRequest(request('GET', target, { range }), settings)).query.selection).toMatchObject(expected)
  })

  test.each([
    ['/items', '9-3', 416],
    ['/items?limit=2', '5-9', 416],
    ['/items?limit=-1', undefined, 416],
    ['/items?limit=1e308', undefined, 400],
    ['/items?offset=1.5', undefined, 400],
    ['/items?offset=-3&limit=2', undefined, 416],
  ])('%s with Range %s is refused', (target, range, status) => {
    expect(refusal(() => parseRequest(request('GET', target, { range }), settings)).status).toBe(status)
  })

  test('the header counts with GET only, and limits do not count on writes', () => {
    const { query } = queryOf(parseRequest(request('HEAD', '/items', { range: '0-1' }), settings))
    expect(query.selection.limit).toBeNull()
    const write = queryOf(parseRequest(request('PATCH', '/items?limit=1', { range: '0-1' }), settings))
    expect(write.query.selection.limit).toBeNull()
    expect(refusal(() => parseRequest(request('PUT', '/items?limit=1'), settings)).code).toBe('PGRST114')
  })
})

describe('preferences', () => {
  test('of one sent twice the first counts', () => {
    const prefer = 'count=exact,    tx=commit   ,return=representation, count=planned'
    const { query } = queryOf(parseRequest(request('GET', '/items', { prefer }), settings))
    expect(query.preferences).toEqual({ count: 'exact', transaction: 'commit', return: 'representation' })
  })

  test('handling=strict refuses what is unknown, and nothing else does', () => {
    const refused = (prefer: string) =>
      queryOf(parseRequest(request('GET', '/x', { prefer }), settings)).refusedPreferences
    expect(refused('handling=strict, a, b=1')).toEqual(['a', 'b=1'])
    expect(refused('handling=lenient, a, handling=strict')).toEqual([])
    expect(refused('handling=strict, return=all, RETURN = "minimal"')).toEqual(['return=all'])
  })

  test('a guard with a typing error guards', () => {
    const refused = (prefer: string) =>
      queryOf(parseRequest(request('DELETE', '/x', { prefer }), settings)).refusedPreferences
    expect(refused('handling=strict, max-affected=abc')).toEqual(['max-affected=abc'])
    expect(refused('max-affected=, handling=strict')).toEqual(['max-affected='])
    expect(refused('max-affected=1.5, handling=strict')).toEqual(['max-affected=1.5'])
    expect(refused('max-affected=5;x, handling=strict')).toEqual(['max-affected=5;x'])
    expect(refused('handling=strct, max-affected=5')).toEqual(['handling=strct'])
    expect(refused('max-affected=abc')).toEqual([])
    const { preferences } = queryOf(
      parseRequest(request('DELETE', '/x', { prefer: 'Handling = strict, max-affected="5"' }), settings),
    ).query
    expect(preferences).toEqual({ handling: 'strict', maxAffected: 5 })
  })

  test('tx counts only where it may', () => {
    const { query } = queryOf(
      parseRequest(request('GET', '/x', { prefer: 'tx=rollback' }), { ...settings, transactionOverride: false }),
    )
    expect(query.preferences).toEqual({})
  })
})

describe('functions', () => {
  test('arguments and filters are told apart by their values', () => {
    const { query } = queryOf(parseRequest(request('GET', '/rpc/f?a=1&b=2&b=3&c=eq.1&"limit"=4&limit=5'), settings))
    expect(query).toMatchObject({
      parameters: [
        ['a', '1'],
        ['b', '2'],
        ['b', '3'],
        ['limit', '4'],
      ],
      selection: { where: [{ field: { name: 'c' }, operator: 'eq', value: '1' }], limit: 5 },
    })
  })

  test('a POST has filters only', () => {
    expect(refusal(() => parseRequest(request('POST', '/rpc/f?a=1'), settings)).code).toBe('PGRST100')
  })
})

describe('embeds', () => {
  const target = '/projects?select=id,the_tasks:tasks(id)&tasks.name=like.Code*'

  test('the name of the relation is taken where that is allowed, with a warning', () => {
    expect(queryOf(parseRequest(request('GET', target), settings)).legacyTargets).toEqual([['tasks', 'the_tasks']])
    const error = refusal(() => parseRequest(request('GET', target), { ...settings, urlUseLegacyTargetNames: false }))
    expect(error).toMatchObject({
      code: 'PGRST108',
      message: "'tasks' is not an embedded resource in this request",
      details: 'Target names are not allowed in filters if they have an alias',
      hint: "Change 'tasks' to 'the_tasks' in filters, orders or limits.",
    })
  })

  test('null filters are on embeds in reads, on columns in writes', () => {
    const query = '/clients?select=*,projects(*)&or=(projects.not.is.null,id.eq.1)'
    expect(queryOf(parseRequest(request('GET', query), settings)).query.selection.where).toMatchObject([
      { kind: 'or', conditions: [{ kind: 'embed-filter', embed: 'projects', negated: true }, { kind: 'filter' }] },
    ])
    expect(queryOf(parseRequest(request('PATCH', query), settings)).query.selection.where).toMatchObject([
      { kind: 'or', conditions: [{ kind: 'filter' }, { kind: 'filter' }] },
    ])
  })

  test.each(['/a?b.c=eq.1', '/a?b.order=c', '/a?b.limit=1', '/a?b.or=(c.eq.1)', '/a?order=b(c)'])('%s', (path) => {
    expect(refusal(() => parseRequest(request('GET', path), settings)).code).toBe('PGRST108')
  })
})

describe('limits', () => {
  test.each([
    ['depth of trees', `/a?and=${'(and'.repeat(5_000)}`],
    ['number of conditions', `/a?or=(${'a.eq.1,'.repeat(6_000)}a.eq.1)`],
    ['depth of embeds', `/a?select=${'b('.repeat(1_000)}`],
    ['number of embeds', `/a?select=${'b(),'.repeat(500)}id`],
    ['length of a path', `/a?select=b${'->c'.repeat(2_000)}`],
  ])('%s', (_, target) => {
    const error = refusal(() => parseRequest(request('GET', target), settings))
    expect(error).toMatchObject({ status: 400, code: 'PGRST100' })
    expect(error.message.length).toBeLessThan(2_500)
  })
})

test('a URL has a longest length', () => {
  const error = refusal(() => parseRequest(request('GET', `/a?b=eq.${'x'.repeat(70_000)}`), settings))
  expect(error).toMatchObject({ status: 414, code: 'PGRST100' })
})

test('names are not sent back at full length', () => {
  const error = refusal(() => parseRequest(request('GET', `/a?${'x'.repeat(30_000)}.b=eq.1`), settings))
  expect(error.code).toBe('PGRST108')
  expect(`${error.message}${error.hint}`.length).toBeLessThan(5_000)
})

describe('where a filter is required', () => {
  const careful = { ...settings, requireFilter: true }

  test.each(['PATCH', 'DELETE'])('%s of everything is refused', (method) => {
    expect(refusal(() => parseRequest(request(method, '/a'), careful))).toMatchObject({ status: 400, code: '21000' })
    expect(parseRequest(request(method, '/a?id=eq.1'), careful).kind).toBe('query')
    expect(parseRequest(request(method, '/a?or=(id.eq.1)'), careful).kind).toBe('query')
    expect(parseRequest(request(method, '/a'), settings).kind).toBe('query')
  })
})

describe('parse(print(query)) is the query', () => {
  const name = fc
    .string({ unit: 'grapheme' })
    .filter((text) => text.isWellFormed() && !/[\0]/.test(text) && text !== '')
  const relation = name.filter((text) => text !== '.' && text !== '..')
  const options = fc.record({
    profile: fc.constantFrom(null, 'api', 'other'),
    preferences: fc.record(
      {
        return: fc.constantFrom('minimal' as const, 'headers-only' as const, 'representation' as const),
        count: fc.constantFrom('exact' as const, 'planned' as const, 'estimated' as const),
        resolution: fc.constantFrom('merge-duplicates' as const, 'ignore-duplicates' as const),
        missing: fc.constantFrom('default' as const, 'null' as const),
        transaction: fc.constantFrom('commit' as const, 'rollback' as const),
        handling: fc.constantFrom('strict' as const, 'lenient' as const),
        timezone: fc.constantFrom('UTC', 'America/Lima'),
        maxAffected: fc.nat(),
      },
      { requiredKeys: [] },
    ),
    accept: fc.constantFrom(['*/*'], ['application/json'], ['application/vnd.pgrst.object+json', 'text/csv']),
  })
  const selection = fc.record({
    items: fc.constant([]),
    where: fc.array(
      fc.record({
        kind: fc.constant('filter' as const),
        field: fc.record({ name, path: fc.constant([]) }),
        negated: fc.boolean(),
        operator: fc.constant('eq' as const),
        quantifier: fc.constant(null),
        language: fc.constant(null),
        value: name,
      }),
    ),
    order: fc.constant([]),
    limit: fc.constant(null),
    offset: fc.constant(null),
  })
  const body = fc
    .json()
    .filter((content) => /^[{"]/.test(content))
    .map((content) => ({ type: 'application/json', content: new TextEncoder().encode(content) as Uint8Array }))
  const columns = fc.option(fc.uniqueArray(name, { minLength: 1 }))
  const relational = fc
    .record({ relation, selection, options })
    .map(({ options: rest, ...own }) => ({ ...own, ...rest }))
  const query: fc.Arbitrary<Query> = fc.oneof(
    fc.tuple(relational, fc.boolean()).map(([common, headOnly]) => ({ kind: 'read', ...common, headOnly }) as const),
    fc.tuple(relational, body, columns, columns).map(
      ([common, content, own, conflict]): InsertQuery => ({
        kind: 'insert',
        ...common,
        body: content,
        columns: own,
        onConflict: conflict,
      }),
    ),
    fc
      .tuple(relational, body, columns)
      .map(([common, content, own]) => ({ kind: 'update', ...common, body: content, columns: own }) as const),
    relational.map((common) => ({ kind: 'delete', ...common }) as const),
    fc
      .tuple(
        relational,
        fc.array(fc.tuple(name, fc.constantFrom('1', '', 'eq', 'X.y'))),
        fc.constantFrom('GET' as const, 'HEAD' as const),
      )
      .map(([{ relation: routine, ...common }, parameters, method]) => ({
        kind: 'call' as const,
        ...common,
        routine,
        method,
        parameters,
        body: null,
        columns: null,
      })),
  )

  test('over every kind of query', () => {
    fc.assert(
      fc.property(query, (meant) => {
        const printed = printQuery(meant)
        const headers = Object.fromEntries(
          Object.entries(printed.headers).map(([key, value]) => [key.toLowerCase(), value]),
        )
        const content = printed.body === null ? new Uint8Array() : printed.body
        const sent: HttpRequest = {
          method: printed.method,
          target: printed.path + printed.search,
          headers,
          body: typeof content === 'string' ? new TextEncoder().encode(content) : content,
        }
        expect(queryOf(parseRequest(sent, settings)).query).toEqual(meant)
      }),
      { numRuns: 1_000 },
    )
  })

  test('an empty selection is sent as nothing', () => {
    expect(
      printQuery({
        kind: 'read',
        relation: 'a',
        selection: empty,
        headOnly: false,
        profile: null,
        preferences: {},
        accept: [],
      }),
    ).toEqual({ method: 'GET', path: '/a', search: '', headers: {}, body: null })
  })
})

describe('of several errors one is said', () => {
  test.each([
    ['OPTIONS', '/items?limit=-1', '', 'PGRST103'],
    ['GET', '/?limit=-1', '', 'PGRST103'],
    ['GET', '/?select=((', '', 'PGRST100'],
    ['POST', '/?limit=-1', '', 'PGRST117'],
    ['GET', '/items?limit=-1&other.id=eq.1', '', 'PGRST103'],
    ['POST', '/items?limit=-1', 'no json', 'PGRST103'],
    ['POST', '/items?select=((', 'no json', 'PGRST100'],
    ['POST', '/items?other.id=eq.1', 'no json', 'PGRST102'],
    ['PUT', '/items?limit=1', 'no json', 'PGRST102'],
    ['POST', '/rpc/f?other.id=eq.1', '{', 'PGRST102'],
  ])('%s %s %j: %s', (method, target, body, code) => {
    expect(refusal(() => parseRequest(request(method, target, {}, body), settings)).code).toBe(code)
  })

  test('the range is, before the media type of the description', () => {
    const asked = request('GET', '/', { range: '5-2', accept: 'text/csv' })
    expect(refusal(() => parseRequest(asked, settings)).code).toBe('PGRST103')
  })
})

test('OPTIONS of a function may have its arguments', () => {
  expect(parseRequest(request('OPTIONS', '/rpc/f?a=1'), settings).kind).toBe('options')
})
