import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from '@rolecast/server'
import { SignJWT } from 'jose'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { secret, startDatabase } from '../client/database.js'
import { makeProject } from '../command/project.js'
import { rolecastHere } from '../command/run-command.js'
import { recorder, remainingGrants, superfluousGrants } from './measure.js'
import { run as runNative } from './native/app.js'
import { run as runSupabase } from './supabase/app.js'

const here = fileURLToPath(new URL('.', import.meta.url))
const schemas = ['api', 'archive']
const token = () =>
  new SignJWT({ role: 'clerk' }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret))

/** supabase-js asks below /rest/v1, where a gateway in front of the API takes that away. */
const withoutPrefix =
  (ask: typeof fetch): typeof fetch =>
  (input, init) =>
    ask(String(input).replace('/rest/v1', ''), init)

const apps = [
  {
    app: 'native',
    roles: ['clerk', 'visitor'],
    run: (ask: typeof fetch) => runNative({ url: 'http://app', fetch: ask }, token),
  },
  {
    app: 'supabase',
    roles: ['clerk'],
    run: (ask: typeof fetch) => runSupabase('http://app', token, withoutPrefix(ask)),
  },
]

describe.each(apps)('an app with $app clients', ({ app, roles, run }) => {
  test('needs no more than what it is narrowed to, and no less', { timeout: 120_000 }, async () => {
    await using database = await startDatabase()
    await using project = await makeProject()
    const out = join(project.folder, 'narrow.sql')
    const { postgres } = database
    const said = await rolecastHere(
      ['least-privilege', '--db', postgres.uri, '--schemas', schemas.join(), '--authenticator', 'authenticator'].concat(
        '--tsconfig',
        join(here, app, 'tsconfig.json'),
        '--roles',
        roles.join(),
        '--out',
        out,
        '--json',
      ),
      project.folder,
    )
    expect({ code: said.code, stderr: said.stderr.replace(/^rolecast: reading.*\n/, '') }).toEqual({
      code: 0,
      stderr: '',
    })
    const { unresolved, calls } = JSON.parse(said.stdout)
    expect({ unresolved, calls }).toEqual({ unresolved: [], calls: expect.any(Number) })
    expect(calls).toBeGreaterThan(10)

    const client = new pg.Client({ connectionString: postgres.uri })
    await client.connect()
    await client.query(await readFile(out, 'utf8'))
    await client.end()
    const options = { dbSchemas: schemas, dbAnonRole: 'visitor', dbAggregatesEnabled: true, jwtSecret: secret }
    const server = await createServer({ ...options, dbUri: postgres.uriOf({ user: 'authenticator' }) })
    const recorded = recorder(server)
    try {
      await run(recorded.fetch)
    } finally {
      await server.close()
    }
    const grants = await remainingGrants(postgres, schemas, roles)
    expect(grants.length).toBeGreaterThan(5)
    expect(await superfluousGrants(postgres, options, recorded.requests, grants)).toEqual([])
  })
})
