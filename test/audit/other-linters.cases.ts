/** A documented rule of another linter, and a situation of our own in which it applies. */
export interface OtherRule {
  readonly tool: 'splinter' | 'pgrls'
  readonly id: string
  /** what it is about, in our words */
  readonly about: string
  /** ours that finds the situation; null: none does, on purpose */
  readonly ours: string | null
  /** run after the preamble of the test; empty where `ours` is null and nothing can be shown */
  readonly sql: string
  /** why none does, or what is to be known */
  readonly note?: string
}

const claim = (name: string) => `(SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> '${name}')`
const sub = claim('sub')
const own = `user_id = ${sub}`

/** A table of users' rows that app_user may use, with row-level security on. */
const table = `
  CREATE TABLE api.t (id int PRIMARY KEY, user_id text NOT NULL, tenant_id text NOT NULL, email text);
  CREATE INDEX ON api.t (user_id); ALTER TABLE api.t OWNER TO owner; ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;
  GRANT SELECT, INSERT, UPDATE, DELETE ON api.t TO app_user;`
const policy = (text: string) => `${table} CREATE POLICY p ON api.t ${text};`
const reading = (condition: string) => policy(`FOR SELECT TO app_user USING (${condition})`)
const definer = (options: string) =>
  `CREATE FUNCTION api.f() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER ${options} AS 'SELECT count(*) FROM api.t';`

type Row = readonly [id: string, about: string, ours: string | null, sql: string, note?: string]

const splinter: readonly Row[] = [
  [
    '0001',
    'a foreign key without an index',
    'I01',
    `${table} CREATE TABLE api.u (id int PRIMARY KEY, t int REFERENCES api.t); GRANT SELECT, INSERT, DELETE ON api.u TO app_user`,
  ],
  [
    '0002',
    'a view that passes on `auth.users`',
    'V10',
    `CREATE SCHEMA auth; CREATE TABLE auth.users (id int, email text); CREATE VIEW api.v AS SELECT id, email FROM auth.users; GRANT SELECT ON api.v TO anon`,
  ],
  [
    '0003',
    'a setting or `auth` function that a policy reads once a row',
    'P08',
    reading(`user_id = current_setting('request.jwt.claims', true)::json ->> 'sub'`),
  ],
  [
    '0004',
    'a table without a primary key',
    'I02',
    `CREATE TABLE api.t (id int); GRANT SELECT, INSERT ON api.t TO app_user`,
  ],
  [
    '0006',
    'several permissive policies of one verb',
    'P10',
    `${reading(own)} CREATE POLICY q ON api.t FOR SELECT TO app_user USING (tenant_id = ${claim('tenant')}); CREATE POLICY r ON api.t FOR SELECT TO app_user USING (id < 9)`,
    'more than two of them, or two that say the same',
  ],
  [
    '0007',
    'policies, and row-level security off',
    'P02',
    `${reading(own)} ALTER TABLE api.t DISABLE ROW LEVEL SECURITY`,
  ],
  ['0008', 'row-level security on, and no policy', 'P03', table],
  [
    '0010',
    'a view with its owner’s rights',
    'V01',
    `${reading(own)} CREATE VIEW api.v AS SELECT id FROM api.t; GRANT SELECT ON api.v TO app_user`,
    'V02 where no table behind it has policies',
  ],
  [
    '0011',
    'a function without a fixed search path',
    'F03',
    `${table} ${definer('')}`,
    'of SECURITY DEFINER functions: with the caller’s rights it takes nobody’s rights over',
  ],
  [
    '0012',
    'policies that hold for anonymous sign-ins',
    'N24',
    `CREATE ROLE authenticated; GRANT authenticated TO authenticator; GRANT USAGE ON SCHEMA api TO authenticated; CREATE SCHEMA auth; CREATE TABLE auth.users (id int, is_anonymous boolean); ${table} GRANT SELECT ON api.t TO authenticated; CREATE POLICY p ON api.t FOR SELECT TO authenticated USING (${own})`,
  ],
  [
    '0013',
    'an exposed table without row-level security',
    'P01',
    `${table} ALTER TABLE api.t DISABLE ROW LEVEL SECURITY`,
  ],
  ['0014', 'an extension in an exposed schema', 'S04', 'CREATE EXTENSION citext SCHEMA api'],
  [
    '0015',
    'a policy that trusts `user_metadata`',
    'P12',
    reading(`(SELECT current_setting('request.jwt.claims', true)::json -> 'user_metadata' ->> 'role') = 'admin'`),
  ],
  [
    '0016',
    'a materialized view in the API',
    'V05',
    `${reading(own)} CREATE MATERIALIZED VIEW api.m AS SELECT id FROM api.t; GRANT SELECT ON api.m TO anon`,
  ],
  [
    '0017',
    'a foreign table in the API',
    'V06',
    `CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw; CREATE FOREIGN TABLE api.far (id int) SERVER s; GRANT SELECT ON api.far TO anon`,
  ],
  [
    '0019',
    'a queue of pgmq that API roles reach',
    'N39',
    `CREATE SCHEMA pgmq; CREATE TABLE pgmq.q_mail (id int); GRANT USAGE ON SCHEMA pgmq TO anon; GRANT SELECT ON pgmq.q_mail TO anon`,
  ],
  [
    '0021',
    'a foreign key to a key of `auth` that is no primary key',
    null,
    '',
    'it is about upgrades of one platform, not about who may do what',
  ],
  [
    '0023',
    'columns named like secrets, open to API roles',
    'G13',
    `CREATE TABLE api.t (id int PRIMARY KEY, password text); GRANT SELECT ON api.t TO anon`,
  ],
  ['0024', 'a policy that lets every row be written', 'P06', policy('FOR UPDATE TO app_user USING (true)')],
  [
    '0025',
    'a public bucket whose files can be listed',
    'N39',
    `CREATE SCHEMA storage; CREATE TABLE storage.objects (id int, bucket_id text, owner text); ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON storage.objects FOR SELECT USING (true)`,
    'where the policy is for every bucket; which buckets are public is data, and is not read',
  ],
  [
    '0026',
    'GraphQL shows `anon` what it may read',
    null,
    '',
    'the names are those that `anon` was granted; the report’s matrix shows them',
  ],
  ['0027', 'GraphQL shows `authenticated` what it may read', null, '', 'as 0026'],
  ['0028', 'a SECURITY DEFINER function for `anon`', 'F02', `${table} ${definer(`SET search_path = ''`)}`],
  [
    '0029',
    'a SECURITY DEFINER function for signed-in users',
    'N40',
    `${table} CREATE FUNCTION api.f(wanted int) RETURNS SETOF api.t LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS 'SELECT * FROM api.t WHERE id = wanted'; REVOKE EXECUTE ON FUNCTION api.f(int) FROM PUBLIC; GRANT EXECUTE ON FUNCTION api.f(int) TO app_user`,
    'where it looks at no caller',
  ],
  ['0030', 'a policy that is true where there is no caller', 'N01', reading(`${sub} IS NULL OR ${own}`)],
]

const pgrls: readonly Row[] = [
  ['SEC001', 'a table without row-level security', 'P01', `${table} ALTER TABLE api.t DISABLE ROW LEVEL SECURITY`],
  [
    'SEC002',
    'no FORCE ROW LEVEL SECURITY',
    'P18',
    `CREATE ROLE app LOGIN; ${reading(own)} ALTER TABLE api.t OWNER TO app`,
    'where the owner can log in: nobody else becomes it',
  ],
  ['SEC003', 'a permissive policy for PUBLIC', 'P16', policy(`FOR SELECT USING (${own})`)],
  ['SEC004', 'a policy that is true where there is no caller', 'N01', reading(`${sub} IS NULL OR ${own}`)],
  [
    'SEC005',
    'a policy that asks about no column',
    'N26',
    reading(`${sub} IS NOT NULL`),
    'where a column says whose the row is',
  ],
  [
    'SEC006',
    'a policy for writes without WITH CHECK',
    null,
    '',
    'PostgreSQL then asks USING of new rows, too: nothing is open. P07 finds a weaker WITH CHECK, N02 a restrictive one that checks nothing',
  ],
  [
    'SEC007',
    'no restrictive policy',
    null,
    '',
    'a style: what permissive policies open is found by itself (P06, P21, N26)',
  ],
  [
    'SEC008',
    'USING (true)',
    'N26',
    reading('true'),
    'where a column says whose the row is; P06 where rows can be written',
  ],
  ['SEC009', 'row-level security on, and no policy', 'P03', table],
  [
    'SEC010',
    'USING (false)',
    null,
    '',
    'a policy that denies is right where the verb is not granted; P04 finds one that is granted and denied',
  ],
  ['SEC011', '`OR true`', 'N01', reading(`${own} OR true`)],
  ['SEC012', 'only restrictive policies', 'P22', policy(`AS RESTRICTIVE TO app_user USING (${own})`)],
  [
    'SEC013',
    'a trigger on a table with policies',
    'N14',
    `${policy(`TO app_user USING (${own})`)} CREATE TABLE api.o (id int); ALTER TABLE api.o ENABLE ROW LEVEL SECURITY; GRANT SELECT ON api.o TO app_user; CREATE POLICY q ON api.o TO app_user USING (id > 1); CREATE FUNCTION api.tr() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN INSERT INTO api.o VALUES (1); RETURN NEW; END'; CREATE TRIGGER tr AFTER UPDATE ON api.t FOR EACH ROW EXECUTE FUNCTION api.tr()`,
    'where it runs with other rights than the caller’s',
  ],
  ['SEC014', 'a SECURITY DEFINER function', 'F02', `${table} ${definer(`SET search_path = ''`)}`],
  ['SEC015', 'a SECURITY DEFINER function that temporary tables can mislead', 'F03', `${table} ${definer('')}`],
  [
    'SEC016',
    'a role with BYPASSRLS',
    'R07',
    'CREATE ROLE boss BYPASSRLS; GRANT boss TO authenticator',
    'where requests can become it',
  ],
  [
    'SEC017',
    'a LEAKPROOF function',
    'F13',
    `CREATE FUNCTION api.f(int) RETURNS boolean LANGUAGE sql IMMUTABLE LEAKPROOF AS 'SELECT true'`,
  ],
  [
    'SEC018',
    'a policy that compares with session_user',
    'P14',
    reading('user_id = session_user'),
    'current_user is the role of the request here, and so no mistake',
  ],
  [
    'SEC019',
    'current_setting() without missing_ok',
    'F09',
    reading(`user_id = (SELECT current_setting('request.jwt.claims')::json ->> 'sub')`),
  ],
  [
    'SEC020',
    'WITH CHECK (true) beside a real USING',
    'P07',
    policy(`FOR UPDATE TO app_user USING (${own}) WITH CHECK (true)`),
  ],
  ['SEC021', 'a policy with a person’s or tenant’s literal', 'N19', reading(`${sub} = '42'`)],
  ['SEC022', 'no policy for writes', 'P04', reading(own), 'where they were granted'],
  [
    'SEC023',
    'a policy for a role that bypasses policies',
    'N04',
    `CREATE ROLE svc BYPASSRLS; ${policy('TO svc USING (true)')}`,
  ],
  ['SEC024', 'a setting without a prefix', 'N22', reading(`user_id = (SELECT current_setting('who', true))`)],
  [
    'SEC025',
    'a policy that asks a table without policies',
    'N07',
    `CREATE TABLE api.m (t_id int, user_id text); GRANT SELECT, INSERT ON api.m TO app_user; ${reading(`EXISTS (SELECT FROM api.m WHERE m.t_id = t.id AND m.user_id = ${sub})`)}`,
    'where callers may write it',
  ],
  ['SEC026', 'a claim as a pattern', 'N18', reading(`user_id LIKE ${sub}`)],
  [
    'SEC027',
    'a column of owners that no policy asks for',
    'N26',
    reading('id > 1'),
    'where no policy asks for the caller’s tenant either: members of one may share its rows',
  ],
  ['SEC028', 'a policy that lets any row be inserted', 'P06', policy('FOR INSERT TO app_user WITH CHECK (true)')],
  ['SEC029', 'a role that can become one with BYPASSRLS', 'R07', 'CREATE ROLE boss BYPASSRLS; GRANT boss TO app_user'],
  [
    'SEC030',
    'a column of owners that may be null',
    'N20',
    `${policy(`TO app_user USING (${own})`)} ALTER TABLE api.t ALTER user_id DROP NOT NULL`,
  ],
  [
    'SEC031',
    'a restrictive policy that restricts nothing',
    'N02',
    `${reading(own)} CREATE POLICY floor ON api.t AS RESTRICTIVE FOR SELECT TO app_user USING (true)`,
  ],
  [
    'SEC032',
    'policies, and row-level security off',
    'P02',
    `${reading(own)} ALTER TABLE api.t DISABLE ROW LEVEL SECURITY`,
  ],
  [
    'SEC033',
    'a policy that trusts `user_metadata`',
    'P12',
    reading(`(SELECT current_setting('request.jwt.claims', true)::json -> 'user_metadata' ->> 'role') = 'admin'`),
  ],
  ['SEC034', 'a policy that goes by the e-mail address', 'N23', reading(`email = ${claim('email')}`)],
  [
    'SEC035',
    'a unique key across tenants',
    'P20',
    `${reading(`tenant_id = ${claim('tenant')}`)} ALTER TABLE api.t ADD UNIQUE (email)`,
  ],
  [
    'SEC036',
    'EXISTS over users that does not ask for the caller',
    'N21',
    `CREATE SCHEMA auth; CREATE TABLE auth.users (id text, app text); ${reading(`EXISTS (SELECT FROM auth.users WHERE app = 'admin')`)}`,
  ],
  ['SEC037', 'a role that is none of the API', 'P26', reading(`${claim('role')} = 'manager'`)],
  [
    'PERF001',
    'a setting or `auth` function that a policy reads once a row',
    'P08',
    reading(`user_id = current_setting('request.jwt.claims', true)::json ->> 'sub'`),
  ],
  [
    'PERF002',
    'a VOLATILE function in a policy',
    'F12',
    `CREATE FUNCTION api.me() RETURNS text LANGUAGE sql AS 'SELECT ''a''::text'; ${reading('user_id = api.me()')}`,
  ],
  ['PERF003', 'no index on a policy’s column', 'P09', `${reading(own)} DROP INDEX api.t_user_id_idx`],
  ['PERF004', 'an indexed column within a function', 'N27', reading(`lower(user_id) = ${sub}`)],
  [
    'HYG001',
    'a policy with a column that is not there',
    null,
    '',
    'PostgreSQL does not drop a column that a policy names',
  ],
  [
    'HYG002',
    'a policy named like a placeholder',
    null,
    '',
    'a matter of taste; N28 finds names that say less than the policy does',
  ],
  ['HYG003', 'a policy twice', 'N28', `${reading(own)} CREATE POLICY q ON api.t FOR SELECT TO app_user USING (${own})`],
  [
    'HYG004',
    'a policy without a test',
    null,
    '',
    '`rolecast test-permissions` writes the tests, and `--mutate` tells which changes they miss',
  ],
  [
    'VIEW001',
    'a view around policies',
    'V01',
    `${reading(own)} ALTER TABLE api.t OWNER TO CURRENT_USER; CREATE VIEW api.v AS SELECT id FROM api.t; GRANT SELECT ON api.v TO app_user`,
  ],
  [
    'VIEW002',
    'a view that filters without a security barrier',
    'V03',
    `${reading(own)} CREATE VIEW api.v AS SELECT id FROM api.t WHERE ${own}; GRANT SELECT ON api.v TO app_user`,
  ],
  [
    'VIEW003',
    'a materialized view of a table with policies',
    'V05',
    `${reading(own)} CREATE MATERIALIZED VIEW api.m AS SELECT id FROM api.t; GRANT SELECT ON api.m TO app_user`,
  ],
  [
    'VIEW004',
    'a view that calls a SECURITY DEFINER function',
    'N13',
    `${reading(own)} ALTER TABLE api.t OWNER TO CURRENT_USER; ${definer(`SET search_path = ''`)} CREATE VIEW api.v WITH (security_invoker = true) AS SELECT 1 AS a, api.f() AS n; GRANT SELECT ON api.v TO app_user`,
  ],
]

const rulesOf = (tool: OtherRule['tool'], rows: readonly Row[]): OtherRule[] =>
  rows.map(([id, about, ours, sql, note]) => ({ tool, id, about, ours, sql, ...(note !== undefined && { note }) }))

/** Every security lint of splinter, and every rule of pgrls, as their manuals name them in November 2026. */
export const otherRules: readonly OtherRule[] = [...rulesOf('splinter', splinter), ...rulesOf('pgrls', pgrls)]
