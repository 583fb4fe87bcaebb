import { createServer, type Server, type ServerOptions } from '@rolecast/server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askServer, type Festival, openFestival, tokenOf } from './festival.js'

let festival: Festival
beforeAll(async () => {
  festival = await openFestival({ serverTraceHeader: 'x-request-id', serverTimingEnabled: true })
})
afterAll(() => festival?.close())

describe('tokens', () => {
  test('a role of the token', async () => {
    expect((await festival.ask('/managers?id=is.null')).status).toBe(400)
    expect((await festival.ask('/managers')).status).toBe(401)
    expect((await festival.ask('/managers', { as: 'crew' })).json).toHaveLength(2)
  })

  test.each([
    ['nonsense', 'PGRST301'],
    ['a.b.c', 'PGRST301'],
  ])('%s', async (token, code) => {
    const answer = await festival.ask('/stages', { headers: { Authorization: `Bearer ${token}` } })
    expect([answer.status, answer.json]).toMatchObject([401, { code }])
    expect(answer.headers.get('www-authenticate')).toContain('Bearer')
  })

  test('expired, and of roles that are not there', async () => {
    const expired = await tokenOf({ role: 'crew', exp: 1 })
    expect((await festival.ask('/stages', { headers: { Authorization: `Bearer ${expired}` } })).json).toMatchObject({
      code: 'PGRST303',
    })
    expect((await festival.ask('/stages', { as: 'nobody' })).status).toBe(401)
  })

  test('of roles that no row security holds, as configured', async () => {
    const owner = new pg.Client({ connectionString: festival.postgres.uri })
    await owner.connect()
    await owner.query(
      'CREATE ROLE keeper BYPASSRLS; GRANT keeper TO authenticator; GRANT USAGE ON SCHEMA fest TO keeper',
    )
    await owner.query('GRANT SELECT ON fest.stages TO keeper')
    await owner.end()
    const outcomes = []
    for (const jwtPrivilegedRoles of ['allow', 'warn', 'refuse'] as const) {
      const lines: string[] = []
      const server = await createServer({
        ...festival.options,
        jwtPrivilegedRoles,
        logLevel: 'warn',
        log: (line) => lines.push(line),
      })
      const { status } = await askServer(server, '/stages', { as: 'keeper' })
      outcomes.push([status, lines.some((line) => line.includes('keeper'))])
      expect((await askServer(server, '/stages', { as: 'crew' })).status).toBe(200)
      await server.close()
    }
    expect(outcomes).toEqual([
      [200, false],
      [200, true],
      [401, false],
    ])
  })

  test('for one who asks, only that one may keep the answer', async () => {
    expect((await festival.ask('/stages', { as: 'crew' })).headers.get('cache-control')).toBe('private')
    expect((await festival.ask('/stages')).headers.get('cache-control')).toBeNull()
  })
})

describe('methods', () => {
  test.each([
    ['OPTIONS /stages', 'OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE'],
    ['OPTIONS /big_acts', 'OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE'],
    ['OPTIONS /rpc/names', 'OPTIONS,GET,HEAD,POST'],
    ['OPTIONS /rpc/drop_drafts', 'OPTIONS,POST'],
    ['OPTIONS /', 'OPTIONS,GET,HEAD'],
  ])('%s', async (request, allow) => {
    const answer = await festival.ask(request)
    expect([answer.status, answer.headers.get('allow')]).toEqual([200, allow])
  })

  test('others are refused', async () => {
    expect((await festival.ask('PURGE /stages')).json).toMatchObject({ code: 'PGRST117' })
  })
})

describe('headers', () => {
  test('what the answer depends on', async () => {
    expect((await festival.ask('/stages')).headers.get('vary')).toBe(
      'Accept, Prefer, Range, Accept-Profile, Authorization',
    )
  })

  test('the trace goes back', async () => {
    expect((await festival.ask('/stages', { headers: { 'X-Request-Id': 'abc' } })).headers.get('x-request-id')).toBe(
      'abc',
    )
    expect((await festival.ask('/none', { headers: { 'X-Request-Id': 'abc' } })).headers.get('x-request-id')).toBe(
      'abc',
    )
  })

  test('how long each stage took', async () => {
    const timing = (await festival.ask('/stages')).headers.get('server-timing')
    expect(timing).toMatch(
      /^jwt;dur=[\d.]+, parse;dur=[\d.]+, plan;dur=[\d.]+, transaction;dur=[\d.]+, response;dur=[\d.]+$/,
    )
  })

  test('other origins may read', async () => {
    const headers = { Origin: 'http://elsewhere.example' }
    expect((await festival.ask('/stages', { headers })).headers.get('access-control-allow-origin')).toBe('*')
  })

  test('where the resource is', async () => {
    expect((await festival.ask('/stages?select=id&id=eq.1')).headers.get('content-location')).toBe(
      '/stages?id=eq.1&select=id',
    )
  })
})

describe('errors', () => {
  test.each([
    ['/stagez', 404, { code: 'PGRST205', hint: "Perhaps you meant the table 'fest.stages'" }],
    ['/stages?select=nam', 400, { code: '42703', message: 'column stages.nam does not exist' }],
    ['/stages?id=what.1', 400, { code: 'PGRST100' }],
    ['/stages?id=eq.one', 400, { code: '22P02' }],
    ['/stages?limit=-1', 416, { code: 'PGRST103' }],
    ['/a/b/c', 404, { code: 'PGRST125' }],
  ])('%s', async (path, status, error) => {
    const answer = await festival.ask(path)
    expect([answer.status, answer.json]).toMatchObject([status, error])
  })

  test('hints name only what the role may know', async () => {
    expect((await festival.ask('/takingz')).json).toMatchObject({ code: 'PGRST205', hint: null })
    const hint = "Perhaps you meant the table 'fest.takings'"
    expect((await festival.ask('/takingz', { as: 'crew' })).json).toMatchObject({ code: 'PGRST205', hint })
  })

  test('fewer words where that is configured', async () => {
    const server = await createServer({ ...festival.options, clientErrorVerbosity: 'minimal' })
    try {
      const { json } = await askServer(server, '/stagez')
      expect(Object.keys(json as object).sort()).toEqual(['code', 'message'])
    } finally {
      await server.close()
    }
  })

  test('names of the relation in filters of an embed that has an alias are warned about', async () => {
    const answer = await festival.ask('/stages?select=id,bands:acts(id)&acts.id=eq.1&id=eq.1')
    expect(answer.json).toEqual([{ id: 1, bands: [{ id: 1 }] }])
    expect(answer.headers.get('warning')).toMatch(/^299 PostgRESTv16.2 ".*`acts` to `bands`/)
    expect((await festival.ask('/stages?select=id,bands:acts(id)&bands.id=eq.1')).headers.get('warning')).toBeNull()
  })

  test('at most db-max-rows', async () => {
    const server = await createServer({ ...festival.options, dbMaxRows: 2 })
    try {
      expect((await askServer(server, '/acts')).json).toHaveLength(2)
      expect((await askServer(server, '/acts?limit=1')).json).toHaveLength(1)
      expect((await askServer(server, '/acts?limit=99999999999999999')).json).toHaveLength(2)
      const embedded = await askServer(server, '/stages?select=acts(id)&id=eq.2')
      expect(embedded.json).toEqual([{ acts: [{ id: expect.anything() }, { id: expect.anything() }] }])
    } finally {
      await server.close()
    }
  })
})

describe('bodies', () => {
  const post = (options: ServerOptions, body: string) =>
    withServer(options, (server) =>
      askServer(server, 'POST /rpc/echo?select=*', { body, headers: { 'Content-Type': 'application/json' } }),
    )

  test('without a socket have a limit, too', async () => {
    expect(await post({ serverMaxBodySize: 20 }, `"${'x'.repeat(19)}"`)).toMatchObject({
      status: 413,
      json: { code: 'PGRST102' },
    })
    expect((await post({ serverMaxBodySize: 20 }, `"${'x'.repeat(18)}"`)).status).not.toBe(413)
  })

  test('are as deep as is configured', async () => {
    const nested = (depth: number) => `[{"rider": ${'['.repeat(depth)}${']'.repeat(depth)}}]`
    const insert = (serverMaxJsonDepth: number, depth: number) =>
      withServer({ serverMaxJsonDepth }, (server) =>
        askServer(server, 'POST /acts', {
          body: nested(depth),
          headers: { 'Content-Type': 'application/json', Prefer: 'tx=rollback' },
        }),
      )
    expect((await insert(10, 8)).json).toMatchObject({ code: '23502' })
    expect((await insert(10, 9)).json).toMatchObject({ code: 'PGRST102' })
    expect((await insert(11, 9)).json).toMatchObject({ code: '23502' })
  })
})

async function withServer<Result>(options: ServerOptions, use: (server: Server) => Promise<Result>): Promise<Result> {
  const server = await createServer({ ...festival.options, ...options })
  try {
    return await use(server)
  } finally {
    await server.close()
  }
}
