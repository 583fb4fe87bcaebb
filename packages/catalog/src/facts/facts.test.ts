import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { introspect } from '../introspect/introspect.js'
import { surfaceOf } from '../surface/surface-of.js'
import { withFacts } from './with-facts.js'

const setup = `
CREATE ROLE anon; CREATE ROLE platform; CREATE SCHEMA auth; GRANT USAGE ON SCHEMA auth TO PUBLIC;
CREATE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql STABLE AS
  $$ select coalesce(nullif(current_setting('request.jwt.claim', true), ''), nullif(current_setting('request.jwt.claims', true), ''))::jsonb $$;
CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $$ select coalesce(
  nullif(current_setting('request.jwt.claim.sub', true), ''),
  (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'))::uuid $$;
CREATE FUNCTION auth.role() RETURNS text LANGUAGE plpgsql STABLE AS
  $$ begin return (current_setting('request.jwt.claims', true)::json ->> 'role')::text; end; $$;
CREATE FUNCTION auth.someone() RETURNS uuid LANGUAGE sql STABLE AS
  $$ select coalesce(auth.uid(), '00000000-0000-4000-8000-000000000001') $$;
CREATE FUNCTION public.strictly(who uuid) RETURNS boolean LANGUAGE plpgsql STRICT AS $$ begin return true; end $$;
CREATE FUNCTION public.loosely(who uuid) RETURNS boolean LANGUAGE plpgsql AS $$ begin return true; end $$;
CREATE TABLE public.members (team int, who uuid); INSERT INTO members VALUES (1, '00000000-0000-4000-8000-000000000001');
GRANT SELECT ON members TO anon;
`

/** Conditions of a policy, and whether no row can pass them in a request of nobody. */
const cases: readonly (readonly [condition: string, isShut: boolean])[] = [
  ['auth.uid() = owner', true],
  ['(select auth.uid()) = owner', true],
  ['owner <> auth.uid()', true],
  ['NOT (owner = auth.uid())', true],
  ['auth.uid() IS NOT NULL', true],
  ['auth.uid() IS NULL', false],
  ['auth.uid() = owner OR open', false],
  ['auth.uid() = owner AND open', true],
  ['coalesce(auth.uid() = owner, true)', false],
  ['(auth.uid() = owner) IS NOT TRUE', false],
  ['auth.uid() IS DISTINCT FROM owner', false],
  [`auth.role() = 'authenticated'`, true],
  [`auth.role() = 'anon'`, false],
  [`auth.role() <> 'anon'`, true],
  [`auth.role() IN ('authenticated', 'service_role')`, true],
  [`auth.role() IN ('authenticated', 'anon')`, false],
  [`auth.jwt() ->> 'sub' = owner::text`, true],
  [`(auth.jwt() ->> 'org')::int = team`, false],
  [`(auth.jwt() -> 'app_metadata' ->> 'team')::int = team`, true],
  [`current_setting('request.jwt.claims', true)::json ->> 'sub' = owner::text`, true],
  [`(current_setting('request.jwt.claims', true)::json -> 'sub') IS NOT NULL`, false],
  ['auth.uid() IN (SELECT who FROM members)', true],
  ['NOT (auth.uid() IN (SELECT who FROM members WHERE false))', false],
  ['auth.uid() = ANY (ARRAY[owner])', true],
  [`NOT (auth.uid() = ANY ('{}'::uuid[]))`, false],
  ['EXISTS (SELECT FROM members m WHERE m.who = auth.uid() AND m.team = things.team)', true],
  ['NOT EXISTS (SELECT FROM members m WHERE m.who = auth.uid())', false],
  ['EXISTS (SELECT count(*) FROM members m WHERE m.who = auth.uid())', false],
  ['EXISTS (SELECT FROM members a LEFT JOIN members b ON b.who = auth.uid())', false],
  ['EXISTS (SELECT FROM members a JOIN members b ON b.who = auth.uid())', true],
  ['team = (SELECT m.team FROM members m WHERE m.who = auth.uid())', true],
  ['(SELECT count(*) FROM members m WHERE m.who = auth.uid()) = 0', false],
  ['auth.someone() IS NOT NULL', false],
  ['public.strictly(auth.uid())', true],
  ['public.loosely(auth.uid())', false],
  [`coalesce(auth.jwt() -> 'user_metadata', '{"kind":"guest"}') ->> 'kind' = 'guest'`, false],
  [`coalesce(auth.jwt() -> 'org_data', '{"kind":"guest"}') ->> 'kind' = 'guest'`, false],
  [`coalesce(auth.jwt() -> 'app_metadata', '{"provider":"x"}') ->> 'provider' = 'x'`, true],
  [`CASE WHEN auth.uid() IS NULL THEN open ELSE false END`, false],
]

const claims = { sub: null, role: 'anon', user_metadata: null, app_metadata: { provider: 'none' } }

let server: EmbeddedPostgres
let client: pg.Client
beforeAll(async () => {
  server = await startPostgres()
  client = new pg.Client({ connectionString: server.uri })
  await client.connect()
  await client.query(setup)
})
afterAll(async () => {
  await client?.end()
  await server?.stop()
})

test('policies that no row passes are found, and none through which PostgreSQL lets one', async () => {
  await client.query(`CREATE TABLE things (owner uuid, open boolean, team int);
    INSERT INTO things VALUES ('00000000-0000-4000-8000-000000000001', true, 1), (NULL, true, 1);
    ALTER TABLE things ENABLE ROW LEVEL SECURITY; GRANT SELECT, INSERT ON things TO anon`)
  const found: [string, boolean][] = []
  for (const [condition] of cases) {
    await client.query(`CREATE POLICY p ON things USING (${condition})`)
    const catalog = await introspect(client, { schemas: ['public'], roles: ['anon'], security: true })
    const isShut = withFacts(catalog, { claims }).shut.length > 0
    found.push([condition, isShut])
    await client.query('BEGIN; SET LOCAL ROLE anon')
    await client.query(`SELECT set_config('request.jwt.claims', $1, true)`, [
      JSON.stringify({ role: 'anon', org: 1, app_metadata: claims.app_metadata }),
    ])
    const { rowCount } = await client.query('SELECT FROM things')
    await client.query('ROLLBACK; DROP POLICY p ON things')
    if (isShut) expect(rowCount, condition).toBe(0)
  }
  expect(found).toEqual(cases)
})

test('verbs that only such policies allow have the verdicts of what no row passes', async () => {
  await client.query(`CREATE TABLE posts (owner uuid, open boolean); ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
    CREATE POLICY read ON posts FOR SELECT USING (open); CREATE POLICY write ON posts USING (owner = auth.uid());
    GRANT ALL ON posts TO anon`)
  const catalog = await introspect(client, { schemas: ['public'], roles: ['anon'], security: true })
  const verdicts = (given: typeof catalog) =>
    surfaceOf(given, 'anon', { schemas: ['public'] }).relations.find(({ name }) => name === 'posts')?.verdicts
  expect(verdicts(catalog)).toMatchObject({ select: 'rows-restricted', insert: 'rows-restricted' })
  expect(verdicts(withFacts(catalog, { claims }).catalog)).toEqual({
    select: 'rows-restricted',
    insert: 'never',
    update: 'zero-rows',
    delete: 'zero-rows',
  })
})
