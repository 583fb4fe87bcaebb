import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { createServer } from '@rolecast/server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { starters } from '../../generator/src/init/starters.js'
import { makeProject } from './project.js'
import { rolecastHere } from './run-command.js'

let postgres: EmbeddedPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

async function inDatabase<T>(name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: postgres.uriOf({ database: name }) })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** A starter's project, and a database with its migrations. */
async function begin(name: string) {
  const project = await makeProject()
  const written = await rolecastHere(['init', '--starter', name], project.folder)
  expect(written.code, written.stderr).toBe(0)
  const database = name.replaceAll('-', '_')
  await inDatabase('postgres', (client) => client.query(`CREATE DATABASE ${database}`))
  const folder = join(project.folder, 'migrations')
  const files = (await readdir(folder)).sort()
  await inDatabase(database, async (client) => {
    for (const file of files) await client.query(await readFile(join(folder, file), 'utf8'))
    await client.query(`ALTER ROLE authenticator PASSWORD 'p'`)
  })
  const end = async () => {
    await project[Symbol.asyncDispose]()
    // Roles are the cluster's: the next starter is judged without these.
    await inDatabase('postgres', async (client) => {
      await client.query(`DROP DATABASE ${database} WITH (FORCE)`)
      const { rows } = await client.query(
        `SELECT string_agg(quote_ident(rolname), ', ') AS roles FROM pg_roles WHERE rolname !~ '^pg_' AND NOT rolsuper`,
      )
      await client.query(`DROP ROLE ${rows[0].roles}`)
    })
  }
  return { folder: project.folder, uri: postgres.uriOf({ database }), database, [Symbol.asyncDispose]: end }
}

/** How a visitor sees that the server runs with the starter's configuration. */
const firstRequests: Readonly<Record<string, string>> = {
  'two-roles': '/products?select=name,category:categories(name)',
  tenants: '/announcements',
  versions: '/status',
}

describe.each(starters.map(({ name }) => name))('rolecast init --starter %s', (name) => {
  // A part of all changes, evenly spread; `npm run -s bench -- mutants` tries them all.
  test('its own permission tests notice every change', { timeout: 240_000 }, async () => {
    await using project = await begin(name)
    const args = ['test-permissions', '--mutate', '--json', '--limit', '60', '--db', project.uri]
    const { code, stdout, stderr } = await rolecastHere(args, project.folder)
    expect(code, stderr + stdout).toBe(0)
    const { summary, survivors } = JSON.parse(stdout)
    expect(survivors).toEqual([])
    expect(summary.killed).toBeGreaterThan(20)
  })

  test('passes the audit, generates, and is served', { timeout: 120_000 }, async () => {
    await using project = await begin(name)
    const secret = 'a secret of the tests that is long enough'
    await writeFile(join(project.folder, 'secret.txt'), secret)
    const keys = join(project.folder, 'keys')
    if (name !== 'sql-users') {
      const made = await rolecastHere(['keys', 'generate', '--alg', 'ES256', '--out', keys], project.folder)
      expect(made.code, made.stderr).toBe(0)
    }
    const source = ['--db', project.uri]
    const audited = await rolecastHere(['audit', '--json', ...source], project.folder)
    // An upsert sets every column that is given, also the owner, which no role may write.
    const { findings } = JSON.parse(audited.stdout)
    // A01 is about the server that the migrations are loaded into, not about the starter.
    expect(findings.filter(({ id }: { id: string }) => id !== 'G11' && id !== 'A01')).toEqual([])
    expect(audited.code).toBe(0)
    const generated = await rolecastHere(['generate', ...source], project.folder)
    expect(generated.code, generated.stderr).toBe(0)

    const server = await createServer({
      configFile: join(project.folder, 'postgrest.conf'),
      // The file's paths are relative to where the server is started.
      jwtSecret: `@${name === 'sql-users' ? join(project.folder, 'secret.txt') : join(keys, 'verify.json')}`,
      dbUri: postgres.uriOf({ user: 'authenticator', password: 'p', database: project.database }),
    })
    try {
      const first = firstRequests[name]
      if (first !== undefined) {
        const response = await server.fetch(new Request(`http://api${first}`))
        expect({ status: response.status, body: await response.json() }).toEqual({ status: 200, body: [] })
      } else await usersLogIn(server.fetch.bind(server), project.database, secret)
    } finally {
      await server.close()
    }
  })
})

async function usersLogIn(ask: (request: Request) => Promise<Response>, database: string, secret: string) {
  await inDatabase(database, (client) => client.query('SELECT auth.set_jwt_secret($1)', [secret]))
  const post = (path: string, body: object, token?: string) =>
    ask(
      new Request(`http://api${path}`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Prefer: 'return=representation',
          ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
      }),
    )
  const right = { email: 'Ada@example.com', pass: 'correct horse' }
  expect((await post('/rpc/signup', { ...right, pass: 'short' })).status).toBe(400)
  expect((await post('/rpc/signup', right)).status).toBe(200)
  expect((await post('/rpc/signup', right)).status).toBe(409)
  const hash = await inDatabase(database, (client) => client.query('SELECT password_hash FROM auth.users'))
  expect(hash.rows[0].password_hash).toMatch(/^\$2a\$12\$/)
  expect(await (await post('/rpc/login', { ...right, pass: 'wrong horse!' })).json()).toBeNull()
  expect(await (await post('/rpc/login', { ...right, email: 'nobody@example.com' })).json()).toBeNull()
  const token: string = await (await post('/rpc/login', right)).json()
  const made = await post('/notes', { text: 'Hello' }, token)
  expect({ status: made.status, rows: await made.json() }).toMatchObject({ status: 201, rows: [{ text: 'Hello' }] })
  expect((await post('/notes', { text: 'Hello' })).status).toBe(401)
  for (let time = 0; time < 10; time += 1) await post('/rpc/login', { ...right, pass: 'wrong horse!' })
  expect(await (await post('/rpc/login', right)).json()).toBeNull()
}

test('nothing is written over what is there', async () => {
  await using project = await makeProject({ 'README.md': 'mine' })
  const refused = await rolecastHere(['init', '--starter', 'tenants'], project.folder)
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('There already: README.md') })
  expect(await readdir(project.folder)).toEqual(['README.md'])
  expect((await rolecastHere(['init', '--starter', 'tenants', '--force'], project.folder)).code).toBe(0)
  expect(await readFile(join(project.folder, 'README.md'), 'utf8')).toMatch(/^# Tenants/)
  expect((await rolecastHere(['init', '--starter', 'nothing'], project.folder)).code).toBe(2)
})
