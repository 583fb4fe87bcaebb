import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compareCatalogs, formatNames } from '@rolecast/audit'
import { introspect } from '@rolecast/catalog'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeProject, type Project } from './project.js'
import { rolecastHere } from './run-command.js'

let server: EmbeddedPostgres
let owner: pg.Client
let project: Project

beforeAll(async () => {
  server = await startPostgres({ version: 15, authentication: 'trust' })
  project = await makeProject()
  owner = new pg.Client({ connectionString: server.uri })
  await owner.connect()
  await owner.query('CREATE DATABASE other')
  await owner.query(`
    CREATE ROLE anon; CREATE ROLE app_user; CREATE ROLE authenticator LOGIN NOINHERIT; GRANT anon, app_user TO authenticator;
    CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO anon, app_user;
    CREATE TABLE api.a (id int, password text); GRANT SELECT ON api.a TO PUBLIC; GRANT ALL ON api.a TO app_user;
    CREATE TABLE api.b (id int); GRANT SELECT ON api.b TO PUBLIC;
    CREATE FUNCTION api.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`)
})
afterAll(async () => {
  await owner?.end()
  await server?.stop()
  await project?.[Symbol.asyncDispose]()
})

const options = () => ['--db', server.uri, '--schemas', 'api', '--authenticator', 'authenticator']
const here = (...args: string[]) => rolecastHere(['audit', ...args], project.folder)

interface Printed {
  readonly findings: readonly { readonly id: string; readonly object: string }[]
  readonly notes: readonly string[]
}

/** Runs it with a configuration that suppresses these. */
async function suppressing(suppressions: unknown): Promise<Printed & { code: number | null; stderr: string }> {
  const config = {
    database: { uri: server.uri },
    schemas: ['api'],
    roles: ['anon'],
    authenticator: 'authenticator',
    out: 'out',
    audit: { suppressions },
  }
  // another file each time: what was imported once stays
  const file = await project.write(`${crypto.randomUUID()}.json`, JSON.stringify(config))
  const { code, stdout, stderr } = await here('--config', file, '--json')
  return { ...(JSON.parse(stdout === '' ? '{}' : stdout) as Printed), code, stderr }
}

const objects = ({ findings }: Printed, id: string) =>
  findings.filter((found) => found.id === id).map(({ object }) => object)

test.each(formatNames)('--format %s, to a file', async (format) => {
  const { code, stdout } = await here(...options(), '--format', format, '--out', 'report')
  expect([code, stdout]).toEqual([1, ''])
  expect(await readFile(join(project.folder, 'report'), 'utf8')).toContain('G01')
})

test('a baseline hides what it knows, and says so; what is new fails', async () => {
  expect((await here(...options(), '--write-baseline', 'known.json')).code).toBe(0)
  const known = await here(...options(), '--baseline', 'known.json', '--fail-on', 'information')
  expect(known.stdout).toMatch(/^Nothing found\.\n\d+ findings of the baseline: not shown\.\n$/)
  expect(known.code).toBe(0)
  await owner.query('CREATE TABLE api.c (id int); GRANT SELECT ON api.c TO PUBLIC; REVOKE SELECT ON api.b FROM PUBLIC')
  const fresh = await here(...options(), '--baseline', 'known.json', '--json')
  await owner.query('DROP TABLE api.c; GRANT SELECT ON api.b TO PUBLIC')
  const printed = JSON.parse(fresh.stdout) as Printed
  expect(objects(printed, 'G01')).toEqual(['api.c'])
  expect(printed.notes.join(' ')).toMatch(/of the baseline (is|are) gone: write it again/)
  expect(fresh.code).toBe(1)
})

test('a baseline that cannot be used is refused', async () => {
  const refused = async (...args: string[]) => {
    const { code, stdout, stderr } = await here(...args)
    expect([code, stdout]).toEqual([2, ''])
    return stderr
  }
  await here(...options(), '--write-baseline', 'known.json')
  const other = ['--db', server.uriOf({ database: 'other' }), '--schemas', 'public', '--authenticator', 'authenticator']
  expect(await refused(...other, '--baseline', 'known.json')).toContain(
    'is a baseline of postgres (api), and this is other (public)',
  )
  expect(await refused(...options(), '--baseline', 'nothing.json')).toContain('cannot be read')
  await project.write('broken.json', '{"format": 1,')
  expect(await refused(...options(), '--baseline', 'broken.json')).toContain('it is not JSON')
  await project.write('wrong.json', '{"format": 2}')
  expect(await refused(...options(), '--baseline', 'wrong.json')).toContain('no baseline of this version')
  expect(await refused(...options(), '--write-baseline', 'nowhere/known.json')).toContain('cannot be written')
  expect(await refused(...options(), '--json', '--format', 'html')).toContain('not both')
})

test('a suppression hides until its day has come', async () => {
  const until = '2999-12-31'
  const one = await suppressing([{ id: 'G01', object: 'api.a', reason: 'It is public on purpose.', until }])
  expect(objects(one, 'G01')).toEqual(['api.b'])
  expect(one.notes).toEqual([
    `audit.suppressions[0] (G01 api.a) suppresses 1 finding until ${until}: It is public on purpose.`,
  ])
  const group = await suppressing([{ id: 'G01', object: 'api.*', reason: 'public', until }])
  expect(objects(group, 'G01')).toEqual([])
  const over = await suppressing([{ id: 'G01', object: 'api.a', reason: 'for now', until: '2026-01-01' }])
  expect(objects(over, 'G01')).toEqual(['api.a', 'api.b'])
  expect(over.notes).toEqual([
    'audit.suppressions[0] (G01 api.a) ended on 2026-01-01: 1 finding came back. Its reason was: for now',
  ])
  const idle = await suppressing([{ id: 'G01', object: 'api.nothing', reason: 'gone', until }])
  expect(idle.notes).toEqual(['audit.suppressions[0] (G01 api.nothing) suppresses nothing: remove it.'])
})

test.each([
  [{ id: 'Z99', reason: 'r', until: '2999-01-01' }, 'audit.suppressions[0].id: there is no finding Z99'],
  [{ id: 'public', reason: 'r', until: '2999-01-01' }, 'audit.suppressions[0].id: expected the id of a finding'],
  [{ id: 'G01', until: '2999-01-01' }, 'audit.suppressions[0].reason'],
  [{ id: 'G01', reason: ' ', until: '2999-01-01' }, 'audit.suppressions[0].reason: is empty'],
  [{ id: 'G01', reason: 'r', until: '2026-02-30' }, 'audit.suppressions[0].until: expected a day of the calendar'],
  [{ id: 'G01', reason: 'r', until: '2999-01-01', roles: 'anon' }, 'audit.suppressions[0].roles: unknown key'],
])('a broken suppression is refused with its place: %j', async (suppression, message) => {
  const { code, stderr } = await suppressing([suppression])
  expect(stderr).toContain(message)
  expect(code).toBe(2)
})

test('--fix writes what mends without widening anything', async () => {
  const { code, stdout: sql } = await here(...options(), '--fix')
  expect(code).toBe(1)
  expect(sql).toContain('-- G01 api.b: ')
  await here(...options(), '--fix', 'fix.sql')
  expect(await readFile(join(project.folder, 'fix.sql'), 'utf8')).toBe(sql)
  const asked = { schemas: ['api'], authenticator: 'authenticator', security: true }
  const before = await introspect(owner, asked)
  await owner.query(sql)
  const after = await introspect(owner, asked)
  const changes = ['anon', 'app_user', 'authenticator'].flatMap((role) =>
    compareCatalogs({ catalog: before, schemas: ['api'], role }, { catalog: after, schemas: ['api'], role }, 'anon'),
  )
  expect(changes.filter(({ change }) => change === 'widened')).toEqual([])
  expect(changes.some(({ change }) => change === 'narrowed')).toBe(true)
  expect((await here(...options(), '--fix')).stdout).not.toContain('-- G01')
})
