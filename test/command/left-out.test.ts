import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeProject, type Project } from './project.js'
import { rolecastHere } from './run-command.js'

const roles = `
CREATE ROLE anon; CREATE ROLE writer; CREATE ROLE owner_without; CREATE SCHEMA api; CREATE SCHEMA hidden;
GRANT USAGE ON SCHEMA api TO anon, writer; ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;`

const config = (more = '') => `export default {
  database: { sql: ['roles.sql', 'migrations/*.sql'] }, schemas: ['api'], roles: ['anon', 'writer'], out: 'out', ${more} }`

const migrations = {
  'migrations/1.sql': `
    CREATE TABLE hidden.secrets (id int);
    CREATE TABLE api.posts (id int PRIMARY KEY, title text, author_id int);
    CREATE TABLE api.looping (id int PRIMARY KEY, owner text);
    ALTER TABLE api.looping ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON api.looping USING (owner IN (SELECT l.owner FROM api.looping l));
    CREATE VIEW api.peek AS SELECT id FROM hidden.secrets; ALTER VIEW api.peek OWNER TO owner_without;
    CREATE TABLE api.walled (id int); ALTER TABLE api.walled ENABLE ROW LEVEL SECURITY;
    CREATE TABLE api.not_given (id int);`,
  'migrations/2.sql': `
    CREATE EXTENSION pg_trgm SCHEMA api;
    CREATE FUNCTION api.open_door() RETURNS int LANGUAGE sql AS 'SELECT 1';
    GRANT EXECUTE ON FUNCTION api.open_door TO PUBLIC;
    CREATE FUNCTION api.own_door() RETURNS int LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION api.own_door TO anon;
    CREATE FUNCTION api.audit_all() RETURNS int LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION api.audit_all TO anon;
    CREATE TABLE api.audit_log (id int PRIMARY KEY, post_id int REFERENCES api.posts);
    GRANT EXECUTE ON FUNCTION api.show_limit, api.show_trgm TO anon; GRANT SELECT ON api.posts, api.looping, api.peek, api.walled, api.audit_log TO anon; GRANT SELECT ON api.posts TO writer`,
}

let project: Project
beforeAll(async () => {
  project = await makeProject({ 'roles.sql': roles, ...migrations, 'rolecast.config.ts': config() })
})
afterAll(() => project[Symbol.asyncDispose]())

async function generate(more?: string) {
  await project.write('rolecast.config.ts', config(more))
  const ended = await rolecastHere(['generate'], project.folder)
  const anon = ended.code === 0 ? await readFile(join(project.folder, 'out/anon/index.ts'), 'utf8') : ''
  return { ...ended, anon }
}

describe('what is not in a client is said, with the reason', () => {
  test('each relation that the role was given, what extensions own, and what PUBLIC may', async () => {
    const { stderr, anon } = await generate()
    const about = stderr.slice(stderr.indexOf('anon: '), stderr.indexOf('writer: '))
    expect(about).toMatch(/anon: 2 relations, 3 functions in .* \(\d+ kB\)/)
    expect(about).toMatch(/without api\.looping: Reading api\.looping leads back to api\.looping: .*\(42P17\)/)
    expect(about).toMatch(/without api\.peek: .*owner_without.*/)
    expect(about).toMatch(/without api\.walled: no policy lets anon touch a row/)
    expect(about).toMatch(/without 2 objects of the extension pg_trgm \(include takes them in\)/)
    expect(about).toMatch(/anon may call 1 function only because PUBLIC may: api\.open_door\n/)
    expect(about).not.toMatch(/not_given|…/)
    expect(stderr.slice(stderr.indexOf('writer: '))).not.toMatch(/looping|peek|walled/)
    expect(anon).not.toMatch(/show_limit|show_trgm/)
  })

  test('patterns take in and leave out relations and functions', async () => {
    const { stderr, anon } = await generate("include: ['api.show_lim*', 'api.audit_log'], exclude: ['api.audit*']")
    expect(anon).toMatch(/show_limit\(/)
    expect(anon).toMatch(/audit_log: AuditLogApi/)
    expect(anon).not.toMatch(/audit_all|show_trgm/)
    expect(stderr).not.toMatch(/without api\.audit/)
    const reduced = await generate("exclude: ['api.posts']")
    expect(reduced.anon).not.toMatch(/posts/i)
    expect(reduced.stderr).not.toMatch(/without api\.posts/)
  })

  test('a pattern that nothing fits is refused', async () => {
    const { code, stderr } = await generate("exclude: ['api.adit*']")
    expect([code, stderr]).toEqual([2, expect.stringMatching(/exclude: nothing in api fits api\.adit\*\./)])
  })
})

test('the order in which columns were added changes nothing', async () => {
  const one = `CREATE TYPE api.pair AS (b text, a int);
    CREATE TABLE api.t (id int PRIMARY KEY, note text, tenant int NOT NULL, p api.pair, UNIQUE (tenant, note));
    CREATE VIEW api.v AS SELECT id, note, tenant FROM api.t;
    CREATE FUNCTION api.all_t() RETURNS SETOF api.t STABLE LANGUAGE sql AS 'SELECT * FROM api.t';
    CREATE FUNCTION api.len(api.t) RETURNS int STABLE LANGUAGE sql AS 'SELECT 1';
    CREATE FUNCTION api.abc(api.t) RETURNS int STABLE LANGUAGE sql AS 'SELECT 1';`
  const other = `CREATE TYPE api.pair AS (a int); ALTER TYPE api.pair ADD ATTRIBUTE b text;
    CREATE TABLE api.t (p api.pair); ALTER TABLE api.t ADD tenant int NOT NULL, ADD gone int, ADD id int PRIMARY KEY;
    ALTER TABLE api.t DROP gone, ADD note text, ADD UNIQUE (tenant, note);
    CREATE FUNCTION api.abc(api.t) RETURNS int STABLE LANGUAGE sql AS 'SELECT 1';
    CREATE FUNCTION api.len(api.t) RETURNS int STABLE LANGUAGE sql AS 'SELECT 1';
    CREATE VIEW api.v AS SELECT tenant, note, id FROM api.t;
    CREATE FUNCTION api.all_t() RETURNS SETOF api.t STABLE LANGUAGE sql AS 'SELECT * FROM api.t';`
  const grants = `GRANT ALL ON api.t, api.v TO anon; GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA api TO anon, writer;`
  await using first = await makeProject({
    'roles.sql': roles,
    'migrations/1.sql': one + grants,
    'rolecast.config.ts': config(),
  })
  expect((await rolecastHere(['generate'], first.folder)).code).toBe(0)
  await first.write('migrations/1.sql', other + grants)
  const { code, stdout } = await rolecastHere(['generate', '--check'], first.folder)
  expect([code, stdout]).toEqual([0, expect.stringMatching(/2 files in .* up to date/)])
})

test('comments are off for the roles that the configuration says', async () => {
  await using own = await makeProject({
    'roles.sql': roles,
    'migrations/1.sql': `CREATE TABLE api.t (id int); COMMENT ON TABLE api.t IS 'as Bob keeps it'; GRANT SELECT ON api.t TO anon, writer`,
    'rolecast.config.ts': config('client: { comments: { anon: false } }'),
  })
  expect((await rolecastHere(['generate'], own.folder)).code).toBe(0)
  expect(await readFile(join(own.folder, 'out/anon/index.ts'), 'utf8')).not.toMatch(/Bob/)
  expect(await readFile(join(own.folder, 'out/writer/index.ts'), 'utf8')).toMatch(/Bob/)
  await own.write('rolecast.config.ts', config('client: { comments: { annon: false } }'))
  expect((await rolecastHere(['generate'], own.folder)).stderr).toMatch(
    /client\.comments: annon is no role of this project/,
  )
  await own.write('rolecast.config.ts', config("client: { comments: 'no' }"))
  expect((await rolecastHere(['generate'], own.folder)).stderr).toMatch(
    /client\.comments: expected boolean or object, got string/,
  )
  await own.write('rolecast.config.ts', config("client: { comments: { anon: 'no' } }"))
  expect((await rolecastHere(['generate'], own.folder)).stderr).toMatch(
    /client\.comments\.anon: expected boolean, got string/,
  )
})
