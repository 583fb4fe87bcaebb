import { readdirSync } from 'node:fs'
import { introspectInTransaction } from '@rolecast/catalog'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from './audit.js'
import type { Finding } from './finding.js'
import type { Lint } from './lint.js'
import { goodServer, type LintCase, type LintCases } from './lint-cases.fixture.js'
import { loadLints } from './load-lints.js'

/** The authenticator can become anon and app_user; the exposed schema api belongs to a role of its own. */
const preamble = `
  CREATE ROLE owner NOLOGIN; CREATE ROLE anon NOLOGIN; CREATE ROLE app_user NOLOGIN;
  CREATE ROLE authenticator LOGIN NOINHERIT; GRANT anon, app_user TO authenticator;
  CREATE SCHEMA api AUTHORIZATION owner; GRANT USAGE ON SCHEMA api TO anon, app_user;`

const folder = new URL('./lints/', import.meta.url)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.cases.ts'))
const lints: readonly Lint[] = await loadLints()
const cases = (
  await Promise.all(files.map(async (file) => (await import(new URL(file, folder).href)) as { cases: LintCases }))
).map((module) => module.cases)

let server: EmbeddedPostgres
let client: pg.Client

beforeAll(async () => {
  server = await startPostgres({ version: 15 })
  client = new pg.Client({ connectionString: server.uri })
  await client.connect()
})
afterAll(async () => {
  await client?.end()
  await server?.stop()
})

/** What one lint finds in a situation; nothing of it stays. */
async function find(lint: Lint, { sql, schemas = ['api'], server: facts }: LintCase): Promise<Finding[]> {
  await client.query('BEGIN')
  try {
    await client.query(`${preamble}; ${sql}`)
    const catalog = await introspectInTransaction(client, {
      schemas,
      authenticator: 'authenticator',
      security: true,
    })
    const configured = facts && { server: { ...goodServer, ...facts } }
    return audit(catalog, { schemas, authenticator: 'authenticator', anonymous: 'anon', ...configured }, [lint])
  } finally {
    await client.query('ROLLBACK')
  }
}

it('has cases for every lint, and no two lints of one id', () => {
  const ids = lints.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(cases.map(({ id }) => id).sort()).toEqual(ids)
})

describe.each(lints.map((lint) => [lint.id, lint] as const))('%s', (id, lint) => {
  const own = cases.find((one) => one.id === id)
  it.each(own?.positive ?? [])('is found: $sql', async (situation) => {
    const found = await find(lint, situation)
    expect(found.map(({ object, role }) => ({ object, role }))).toContainEqual({
      object: situation.object,
      role: situation.role ?? null,
    })
  })
  it.each(own?.negative ?? [])('is not found where all is right: $sql', async (situation) => {
    expect(await find(lint, situation)).toEqual([])
  })
  it.each(own?.nearMiss ?? [])('is not found in what looks like it: $sql', async (situation) => {
    expect(await find(lint, situation)).toEqual([])
  })
})
