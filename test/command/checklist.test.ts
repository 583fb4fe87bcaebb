import { join } from 'node:path'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeProject, type Project } from './project.js'
import { rolecastHere } from './run-command.js'

/** A database that is ready for production, as far as it can be. */
const ready = `
  CREATE ROLE owner NOLOGIN; CREATE ROLE anon NOLOGIN; CREATE ROLE app_user NOLOGIN;
  CREATE ROLE authenticator LOGIN NOINHERIT CONNECTION LIMIT 30; GRANT anon, app_user TO authenticator;
  CREATE ROLE auditor LOGIN;
  ALTER ROLE anon SET statement_timeout = '3s'; ALTER ROLE app_user SET statement_timeout = '8s';
  ALTER ROLE authenticator SET statement_timeout = '8s';
  REVOKE ALL ON SCHEMA public FROM PUBLIC; REVOKE TEMPORARY ON DATABASE postgres FROM PUBLIC;
  CREATE SCHEMA api AUTHORIZATION owner; CREATE SCHEMA records AUTHORIZATION owner;
  GRANT USAGE ON SCHEMA api TO anon, app_user;
  SET ROLE owner;
  CREATE TABLE records.changes (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, made timestamptz DEFAULT now(), what jsonb);
  CREATE FUNCTION records.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
    BEGIN INSERT INTO records.changes (what) VALUES (to_jsonb(coalesce(NEW, OLD))); RETURN NULL; END $$;
  REVOKE EXECUTE ON FUNCTION records.note() FROM PUBLIC;
  CREATE TABLE api.notes (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, author text NOT NULL, body text NOT NULL);
  COMMENT ON TABLE api.notes IS 'what people write';
  CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON api.notes FOR EACH ROW EXECUTE FUNCTION records.note();
  ALTER TABLE api.notes ENABLE ROW LEVEL SECURITY; ALTER TABLE api.notes FORCE ROW LEVEL SECURITY;
  CREATE POLICY own ON api.notes TO app_user
    USING (author = (SELECT current_setting('request.jwt.claims', true)::json ->> 'sub'))
    WITH CHECK (author = (SELECT current_setting('request.jwt.claims', true)::json ->> 'sub'));
  GRANT SELECT, DELETE ON api.notes TO app_user; GRANT INSERT (author, body), UPDATE (body) ON api.notes TO app_user;
  RESET ROLE;`

/** One thing wrong for each point that can fail: by its place in the list. */
const broken: Readonly<Record<number, string>> = {
  0: 'CREATE TABLE api.open (id int); COMMENT ON TABLE api.open IS $$x$$; GRANT SELECT ON api.open TO app_user',
  1: 'GRANT DELETE ON api.notes TO anon; CREATE POLICY a ON api.notes FOR DELETE TO anon USING (author IS NULL)',
  3: 'CREATE ROLE boss SUPERUSER; GRANT boss TO authenticator',
  4: `ALTER TABLE api.notes ADD COLUMN password_hash text; GRANT SELECT ON api.notes TO app_user`,
  5: 'DROP TRIGGER note ON api.notes',
  10: 'GRANT TRUNCATE ON api.notes TO app_user',
  11: 'COMMENT ON TABLE api.notes IS NULL',
}

let postgres: EmbeddedPostgres
let project: Project
let owner: pg.Client
let conf: string

const good = { 'admin-server-port': 3001, 'db-anon-role': 'anon', 'jwt-secret': 'k7!Qz0pVw3_xLr9sTn2mYb5cHd8fJg1aEuIo' }

async function configure(changes: Readonly<Record<string, string | number | undefined>> = {}): Promise<string> {
  const all = { 'db-uri': postgres.uriOf({ user: 'authenticator' }), 'db-schemas': 'api', ...good, ...changes }
  const lines = Object.entries(all).flatMap(([key, value]) =>
    value === undefined ? [] : `${key} = ${JSON.stringify(value)}\n`,
  )
  return project.write(`${crypto.randomUUID()}.conf`, lines.join(''))
}

beforeAll(async () => {
  project = await makeProject()
  postgres = await startPostgres({ authentication: 'trust', version: 16 })
  owner = new pg.Client({ connectionString: postgres.uri })
  await owner.connect()
  await owner.query(ready)
  conf = await configure()
})
afterAll(async () => {
  await owner?.end()
  await postgres?.stop()
  await project?.[Symbol.asyncDispose]()
})

interface Point {
  readonly title: string
  readonly state: string
  readonly evidence: string
}

async function points(...args: readonly string[]): Promise<{ code: number | null; points: Point[] }> {
  const { code, stdout, stderr } = await rolecastHere(['checklist', '--json', ...args], project.folder)
  expect(stderr).not.toContain('internal')
  return { code, points: JSON.parse(stdout).points }
}

test('a database that is ready passes; what only people know is asked for', async () => {
  const { code, points: all } = await points('--config', conf)
  expect(all.filter(({ state }) => state === 'fail')).toEqual([])
  expect(all).toHaveLength(12)
  expect(all.flatMap(({ state }, at) => (state === 'manual' ? [at] : []))).toEqual([7, 9])
  expect(code).toBe(0)
})

test('a login role that owns nothing may run it', async () => {
  const { code } = await points('--config', conf, '--db', postgres.uriOf({ user: 'auditor' }))
  expect(code).toBe(0)
})

test.each(Object.entries(broken))('point %s fails where %s', async (at, sql) => {
  await owner.query(sql)
  try {
    const { code, points: all } = await points('--config', conf)
    expect([code, all[Number(at)]?.state]).toEqual([1, 'fail'])
  } finally {
    await owner.query(undo[Number(at)] ?? '')
  }
})

const undo: Readonly<Record<number, string>> = {
  0: 'DROP TABLE api.open',
  1: 'REVOKE DELETE ON api.notes FROM anon; DROP POLICY a ON api.notes',
  3: 'REVOKE boss FROM authenticator; DROP ROLE boss',
  4: 'ALTER TABLE api.notes DROP COLUMN password_hash',
  5: 'CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON api.notes FOR EACH ROW EXECUTE FUNCTION records.note()',
  10: 'REVOKE TRUNCATE ON api.notes FROM app_user',
  11: `COMMENT ON TABLE api.notes IS 'what people write'`,
}

test.each([
  [2, { 'jwt-secret': 'short' }, /has 5 bytes/],
  [2, { 'jwt-secret': undefined }, /no jwt-secret/],
  [2, { 'jwt-secret': 'reallyreallyreallyreallyverysafe' }, /published/],
  [2, { 'jwt-secret': 'abababababababababababababababababab' }, /easy to guess/],
  [6, { 'db-pool': 29 }, /needs 31 connections.*may have 30/],
  [6, { 'db-pool': 500 }, /needs 502 connections/],
  [8, { 'admin-server-port': undefined }, /no admin-server-port/],
])('point %i fails with %j', async (at, changes, evidence) => {
  const { code, points: all } = await points('--config', await configure(changes))
  expect([code, all[at]?.state]).toEqual([1, 'fail'])
  expect(all[at]?.evidence).toMatch(evidence)
})

test('without the configuration of the server its points are asked for', async () => {
  const { code, points: all } = await points(
    '--db',
    postgres.uri,
    '--schemas',
    'api',
    '--authenticator',
    'authenticator',
  )
  expect(all.flatMap(({ state }, at) => (state === 'manual' ? [at] : []))).toEqual([2, 7, 8, 9])
  expect(code).toBe(0)
})

test('for people: a line a point, nothing secret, and no name that steers the terminal', async () => {
  await owner.query('CREATE TABLE api."evil\u001b[31m" (id int); GRANT SELECT ON api."evil\u001b[31m" TO app_user')
  const { code, stdout, stderr } = await rolecastHere(['checklist', '--config', conf], project.folder)
  await owner.query('DROP TABLE api."evil\u001b[31m"')
  expect(code).toBe(1)
  expect(stdout.match(/^(PASS|FAIL|MANUAL) /gm)).toHaveLength(12)
  expect(stdout + stderr).not.toContain('\u001b')
  expect(stdout + stderr).not.toContain(good['jwt-secret'])
})

test('wrong use is 2, and a database that is not there 3', async () => {
  const run = (...args: readonly string[]) => rolecastHere(['checklist', ...args], project.folder)
  const twice = await run('--config', conf, '--config', 'other.conf')
  expect([twice.code, twice.stderr]).toMatchObject([2, expect.stringContaining('two configurations of the server')])
  const none = await run('--config', join(project.folder, 'none.conf'))
  expect([none.code, none.stderr]).toMatchObject([2, expect.stringContaining('cannot be read')])
  const wrong = await run('--config', await configure({ 'db-pool': 'many' }))
  expect([wrong.code, wrong.stderr]).toMatchObject([2, expect.stringContaining('db-pool')])
  const gone = await run('--config', await configure({ 'db-uri': 'postgresql://a:very-secret@127.0.0.1:1/x' }))
  expect(gone.code).toBe(3)
  expect(gone.stderr).not.toContain('very-secret')
})
