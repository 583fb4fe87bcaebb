import { createServer, type ServerOptions } from '@rolecast/server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTap } from './tap.js'
import { openTarget, type Target, tokenOf } from './target.js'
import { bytesOf, exchange, headerOf, type Sent } from './wire.js'

let target: Target
beforeAll(async () => {
  target = await openTarget()
})
afterAll(() => target?.close())

const call = (name: string, body = '{}') => target.ask({ method: 'POST', target: `/rpc/${name}`, body })

/** Group C: what one request leaves on the connection is nothing to the next. */
const leaks: readonly (readonly [number: number, title: string, routine: string, status: number])[] = [
  [48, 'a role for the session', 'leak_role', 200],
  [48, 'a search path for the session', 'leak_path', 200],
  [48, 'claims for the session', 'leak_claims', 200],
  [48, 'headers and a status for the session', 'leak_response', 418],
  [48, 'a time limit for the session', 'leak_timeout', 200],
  [48, 'a setting of its own for the session', 'leak_own', 200],
  [49, 'a temporary table', 'leak_temporary', 204],
  [50, 'a lock of the session', 'leak_lock', 204],
  [50, 'a channel to listen on', 'leak_listen', 204],
  [50, 'an open cursor', 'leak_cursor', 204],
  [50, 'prepared statements of the same names', 'leak_prepared', 204],
  [50, 'prepared statements taken away', 'leak_deallocate', 204],
]

test.each(leaks)('C%i: %s', async (_, __, routine, status) => {
  expect((await call(routine)).status).toBe(status)
  await target.expectClean()
  for (let index = 0; index < 3; index++) {
    expect((await target.ask({ target: `/items?select=name&id=eq.1&limit=${index + 1}` })).json).toEqual([
      { name: 'one' },
    ])
    expect((await target.ask({ target: `/items?select=id&order=id&id=lte.${index + 1}` })).json).toHaveLength(index + 1)
  }
  await target.expectClean()
})

test('C50: prepared statements that stand for others', async () => {
  const server = await createServer({ ...target.options, dbPool: 1 })
  try {
    const ask = async (path: string, method = 'GET') =>
      (await server.fetch(new Request(`http://a${path}`, { method }))).json()
    const named = '/items?select=name&id=eq.1'
    expect(await ask(named)).toEqual([{ name: 'one' }])
    expect(await ask('/rpc/leak_swapped', 'POST')).toBeGreaterThan(0)
    expect(await ask(named)).toEqual([{ name: 'one' }])
  } finally {
    await server.close()
  }
})

test('C50: what was prepared for a role that may use a schema, for one that may not', async () => {
  const server = await createServer({
    ...target.options,
    dbPool: 1,
    dbPreRequest: { schema: 'doormen', name: 'admit' },
  })
  try {
    const headers = { Authorization: `Bearer ${tokenOf({ role: 'member' })}` }
    const ask = (init?: RequestInit) => server.fetch(new Request('http://a/items?select=id', init))
    for (let round = 0; round < 2; round++) {
      expect((await ask({ headers })).status).toBe(200)
      const refused = await ask()
      expect(refused.status).toBe(401)
      expect(await refused.json()).toMatchObject({ code: '42501', message: 'permission denied for schema doormen' })
    }
  } finally {
    await server.close()
  }
})

test('C48: a setting that a trigger made for the session', async () => {
  const written = await target.ask({ method: 'POST', target: '/watched', body: '{"id":1}' })
  expect(written.status).toBe(201)
  expect((await target.ask({ target: '/rpc/tenant' })).text).toMatch(/^(null|"")$/)
})

const leaking: readonly (readonly [title: string, sent: Sent])[] = [
  ['a stable function', { target: '/rpc/leak_stably' }],
  ['a stable function, called with POST', { method: 'POST', target: '/rpc/leak_stably', body: '{}' }],
  ['a stable function that locks', { target: '/rpc/leak_lock_stably' }],
  ['a view', { target: '/leaking?select=tenant' }],
  ['a view of a view', { target: '/leaking_within' }],
  ['a view, though it fails', { target: '/leaking?select=tenant,id::uuid' }],
  ['a policy', { target: '/guarded' }],
  ['a computed field', { target: '/items?select=leaky' }],
  ['a filter on a computed field', { target: '/items?leaky=neq.x' }],
  ['an order by a computed field', { target: '/items?order=leaky' }],
  ['a default', { method: 'POST', target: '/defaulted', body: '{"id": 1}' }],
  ['a trigger of rows that go with others', { method: 'DELETE', target: '/albums?id=eq.1' }],
]

test.each(leaking)('C48: what is left by %s', async (_, sent) => {
  expect([200, 201, 204, 400]).toContain((await target.ask(sent)).status)
  await target.expectClean()
})

test('C48: where forgetting is not allowed, connections are not used again', async () => {
  const owner = new pg.Client({ connectionString: target.postgres.uri })
  await owner.connect()
  try {
    await owner.query('REVOKE EXECUTE ON FUNCTION pg_advisory_unlock_all() FROM PUBLIC')
    for (const asked of ['/leaking?select=tenant&id=eq.1', '/leaking?select=tenant&id=eq.1']) {
      expect(await target.ask({ target: asked })).toMatchObject({ status: 200, json: [{ tenant: 'other' }] })
    }
    await target.expectClean()
  } finally {
    await owner.query('GRANT EXECUTE ON FUNCTION pg_advisory_unlock_all() TO PUBLIC')
    await owner.end()
  }
})

test('C48: a setting that the pre-request function made for the session', async () => {
  const options: ServerOptions = { ...target.options, dbPool: 1 }
  const leaky = await createServer({ ...options, dbPreRequest: { schema: 'api', name: 'leak_own' } })
  try {
    const ask = async (path: string) => (await leaky.fetch(new Request(`http://a${path}`))).status
    expect(await ask('/items?select=id')).toBe(200)
    await using transaction = await leaky.testTransaction()
    expect(await transaction.query(`SELECT current_setting('app.tenant', true)`)).not.toEqual([['other']])
  } finally {
    await leaky.close()
  }
})

test('C48: nothing is forgotten where nothing can have been left', async () => {
  const tap = await openTap(target.postgres.port)
  const server = await createServer({
    ...target.options,
    dbUri: `postgresql://gate@127.0.0.1:${tap.port}/postgres`,
  })
  try {
    const ask = async (path: string) => (await server.fetch(new Request(`http://a${path}`))).status
    for (const path of ['/items?select=id::text,items(name)&id=eq.1&order=name', '/plain?name=eq.ONE']) {
      expect(await ask(path)).toBe(200)
    }
    expect(tap.sent()).not.toContain('RESET ALL')
    expect(await ask('/leaking')).toBe(200)
    expect(tap.sent()).toContain('RESET ALL')
  } finally {
    await server.close()
    await tap.close()
  }
})

test('C48: claims and role are never those of the request before', async () => {
  const authorization = `Bearer ${tokenOf({ role: 'member', sub: '7' })}`
  const member = await target.ask({ target: '/rpc/state', headers: [['Authorization', authorization]] })
  expect(member.json).toMatchObject({ role: 'member', claims: expect.stringContaining('"7"') })
  await target.expectClean()
})

test('C49: a temporary table does not stand in for another', async () => {
  expect((await call('leak_temporary')).status).toBe(204)
  for (const name of ['first_item', 'first_late']) {
    expect((await call(name)).json).toBe('one')
  }
})

describe('C51: the status tells how the transaction ended', () => {
  test('a constraint that is checked at its end', async () => {
    const bad = await target.ask({ method: 'POST', target: '/deferred', body: '{"id":1,"other":99}' })
    expect(bad).toMatchObject({ status: 409, json: { code: '23503' } })
    expect((await target.ask({ target: '/deferred' })).json).toEqual([])
    await target.expectClean()
  })

  test('one that would be rolled back', async () => {
    const server = await createServer({ ...target.options, dbTxEnd: 'rollback' })
    try {
      const response = await server.fetch(
        new Request('http://a/deferred', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: '{"id":1,"other":99}',
        }),
      )
      expect(response.status).toBe(409)
    } finally {
      await server.close()
    }
  })
})

test('C52: nothing of a request is set for the session', async () => {
  const tap = await openTap(target.postgres.port)
  const server = await createServer({
    ...target.options,
    dbUri: `postgresql://gate@127.0.0.1:${tap.port}/postgres`,
    dbTxEnd: 'rollback',
  })
  try {
    for (const path of ['/items?select=id', '/rpc/state', '/']) {
      const headers = { Authorization: `Bearer ${tokenOf({ role: 'member' })}`, Prefer: 'timezone=UTC' }
      expect((await server.fetch(new Request(`http://a${path}`, { headers }))).status).toBe(200)
    }
    const settings = tap.sent().match(/set_config\([^)]*\)/g) ?? []
    expect(settings.length).toBeGreaterThan(8)
    for (const setting of settings) expect(setting).toMatch(/, true\)$/)
    expect(tap.sent()).not.toMatch(/\bSET (?!CONSTRAINTS|LOCAL)\w+ *(TO|=)/)
  } finally {
    await server.close()
    await tap.close()
  }
})

test('what SQL says of the response is of that response only', async () => {
  const body = JSON.stringify({ headers: '[{"X-Leak":"1"}]', status: '201' })
  const bytes = bytesOf({ method: 'POST', target: '/rpc/respond', body })
  const reply = await exchange(target.port, bytes)
  expect(reply.status).toBe(201)
  expect(headerOf(reply, 'x-leak')).toBe('1')
  await target.expectClean()
})
