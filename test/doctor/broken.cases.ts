/** One broken situation: what is done to the base, what is asked, and the one thing that is wrong. */
export interface Broken {
  readonly name: string
  readonly sql: string
  /** run once for the whole cluster, with roles of its own */
  readonly cluster?: string
  readonly role?: string
  readonly authenticator?: string
  readonly claims?: Readonly<Record<string, unknown>>
  readonly request: string
  readonly headers?: readonly string[]
  readonly kind: string
  readonly object: string
  /** all that the repair opens, by `compareSurfaces`: what the request needs and nothing else */
  readonly opens: readonly string[]
}

const rls = (table: string) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;`
const sub = `current_setting('request.jwt.claims', true)::json ->> 'sub'`
const all = 'GRANT SELECT, INSERT, UPDATE, DELETE ON api.orders TO anon;'
const representation = ['Prefer: return=representation']

const configuration: readonly Broken[] = [
  ['an aggregate', 'GET /orders?select=total.sum()', [], 'pgrst.db_aggregates_enabled'],
  ['an aggregate by group', 'GET /orders?select=owner,id.count()', [], 'pgrst.db_aggregates_enabled'],
  ['an aggregate within an embed', 'GET /orders?select=id,lines(qty.sum())', [], 'pgrst.db_aggregates_enabled'],
  ['a plan', 'GET /orders?select=id', ['Accept: application/vnd.pgrst.plan+json'], 'pgrst.db_plan_enabled'],
].map(([name, request, headers, object], i) => ({
  name: `configuration: ${name}`,
  cluster: `CREATE ROLE login_c${i} LOGIN NOINHERIT; GRANT anon TO login_c${i}`,
  authenticator: `login_c${i}`,
  sql: 'GRANT SELECT ON api.orders, api.lines TO anon',
  request: request as string,
  headers: headers as string[],
  kind: 'configuration',
  object: object as string,
  opens: [],
}))

const schema: readonly Broken[] = [
  [
    'a table',
    'CREATE TABLE hidden.t (id int); INSERT INTO hidden.t VALUES (1); GRANT SELECT ON hidden.t TO anon',
    'GET /t?select=id',
    [],
    ['anon select hidden.t.id'],
  ],
  [
    'a profile',
    'CREATE TABLE hidden.t (id int); INSERT INTO hidden.t VALUES (1); GRANT SELECT ON hidden.t TO anon',
    'GET /t?select=id',
    ['Accept-Profile: hidden'],
    ['anon select hidden.t.id'],
  ],
  [
    'a write',
    'CREATE TABLE hidden.t (id int); GRANT INSERT ON hidden.t TO anon',
    'POST /t {"id": 1}',
    [],
    ['anon insert hidden.t.id'],
  ],
  [
    'a function',
    'CREATE FUNCTION hidden.f() RETURNS int LANGUAGE sql STABLE AS $$ SELECT 1 $$',
    'GET /rpc/f',
    [],
    ['anon execute hidden.f()'],
  ],
].map(([name, sql, request, headers, opens], i) => ({
  name: `schema: ${name}`,
  cluster: `CREATE ROLE login_s${i} LOGIN NOINHERIT; GRANT anon TO login_s${i}`,
  authenticator: `login_s${i}`,
  sql: `${sql as string}; GRANT USAGE ON SCHEMA hidden TO anon`,
  request: request as string,
  headers: headers as string[],
  kind: 'schema',
  object: 'hidden',
  opens: opens as string[],
}))

const role: readonly Broken[] = [
  ['a read', 'GET /orders?select=id'],
  ['a write', 'POST /orders {"id": 7}'],
  ['a name with quotes', 'GET /orders?select=id'],
  ['a member of a member that does not count', 'DELETE /orders?id=eq.1'],
].map(([name, request], i) => {
  const who = i === 2 ? 'ro"le 2' : `role_r${i}`
  const quoted = `"${who.replaceAll('"', '""')}"`
  return {
    name: `role: ${name}`,
    cluster:
      `CREATE ROLE login_r${i} LOGIN NOINHERIT; CREATE ROLE ${quoted}; ${i === 3 ? `GRANT login_r3 TO ${quoted}` : ''}`.replace(
        'GRANT login_r3 TO',
        'GRANT anon TO',
      ),
    role: who,
    authenticator: `login_r${i}`,
    sql: `GRANT USAGE ON SCHEMA api TO ${quoted}; GRANT SELECT, INSERT, DELETE ON api.orders TO ${quoted}; DELETE FROM api.lines`,
    request: request as string,
    kind: 'role',
    object: i === 2 ? quoted : who,
    opens: [],
  }
})

const usage: readonly Broken[] = [
  ['a read', 'GRANT SELECT (id) ON api.orders TO anon', 'GET /orders?select=id', 'api', ['anon select api.orders.id']],
  [
    'a count of all',
    'GRANT SELECT ON api.lines TO anon',
    'GET /lines',
    'api',
    ['anon select api.lines.id', 'anon select api.lines.order_id', 'anon select api.lines.qty'],
  ],
  [
    'an insert',
    'GRANT INSERT (id) ON api.orders TO anon',
    'POST /orders {"id": 9}',
    'api',
    ['anon insert api.orders.id'],
  ],
  [
    'a delete',
    'GRANT SELECT (id), DELETE ON api.lines TO anon',
    'DELETE /lines?id=eq.1',
    'api',
    ['anon select api.lines.id', 'anon delete api.lines'],
  ],
  [
    'a view',
    'CREATE VIEW api.v AS SELECT id FROM api.orders; GRANT SELECT ON api.v TO anon',
    'GET /v?select=id',
    'api',
    ['anon select api.v.id'],
  ],
].map(([name, sql, request, object, opens]) => ({
  name: `usage: ${name}`,
  sql: `REVOKE USAGE ON SCHEMA api FROM anon; ${sql as string}`,
  request: request as string,
  kind: 'usage',
  object: object as string,
  opens: opens as string[],
}))

const grant: readonly Broken[] = [
  [
    'one column',
    'GRANT SELECT (id) ON api.orders TO anon',
    'GET /orders?select=id,total',
    'api.orders.total',
    ['anon select api.orders.total'],
  ],
  [
    'two columns',
    '',
    'GET /orders?select=id,total',
    'api.orders',
    ['anon select api.orders.id', 'anon select api.orders.total'],
  ],
  [
    'a filter',
    'GRANT SELECT (id) ON api.orders TO anon',
    'GET /orders?select=id&owner=eq.ann',
    'api.orders.owner',
    ['anon select api.orders.owner'],
  ],
  [
    'an order',
    'GRANT SELECT (id) ON api.orders TO anon',
    'GET /orders?select=id&order=note.desc',
    'api.orders.note',
    ['anon select api.orders.note'],
  ],
  [
    'every column',
    'GRANT SELECT (id, owner, note) ON api.orders TO anon',
    'GET /orders',
    'api.orders.total',
    ['anon select api.orders.total'],
  ],
  [
    'the key of an embed',
    'GRANT SELECT (id) ON api.orders TO anon; GRANT SELECT (qty) ON api.lines TO anon',
    'GET /orders?select=id,lines(qty)',
    'api.lines.order_id',
    ['anon select api.lines.order_id'],
  ],
  [
    'an insert',
    'GRANT INSERT (id) ON api.orders TO anon',
    'POST /orders {"id": 9, "note": "x"}',
    'api.orders.note',
    ['anon insert api.orders.note'],
  ],
  [
    'an update',
    'GRANT SELECT (id), UPDATE (note) ON api.orders TO anon',
    'PATCH /orders?id=eq.1 {"total": 3}',
    'api.orders.total',
    ['anon update api.orders.total'],
  ],
  [
    'the filter of an update',
    'GRANT UPDATE (note) ON api.orders TO anon',
    'PATCH /orders?id=eq.1 {"note": "x"}',
    'api.orders.id',
    ['anon select api.orders.id'],
  ],
  ['a delete', 'GRANT SELECT ON api.lines TO anon', 'DELETE /lines?id=eq.1', 'api.lines', ['anon delete api.lines']],
  [
    'the update of an upsert',
    'GRANT SELECT, INSERT ON api.orders TO anon; GRANT UPDATE (note) ON api.orders TO anon',
    'POST /orders {"id": 1, "note": "x"}',
    'api.orders.id',
    ['anon update api.orders.id'],
    ['Prefer: resolution=merge-duplicates'],
  ],
].map(([name, sql, request, object, opens, headers]) => ({
  name: `grant: ${name as string}`,
  sql: sql as string,
  request: request as string,
  ...(headers !== undefined && { headers: headers as string[] }),
  kind: 'grant',
  object: object as string,
  opens: opens as string[],
}))

const viewOwner: readonly Broken[] = [
  [
    'one column',
    'SELECT id, cost FROM hidden.costs',
    'GRANT SELECT (id) ON hidden.costs TO viewer',
    'hidden.costs.cost',
  ],
  [
    'a condition',
    `SELECT id FROM hidden.costs WHERE secret = 's'`,
    'GRANT SELECT (id) ON hidden.costs TO viewer',
    'hidden.costs.secret',
  ],
  ['the whole table', 'SELECT id FROM hidden.costs', '', 'hidden.costs.id'],
  [
    'a join',
    'SELECT c.id FROM hidden.costs c JOIN api.orders o ON o.id = c.id',
    'GRANT SELECT (id) ON api.orders TO viewer',
    'hidden.costs.id',
  ],
].map(([name, query, sql, object]) => ({
  name: `view-owner: ${name}`,
  sql: `CREATE VIEW api.v AS ${query}; ALTER VIEW api.v OWNER TO viewer; GRANT SELECT (id) ON api.v TO anon; ${sql}`,
  request: 'GET /v?select=id',
  kind: 'view-owner',
  object: object as string,
  opens: ['anon select api.v.id'],
}))

const functions: readonly Broken[] = [
  ['a call', '', 'GET /rpc/f', ['anon execute api.f()']],
  ['a call by POST', '', 'POST /rpc/f {}', ['anon execute api.f()']],
  [
    'a policy',
    `GRANT SELECT (id) ON api.orders TO anon; ${rls('api.orders')} CREATE POLICY p ON api.orders USING (id = api.f())`,
    'GET /orders?select=id',
    ['anon execute api.f()', 'anon select api.orders.id'],
  ],
  [
    'a default',
    'ALTER TABLE api.orders ALTER note SET DEFAULT api.f()::text; GRANT INSERT (id) ON api.orders TO anon',
    'POST /orders {"id": 9}',
    ['anon execute api.f()', 'anon insert api.orders.id'],
  ],
  [
    'a check',
    'ALTER TABLE api.orders ADD CHECK (id >= api.f()); GRANT INSERT (id) ON api.orders TO anon',
    'POST /orders {"id": 9}',
    ['anon execute api.f()', 'anon insert api.orders.id'],
  ],
  [
    'a view',
    'CREATE VIEW api.v AS SELECT id, api.f() AS one FROM api.orders; GRANT SELECT ON api.v TO anon',
    'GET /v?select=one',
    ['anon execute api.f()', 'anon select api.v.one'],
  ],
].map(([name, sql, request, opens]) => ({
  name: `function: ${name as string}`,
  sql: `CREATE FUNCTION api.f() RETURNS int LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN 1; END $$; REVOKE EXECUTE ON FUNCTION api.f() FROM PUBLIC; ${sql as string}`,
  request: request as string,
  kind: 'function',
  object: 'api.f()',
  opens: opens as string[],
}))

const sequences: readonly Broken[] = [
  [
    'a serial column',
    'CREATE TABLE api.t (id serial, note text); GRANT INSERT (note) ON api.t TO anon',
    'POST /t {"note": "x"}',
    'api.t_id_seq',
    ['anon insert api.t.note'],
  ],
  [
    'a named sequence',
    `CREATE SEQUENCE api.n; CREATE TABLE api.t (id int DEFAULT nextval('api.n'), note text); GRANT INSERT (note) ON api.t TO anon`,
    'POST /t {"note": "x"}',
    'api.n',
    ['anon insert api.t.note'],
  ],
  [
    'several rows',
    'CREATE TABLE api.t (id bigserial, note text); GRANT INSERT (note) ON api.t TO anon',
    'POST /t [{"note": "x"}, {"note": "y"}]',
    'api.t_id_seq',
    ['anon insert api.t.note'],
  ],
].map(([name, sql, request, object, opens]) => ({
  name: `sequence: ${name as string}`,
  sql: sql as string,
  request: request as string,
  kind: 'sequence',
  object: object as string,
  opens: opens as string[],
}))

const mine = `owner = (${sub})`
const policies: readonly Broken[] = [
  [
    'none',
    `${all} ${rls('api.orders')}`,
    {},
    'GET /orders?select=id&id=eq.1',
    'api.orders',
    ['anon select api.orders'],
  ],
  [
    'only for another role',
    `${all} ${rls('api.orders')} CREATE POLICY p ON api.orders TO staff USING (${mine})`,
    { sub: 'ann' },
    'GET /orders?select=id',
    'api.orders',
    ['anon select api.orders'],
  ],
  [
    'only for another command',
    `${all} ${rls('api.orders')} CREATE POLICY p ON api.orders FOR INSERT TO anon WITH CHECK (${mine})`,
    { sub: 'ann' },
    'GET /orders?select=id',
    'api.orders',
    ['anon select api.orders'],
  ],
  [
    'a claim that is missing',
    `${all} ${rls('api.orders')} CREATE POLICY mine ON api.orders TO anon USING (${mine})`,
    {},
    'GET /orders?select=id&id=eq.1',
    'mine ON api.orders',
    [],
  ],
  [
    'a claim of another name',
    `${all} ${rls('api.orders')} CREATE POLICY mine ON api.orders TO anon USING (${mine.replace('sub', 'user')})`,
    { sub: 'ann' },
    'GET /orders?select=id',
    'mine ON api.orders',
    [],
  ],
  [
    'a restrictive one',
    `${all} ${rls('api.orders')} CREATE POLICY p ON api.orders TO anon USING (true); CREATE POLICY r ON api.orders AS RESTRICTIVE USING (total > 100)`,
    { sub: 'ann' },
    'GET /orders?select=id',
    'r ON api.orders',
    [],
  ],
  [
    'no update',
    `${all} ${rls('api.orders')} CREATE POLICY s ON api.orders FOR SELECT TO anon USING (true)`,
    { sub: 'ann' },
    'PATCH /orders?id=eq.1 {"note": "x"}',
    'api.orders',
    ['anon update api.orders'],
  ],
  [
    'no delete',
    `GRANT SELECT, DELETE ON api.lines TO anon; ${rls('api.lines')} CREATE POLICY s ON api.lines FOR SELECT TO anon USING (true)`,
    {},
    'DELETE /lines?id=eq.1',
    'api.lines',
    ['anon delete api.lines'],
  ],
  [
    'no insert',
    `${all} ${rls('api.orders')} CREATE POLICY s ON api.orders FOR SELECT TO anon USING (true)`,
    { sub: 'ann' },
    'POST /orders {"id": 9, "owner": "ann"}',
    'api.orders',
    [
      'anon insert api.orders.id',
      'anon insert api.orders.owner',
      'anon insert api.orders.total',
      'anon insert api.orders.note',
    ],
  ],
].map(([name, sql, claims, request, object, opens]) => ({
  name: `policy: ${name as string}`,
  sql: sql as string,
  claims: claims as Record<string, unknown>,
  request: request as string,
  kind: 'policy',
  object: object as string,
  opens: opens as string[],
}))

const returning: readonly Broken[] = [
  [
    'an insert',
    'GRANT INSERT (id) ON api.orders TO anon',
    'POST /orders?select=id {"id": 9}',
    representation,
    'api.orders.id',
    ['anon select api.orders.id'],
  ],
  [
    'an insert that gives another column',
    'GRANT INSERT (id), SELECT (id) ON api.orders TO anon',
    'POST /orders?select=id,note {"id": 9}',
    representation,
    'api.orders.note',
    ['anon select api.orders.note'],
  ],
  [
    'an update',
    'GRANT UPDATE (note), SELECT (id) ON api.orders TO anon',
    'PATCH /orders?id=eq.1&select=note {"note": "x"}',
    representation,
    'api.orders.note',
    ['anon select api.orders.note'],
  ],
  [
    'a delete',
    'GRANT DELETE, SELECT (id) ON api.lines TO anon',
    'DELETE /lines?id=eq.1&select=qty',
    representation,
    'api.lines.qty',
    ['anon select api.lines.qty'],
  ],
  [
    'ON CONFLICT',
    'GRANT INSERT (id, note), UPDATE (id, note), SELECT (note) ON api.orders TO anon',
    'POST /orders {"id": 9, "note": "x"}',
    ['Prefer: resolution=merge-duplicates'],
    'api.orders.id',
    ['anon select api.orders.id'],
  ],
].map(([name, sql, request, headers, object, opens]) => ({
  name: `returning: ${name as string}`,
  sql: sql as string,
  request: request as string,
  headers: headers as string[],
  kind: 'returning',
  object: object as string,
  opens: opens as string[],
}))

const checks: readonly Broken[] = [
  [
    'an insert',
    `CREATE POLICY w ON api.orders FOR INSERT TO anon WITH CHECK (${mine})`,
    {},
    'POST /orders {"id": 9, "owner": "ann"}',
    'w ON api.orders',
  ],
  [
    'an insert for somebody else',
    `CREATE POLICY w ON api.orders FOR INSERT TO anon WITH CHECK (${mine})`,
    { sub: 'bob' },
    'POST /orders {"id": 9, "owner": "ann"}',
    'w ON api.orders',
  ],
  [
    'an update',
    `CREATE POLICY s ON api.orders FOR SELECT TO anon USING (true); CREATE POLICY w ON api.orders FOR UPDATE TO anon USING (true) WITH CHECK (total < 5)`,
    { sub: 'ann' },
    'PATCH /orders?id=eq.1 {"total": 50}',
    'w ON api.orders',
  ],
  [
    'USING alone',
    `CREATE POLICY w ON api.orders TO anon USING (total < 5)`,
    {},
    'POST /orders {"id": 9, "total": 50}',
    'w ON api.orders',
  ],
  [
    'a restrictive one',
    `CREATE POLICY p ON api.orders TO anon USING (true); CREATE POLICY r ON api.orders AS RESTRICTIVE FOR INSERT TO anon WITH CHECK (total < 5)`,
    { sub: 'ann' },
    'POST /orders {"id": 9, "owner": "ann", "total": 50}',
    'r ON api.orders',
  ],
].map(([name, sql, claims, request, object]) => ({
  name: `check: ${name as string}`,
  sql: `${all} ${rls('api.orders')} ${sql as string}`,
  claims: claims as Record<string, unknown>,
  request: request as string,
  kind: 'check',
  object: object as string,
  opens: [],
}))

/** Code that only PostgreSQL can read. */
const code: readonly Broken[] = [
  {
    name: 'code: a SECURITY DEFINER function whose owner lacks a privilege',
    sql: `CREATE FUNCTION api.f() RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$ BEGIN RETURN (SELECT sum(cost) FROM hidden.costs); END $$;
      GRANT USAGE ON SCHEMA hidden TO keeper; ALTER FUNCTION api.f() OWNER TO keeper`,
    request: 'GET /rpc/f',
    kind: 'function',
    object: 'hidden.costs.cost',
    opens: [],
  },
  {
    name: 'code: a function that reads as its caller',
    sql: `CREATE FUNCTION api.f() RETURNS bigint LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN (SELECT sum(total) FROM api.orders); END $$`,
    request: 'GET /rpc/f',
    kind: 'grant',
    object: 'api.orders.total',
    opens: ['anon select api.orders.total'],
  },
  {
    name: 'code: a trigger that writes elsewhere',
    sql: `CREATE TABLE api.log (what text); GRANT SELECT (id), UPDATE (note) ON api.orders TO anon;
      CREATE FUNCTION hidden.log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO api.log (what) VALUES (new.note); RETURN new; END $$;
      CREATE TRIGGER log AFTER UPDATE ON api.orders FOR EACH ROW EXECUTE FUNCTION hidden.log()`,
    request: 'PATCH /orders?id=eq.1 {"note": "x"}',
    kind: 'grant',
    object: 'api.log.what',
    opens: ['anon insert api.log.what'],
  },
]

/** Other ways of the same kinds. */
const more: readonly Broken[] = [
  {
    name: 'more: a policy reads a table',
    sql: `GRANT SELECT (id) ON api.orders TO anon; ${rls('api.orders')} CREATE POLICY p ON api.orders USING (id IN (SELECT order_id FROM api.lines))`,
    request: 'GET /orders?select=id',
    kind: 'grant',
    object: 'api.lines.order_id',
    opens: ['anon select api.lines.order_id', 'anon select api.orders.id'],
  },
  {
    name: 'more: a security_invoker view',
    sql: 'CREATE VIEW api.v WITH (security_invoker) AS SELECT id, cost FROM hidden.costs; GRANT SELECT (cost) ON api.v TO anon; GRANT SELECT (id) ON hidden.costs TO anon',
    request: 'GET /v?select=cost',
    kind: 'grant',
    object: 'hidden.costs.cost',
    opens: ['anon select api.v.cost'],
  },
  {
    name: 'more: hostile names',
    sql: `CREATE TABLE api."we""ird.t b" (id int, "o'w\\n""er" text); INSERT INTO api."we""ird.t b" VALUES (1, 'ann'); GRANT SELECT (id) ON api."we""ird.t b" TO anon`,
    request: 'GET /we%22ird.t%20b',
    kind: 'grant',
    object: `api."we""ird.t b"."o'w\\n""er"`,
    opens: [`anon select api."we""ird.t b".o'w\\n"er`],
  },
  {
    name: 'more: an insert through a view',
    sql: 'CREATE VIEW api.v AS SELECT id, cost FROM hidden.costs; ALTER VIEW api.v OWNER TO viewer; GRANT INSERT ON api.v TO anon; GRANT INSERT (id) ON hidden.costs TO viewer',
    request: 'POST /v {"id": 4, "cost": 3}',
    kind: 'view-owner',
    object: 'hidden.costs.cost',
    opens: ['anon insert api.v.cost'],
  },
  {
    name: 'more: a type in a closed schema',
    sql: `CREATE TYPE hidden.mood AS ENUM ('ok'); CREATE TABLE api.t (m hidden.mood); GRANT INSERT ON api.t TO anon`,
    request: 'POST /t {"m": "ok"}',
    kind: 'usage',
    object: 'hidden',
    opens: [],
  },
  {
    name: 'more: a row that may be written and not be seen',
    sql: `${all} ${rls('api.orders')} CREATE POLICY w ON api.orders FOR INSERT TO anon WITH CHECK (${mine})`,
    claims: { sub: 'ann' },
    request: 'POST /orders?select=id {"id": 9, "owner": "ann"}',
    headers: representation,
    kind: 'returning',
    object: 'api.orders',
    opens: ['anon select api.orders'],
  },
  {
    name: 'more: a claim that is a uuid',
    sql: `CREATE TABLE api.t (id int, tenant uuid); INSERT INTO api.t VALUES (1, '6b0c6f0a-93b0-4a2e-8a3c-0c7d9d6c1b11'), (2, NULL); GRANT SELECT ON api.t TO anon; ${rls('api.t')}`,
    claims: { tenant: '6b0c6f0a-93b0-4a2e-8a3c-0c7d9d6c1b11', exp: 4102444800 },
    request: 'GET /t?select=id',
    kind: 'policy',
    object: 'api.t',
    opens: ['anon select api.t'],
  },
  {
    name: 'more: PUT',
    sql: 'GRANT SELECT, INSERT, UPDATE (owner, total, note) ON api.orders TO anon',
    request: 'PUT /orders?id=eq.1 {"id": 1, "owner": "x", "total": 1, "note": "n"}',
    kind: 'grant',
    object: 'api.orders.id',
    opens: ['anon update api.orders.id'],
  },
]

export const broken: readonly Broken[] = [
  ...configuration,
  ...schema,
  ...role,
  ...usage,
  ...grant,
  ...viewOwner,
  ...functions,
  ...sequences,
  ...policies,
  ...returning,
  ...checks,
  ...code,
  ...more,
]
