import { readdirSync } from 'node:fs'
import { type Catalog, introspectInTransaction } from '@rolecast/catalog'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from './audit.js'
import { compareCatalogs } from './compare/compare-catalogs.js'
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

/** What one lint finds in a situation, and what `then` does there; nothing of it stays. */
async function find(
  lint: Lint,
  { sql, schemas = ['api'], server: facts, settings }: LintCase,
  then?: (found: readonly Finding[], catalog: Catalog) => Promise<void>,
): Promise<Finding[]> {
  await client.query('BEGIN')
  try {
    await client.query(`${preamble}; ${sql}`)
    const read = await introspectInTransaction(client, { schemas, authenticator: 'authenticator', security: true })
    const { security } = read
    const catalog = { ...read, ...(security && settings && { security: { ...security, serverSettings: settings } }) }
    const configured = facts && { server: { ...goodServer, ...facts } }
    const found = audit(catalog, { schemas, authenticator: 'authenticator', anonymous: 'anon', ...configured }, [lint])
    await then?.(found, catalog)
    return found
  } finally {
    await client.query('ROLLBACK')
  }
}

/** Of N02, whose new condition stands in place of `true`: conditions that differ are told as widened, whichever they are. */
const checkedAsUsing = `WITH CHECK ((user_id = ( SELECT ((NULLIF(current_setting('request.jwt.claims'::text, true), ''::text))::json ->> 'sub'::text)))) now.`

/** Executes the fixes that say that they can only narrow, and compares what each role may do. */
async function fixesOnlyNarrow({ schemas = ['api'] }: LintCase, found: readonly Finding[], before: Catalog) {
  const fixes = found.flatMap(({ fix, narrows }) => (fix !== null && narrows ? [fix] : []))
  if (fixes.length === 0) return
  await client.query(fixes.join(' '))
  const roles = before.security?.apiRoles ?? []
  const after = await introspectInTransaction(client, { schemas, roles })
  const sides = (role: string) => [before, after].map((catalog) => ({ catalog, schemas, role }))
  for (const role of roles) {
    const [was, is] = sides(role)
    if (was === undefined || is === undefined) continue
    const changes = compareCatalogs(was, is, 'anon').filter(({ change }) => change === 'widened')
    expect(changes.filter(({ message }) => !message.endsWith(checkedAsUsing))).toEqual([])
  }
}

it('has cases for every lint, and no two lints of one id', () => {
  const ids = lints.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(cases.map(({ id }) => id).sort()).toEqual(ids)
})

describe.each(lints.map((lint) => [lint.id, lint] as const))('%s', (id, lint) => {
  const own = cases.find((one) => one.id === id)
  it.each(own?.positive ?? [])('is found, and its fix widens nothing: $sql', async (situation) => {
    const found = await find(lint, situation, (all, catalog) => fixesOnlyNarrow(situation, all, catalog))
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
