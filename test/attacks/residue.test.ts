import { fileURLToPath } from 'node:url'
import { createServer } from '@rolecast/server'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { post, ways } from './residue-ways.mjs'
import { openTarget, type Target } from './target.js'
import type { Sent } from './wire.js'

let target: Target
let owner: pg.Client
beforeAll(async () => {
  target = await openTarget(
    { dbSchemas: ['ways'], dbAggregatesEnabled: true },
    fileURLToPath(new URL('./residue.sql', import.meta.url)),
  )
  owner = new pg.Client({ connectionString: target.postgres.uri })
  await owner.connect()
})
afterAll(async () => {
  await owner?.end()
  await target?.close()
})

test.each(Object.entries(ways))('nothing is left by %s', async (_, sent) => {
  const reply = await target.ask(sent)
  expect([200, 201, 204], reply.text).toContain(reply.status)
  const state = await target.ask({ target: '/rpc/state' })
  expect(state.json).toEqual({ tenant: '', locks: 0 })
})

test('each way leaves something where sessions are not reset', async () => {
  const server = await createServer({ ...target.options, dbResetSession: false })
  const ask = async ({ method = 'GET', target: path, body }: Sent) => {
    const headers = { 'Content-Type': 'application/json' }
    const init: RequestInit = body === undefined ? { method } : { method, body: String(body), headers }
    return (await server.fetch(new Request(`http://a${path}`, init))).text()
  }
  try {
    await owner.query('TRUNCATE ways.excluding; INSERT INTO ways.keys VALUES (1); TRUNCATE private.cascading')
    for (const [title, sent] of Object.entries(ways)) {
      if (title.startsWith('ON ')) continue // rows whose keys others follow are gone after the first time
      await ask(sent)
      expect({ title, state: await ask({ target: '/rpc/state' }) }).toMatchObject({
        state: expect.stringMatching('other'),
      })
      await ask(post('rpc/forget', {}))
    }
  } finally {
    await server.close()
  }
})

test.each(['numbered', 'identified'])('what sequences gave is not told to the next: %s', async (name) => {
  expect((await target.ask(post(name, { name: 'a' }))).status).toBe(201)
  expect((await target.ask(post('rpc/last_value', {}))).json).toBeNull()
})

test('functions that are IMMUTABLE and read no settings are not warned of', () => {
  expect(target.log.join('\n')).not.toContain('IMMUTABLE')
})
