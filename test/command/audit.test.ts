import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rolecastHere } from './run-command.js'

let server: EmbeddedPostgres

beforeAll(async () => {
  server = await startPostgres({ version: 15 })
  const client = new pg.Client({ connectionString: server.uri })
  await client.connect()
  await client.query(`
    CREATE ROLE anon; CREATE ROLE authenticator LOGIN NOINHERIT; GRANT anon TO authenticator;
    CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO anon;
    CREATE TABLE api."evil\u001b[31m\u009b\u202e" (id int); GRANT SELECT ON api."evil\u001b[31m\u009b\u202e" TO PUBLIC`)
  await client.end()
})
afterAll(() => server?.stop())

const asked = () => ['audit', '--db', server.uri, '--schemas', 'api', '--authenticator', 'authenticator']

test('findings are printed for people, and no name steers the terminal', async () => {
  const { code, stdout } = await rolecastHere(asked(), '/')
  expect(code).toBe(1)
  expect(stdout).toContain('ERROR G01')
  expect(stdout).not.toContain('\u001b')
})

test('findings are printed as JSON, by the contract', async () => {
  const { code, stdout } = await rolecastHere([...asked(), '--json'], '/')
  expect(code).toBe(1)
  for (const character of ['\u001b', '\u009b', '\u202e']) expect(stdout).not.toContain(character)
  const { findings, summary } = JSON.parse(stdout)
  expect(findings[0]).toMatchObject({
    id: 'G01',
    severity: 'error',
    object: 'api."evil\u001b[31m\u009b\u202e"',
    role: null,
  })
  expect(Object.keys(summary)).toEqual(['critical', 'error', 'warning', 'information'])
})

test('--fail-on says which severities make it fail', async () => {
  expect((await rolecastHere([...asked(), '--fail-on', 'critical'], '/')).code).toBe(0)
  const wrong = await rolecastHere([...asked(), '--fail-on', 'bad'], '/')
  expect(wrong.code).toBe(2)
  expect(wrong.stderr).toContain('critical, error, warning, information')
})
