import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { introspect } from '../introspect/introspect.js'
import type { RelationSurface, Surface } from '../surface/surface.js'
import { surfaceOf } from '../surface/surface-of.js'

const roles = `
  CREATE ROLE authenticator LOGIN NOINHERIT; CREATE ROLE anon; CREATE ROLE staff; CREATE ROLE owner; CREATE ROLE other;
  CREATE ROLE keeper BYPASSRLS; CREATE ROLE lazy NOINHERIT; CREATE ROLE reader; CREATE ROLE writer;
  GRANT anon TO authenticator; GRANT staff TO lazy; GRANT pg_read_all_data TO reader; GRANT pg_write_all_data TO writer;
  GRANT keeper TO other;
`
const always = 'CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO PUBLIC;'
const allRoles = ['anon', 'staff', 'owner', 'other', 'keeper', 'lazy', 'reader', 'writer']

describe.each([15, 18] as const)('the rules of who may do what, on PostgreSQL %s', (version) => {
  let server: EmbeddedPostgres
  let admin: pg.Client
  let count = 0
  beforeAll(async () => {
    server = await startPostgres({ version })
    admin = new pg.Client({ connectionString: server.uri })
    await admin.connect()
    await admin.query(roles)
  })
  afterAll(async () => {
    await admin?.end()
    await server?.stop()
  })

  /** Surfaces by role over a database of its own. */
  async function surfaces(sql: string): Promise<(role: string) => Surface> {
    count += 1
    const database = `rules_${count}`
    await admin.query(`CREATE DATABASE ${database}`)
    const url = new URL(server.uri)
    url.pathname = `/${database}`
    const client = new pg.Client({ connectionString: url.href })
    await client.connect()
    try {
      await client.query(always + sql)
      const catalog = await introspect(client, { schemas: ['api'], roles: allRoles })
      return (role) => surfaceOf(catalog, role, { schemas: ['api'] })
    } finally {
      await client.end()
    }
  }
  async function relations(sql: string) {
    const surface = await surfaces(sql)
    return (role: string, name = 't'): RelationSurface | undefined =>
      surface(role).relations.find((relation) => relation.name === name)
  }

  it('2: nothing is named without USAGE on its schema', async () => {
    const of = await relations(
      'CREATE TABLE api.t (a int); GRANT ALL ON api.t TO anon; REVOKE USAGE ON SCHEMA api FROM PUBLIC',
    )
    expect(of('anon')).toBeUndefined()
  })

  it('3: columns are readable by grants on the table or on them, own, inherited or of PUBLIC', async () => {
    const of = await relations(`CREATE TABLE api.t (a int, b int, c int); GRANT SELECT (a) ON api.t TO PUBLIC;
      GRANT SELECT (b) ON api.t TO staff; ALTER TABLE api.t OWNER TO owner`)
    expect(of('anon')?.select).toEqual(['a'])
    expect(of('staff')?.select).toEqual(['a', 'b'])
    expect(of('lazy')?.select).toEqual(['a'])
    expect(of('owner')?.select).toEqual(['a', 'b', 'c'])
    expect(of('reader')?.select).toEqual(['a', 'b', 'c'])
    expect(of('reader')?.wholeRow).toBe(true)
    expect(of('anon')?.wholeRow).toBe(false)
  })

  it('5: a relationship needs the key columns on both sides', async () => {
    const of = await relations(`CREATE TABLE api.p (id int PRIMARY KEY, name text);
      CREATE TABLE api.t (id int PRIMARY KEY, p int REFERENCES api.p, q int REFERENCES api.p);
      GRANT SELECT ON api.p TO PUBLIC; GRANT SELECT (id, p) ON api.t TO anon; GRANT SELECT (id) ON api.t TO staff`)
    expect(of('anon')?.relationships).toMatchObject([
      { kind: 'many-to-one', target: { name: 'p' }, request: 'p', hint: 'p', cardinality: 'one' },
    ])
    expect(of('anon', 'p')?.relationships).toMatchObject([{ kind: 'one-to-many', request: 't', hint: 'p' }])
    expect(of('staff')?.relationships).toEqual([])
    expect(JSON.stringify(of('anon'))).not.toContain('"q"')
  })

  it('6: a default that the role may not use must be given; generated columns and ALWAYS identities never are', async () => {
    const of = await relations(`CREATE FUNCTION api.f() RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1';
      REVOKE EXECUTE ON FUNCTION api.f() FROM PUBLIC; CREATE SEQUENCE api.s;
      CREATE TABLE api.t (id int GENERATED ALWAYS AS IDENTITY, a int DEFAULT api.f(), b int NOT NULL,
        c int DEFAULT nextval('api.s'), d int GENERATED ALWAYS AS (b * 2) STORED);
      GRANT INSERT ON api.t TO anon, staff; GRANT EXECUTE ON FUNCTION api.f() TO staff; GRANT USAGE ON SEQUENCE api.s TO staff`)
    expect(of('anon')).toMatchObject({ insert: ['a', 'b', 'c'], insertAlone: [], required: ['a', 'b', 'c'] })
    expect(of('staff')).toMatchObject({ insert: ['a', 'b', 'c'], insertAlone: ['a', 'b', 'c'], required: ['b'] })
  })

  it('6: CHECK constraints and index expressions are evaluated by the role, triggers’ functions are not', async () => {
    const of =
      await relations(`CREATE FUNCTION api.f(int) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN true; END';
      CREATE FUNCTION api.tr() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      REVOKE EXECUTE ON FUNCTION api.f(int), api.tr() FROM PUBLIC;
      CREATE TABLE api.t (a int CHECK (api.f(a))); CREATE TABLE api.i (a int); CREATE INDEX ON api.i (api.f(a));
      CREATE TABLE api.g (a int NOT NULL); CREATE TRIGGER tr BEFORE INSERT ON api.g FOR EACH ROW EXECUTE FUNCTION api.tr();
      GRANT INSERT ON ALL TABLES IN SCHEMA api TO anon`)
    expect(of('anon', 't')).toBeUndefined()
    expect(of('anon', 'i')).toBeUndefined()
    expect(of('anon', 'g')).toMatchObject({ insert: ['a'], required: [], maybeRequired: ['a'] })
  })

  it('8 and 15: what a write returns must be readable, and an inserted row visible', async () => {
    const of = await relations(`CREATE TABLE api.t (a int, b int); GRANT INSERT, UPDATE, DELETE ON api.t TO anon, staff;
      GRANT SELECT (a) ON api.t TO anon, staff; ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;
      CREATE POLICY i ON api.t FOR INSERT WITH CHECK (true); CREATE POLICY u ON api.t FOR UPDATE USING (true);
      CREATE POLICY s ON api.t FOR SELECT TO staff USING (true)`)
    expect(of('anon')?.returning).toEqual({ insert: [], update: [], delete: [] })
    expect(of('staff')?.returning).toEqual({ insert: ['a'], update: ['a'], delete: ['a'] })
    expect(of('anon')).toMatchObject({
      insert: ['a', 'b'],
      update: ['a', 'b'],
      filtered: { update: false, delete: false },
    })
    expect(of('staff')?.filtered.update).toBe(true)
  })

  it('9: an upsert needs INSERT, UPDATE and SELECT on the key and all it sets', async () => {
    const of = await relations(`CREATE TABLE api.t (id int PRIMARY KEY, a int, b int);
      GRANT INSERT ON api.t TO anon, staff; GRANT SELECT (id, a) ON api.t TO anon, staff;
      GRANT UPDATE (id, a, b) ON api.t TO staff; GRANT UPDATE (a) ON api.t TO anon`)
    expect(of('staff')?.upsert).toEqual({ merge: ['id', 'a'], ignore: ['id', 'a', 'b'] })
    expect(of('anon')?.upsert).toEqual({ merge: [], ignore: ['id', 'a', 'b'] })
  })

  it('9: an owner who lost INSERT has it again by pg_write_all_data, but not together with UPDATE', async () => {
    const of = await relations(`CREATE TABLE api.t (id int PRIMARY KEY, a int); ALTER TABLE api.t OWNER TO writer;
      REVOKE INSERT ON api.t FROM writer; CREATE TABLE api.whole (id int PRIMARY KEY); ALTER TABLE api.whole OWNER TO writer`)
    expect(of('writer')).toMatchObject({
      insert: ['id', 'a'],
      update: ['id', 'a'],
      upsert: { merge: [], ignore: ['id', 'a'] },
    })
    expect(of('writer', 'whole')?.upsert.merge).toEqual(['id'])
  })

  it('10 and 11: without a readable column updates and deletes have no filter', async () => {
    const of = await relations('CREATE TABLE api.t (a int); GRANT UPDATE, DELETE ON api.t TO anon')
    expect(of('anon')).toMatchObject({
      select: [],
      update: ['a'],
      delete: true,
      filtered: { update: false, delete: false },
    })
  })

  it('12: a view reads as its owner, and needs all that it mentions', async () => {
    const of = await relations(`CREATE SCHEMA hidden; CREATE TABLE hidden.b (a int, c int);
      CREATE VIEW api.t AS SELECT a FROM hidden.b WHERE c > 0; CREATE VIEW api.plain AS SELECT a FROM hidden.b;
      ALTER VIEW api.t OWNER TO owner; ALTER VIEW api.plain OWNER TO owner;
      GRANT SELECT (a), UPDATE (a) ON hidden.b TO owner; GRANT SELECT, UPDATE ON api.t, api.plain TO anon`)
    expect(of('anon', 'plain')?.select).toEqual(['a'])
    expect(of('anon', 't')?.select).toEqual([])
    expect(of('anon', 't')?.update).toEqual(['a'])
  })

  it('12: a security_invoker view reads as whoever queries it, inside a definer’s view too', async () => {
    const of =
      await relations(`CREATE TABLE api.b (a int); CREATE VIEW api.t WITH (security_invoker) AS SELECT a FROM api.b;
      CREATE VIEW api.outer AS SELECT a FROM api.t; GRANT SELECT ON api.t, api.outer TO anon, staff; GRANT SELECT ON api.b TO staff`)
    expect(of('anon', 't')).toBeUndefined()
    expect(of('anon', 'outer')).toBeUndefined()
    expect(of('staff', 'outer')?.select).toEqual(['a'])
  })

  it('12: functions of a view are executed by whoever asks for the column', async () => {
    const of = await relations(`CREATE FUNCTION api.f(int) RETURNS int STABLE LANGUAGE sql AS 'SELECT 1';
      REVOKE EXECUTE ON FUNCTION api.f(int) FROM PUBLIC; CREATE TABLE api.b (a int);
      CREATE VIEW api.t AS SELECT a, api.f(a) AS x FROM api.b; CREATE VIEW api.w AS SELECT a FROM api.b WHERE api.f(a) > 0;
      GRANT SELECT ON api.t, api.w TO anon`)
    expect(of('anon', 't')?.select).toEqual(['a'])
    expect(of('anon', 'w')).toBeUndefined()
  })

  it('13: what a view takes is decided column by column, by triggers and by rules', async () => {
    const of = await relations(`CREATE TABLE api.b (a int, c int); CREATE VIEW api.t AS SELECT a, c + 1 AS x FROM api.b;
      CREATE VIEW api.grouped AS SELECT a, count(*) AS n FROM api.b GROUP BY a;
      CREATE FUNCTION api.tr() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE VIEW api.trig AS SELECT a, count(*) AS n FROM api.b GROUP BY a;
      CREATE TRIGGER tr INSTEAD OF INSERT ON api.trig FOR EACH ROW EXECUTE FUNCTION api.tr();
      CREATE VIEW api.ruled AS SELECT a FROM api.b; CREATE RULE r AS ON DELETE TO api.ruled DO INSTEAD DELETE FROM api.b;
      GRANT ALL ON api.t, api.grouped, api.trig, api.ruled TO anon`)
    expect(of('anon', 't')).toMatchObject({ insert: ['a'], update: ['a'], delete: true })
    expect(of('anon', 'grouped')).toMatchObject({ insert: [], update: [], delete: false })
    expect(of('anon', 'trig')).toMatchObject({ insert: ['a', 'n'], update: [], delete: false })
    expect(of('anon', 'trig')?.upsert).toEqual({ merge: [], ignore: [] })
    expect(of('anon', 'ruled')?.delete).toBe(true)
  })

  it('14: owners and BYPASSRLS pass row-level security by, who inherits BYPASSRLS does not; FORCE holds owners', async () => {
    const sql = (force: string) => `CREATE TABLE api.t (a int); ALTER TABLE api.t OWNER TO owner;
      ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; ${force}; GRANT INSERT, SELECT ON api.t TO keeper, other`
    const of = await relations(sql(''))
    expect(of('owner')?.verdicts.insert).toBe('unrestricted')
    expect(of('keeper')?.verdicts.insert).toBe('unrestricted')
    expect(of('other')?.verdicts).toMatchObject({ insert: 'never', select: 'zero-rows' })
    const forced = await relations(sql('ALTER TABLE api.t FORCE ROW LEVEL SECURITY'))
    expect(forced('owner')?.verdicts).toMatchObject({ insert: 'never', select: 'zero-rows' })
  })

  it('14: a partition asked for by name has its own policies', async () => {
    const of =
      await relations(`CREATE TABLE api.t (a int) PARTITION BY LIST (a); CREATE TABLE api.part PARTITION OF api.t DEFAULT;
      ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; GRANT SELECT ON api.t, api.part TO anon`)
    expect(of('anon')?.verdicts.select).toBe('zero-rows')
    expect(of('anon', 'part')).toMatchObject({ isPartition: true, verdicts: { select: 'unrestricted' } })
  })

  it('15: without a permissive policy nothing can be inserted, and restrictive ones alone let nothing through', async () => {
    const of = await relations(`CREATE TABLE api.t (a int); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;
      CREATE POLICY p ON api.t TO staff USING (a > 0); CREATE POLICY r ON api.t AS RESTRICTIVE USING (true);
      GRANT ALL ON api.t TO anon, staff, lazy`)
    expect(of('staff')?.verdicts).toEqual({
      select: 'rows-restricted',
      insert: 'rows-restricted',
      update: 'rows-restricted',
      delete: 'rows-restricted',
    })
    expect(of('anon')?.verdicts).toEqual({
      select: 'zero-rows',
      insert: 'never',
      update: 'zero-rows',
      delete: 'zero-rows',
    })
    expect(of('lazy')?.verdicts.insert).toBe('never')
  })

  it('16: a policy’s functions and tables are the role’s to be allowed, unless a constant makes them superfluous', async () => {
    const sql = (
      others: string,
    ) => `CREATE FUNCTION api.f() RETURNS boolean VOLATILE LANGUAGE plpgsql AS 'BEGIN RETURN true; END';
      REVOKE EXECUTE ON FUNCTION api.f() FROM PUBLIC; CREATE TABLE api.t (a int); CREATE TABLE api.u (a int);
      ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; ALTER TABLE api.u ENABLE ROW LEVEL SECURITY;
      CREATE POLICY p ON api.t USING (api.f()); CREATE POLICY p ON api.u USING (EXISTS (SELECT FROM api.t)); ${others};
      GRANT SELECT ON api.t TO anon; GRANT SELECT ON api.u TO anon, staff`
    const of = await relations(sql(''))
    expect(of('anon', 't')).toBeUndefined()
    expect(of('staff', 'u')).toBeUndefined()
    const open = await relations(sql('CREATE POLICY z ON api.t USING (true); CREATE POLICY z ON api.u USING (true)'))
    expect(open('anon', 't')?.verdicts.select).toBe('unrestricted')
    expect(open('staff', 'u')?.verdicts.select).toBe('unrestricted')
  })

  it('17: functions need USAGE, EXECUTE and their arguments’ schemas; triggers and procedures are none', async () => {
    const surface = await surfaces(`CREATE SCHEMA hidden; CREATE TYPE hidden.e AS ENUM ('secret label');
      CREATE FUNCTION api.open(a int, b text DEFAULT '') RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
      CREATE FUNCTION api.shut() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE EXECUTE ON FUNCTION api.shut() FROM PUBLIC;
      CREATE FUNCTION api.typed(a hidden.e) RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE FUNCTION api.optional(a int, b hidden.e DEFAULT NULL) RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE FUNCTION api.unnamed(int, int) RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE FUNCTION api.tr() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE PROCEDURE api.proc() LANGUAGE sql AS 'SELECT 1'`)
    expect(surface('anon').functions.map(({ name, arguments: list }) => `${name}(${list})`)).toEqual([
      'open(a integer, b text)',
      'optional(a integer, b hidden.e)',
    ])
    expect(surface('anon').functions[0]?.parameters).toMatchObject([
      { name: 'a', required: true },
      { name: 'b', required: false },
    ])
    expect(surface('anon').functions[1]?.parameters.map(({ name }) => name)).toEqual(['a'])
    expect(surface('anon').sqlFunctions.map(({ name }) => name)).toEqual(['unnamed'])
    expect(JSON.stringify(surface('anon').types)).not.toContain('secret label')
  })

  it('18: materialized views are read only and never under row-level security', async () => {
    const of = await relations(`CREATE TABLE api.b (a int); ALTER TABLE api.b ENABLE ROW LEVEL SECURITY;
      CREATE MATERIALIZED VIEW api.t AS SELECT a FROM api.b; GRANT ALL ON api.t TO anon`)
    expect(of('anon')).toMatchObject({
      kind: 'materialized view',
      select: ['a'],
      insert: [],
      update: [],
      delete: false,
      verdicts: { select: 'unrestricted' },
    })
  })

  it('discreet: a surface names nothing that its role may not see', async () => {
    const surface = await surfaces(`CREATE SCHEMA hidden; CREATE TYPE hidden.secret_type AS ENUM ('secret_label');
      CREATE FUNCTION hidden.secret_function() RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE TABLE hidden.secret_table (id int PRIMARY KEY);
      CREATE TABLE api.t (a int DEFAULT hidden.secret_function(), secret_column hidden.secret_type,
        b int CONSTRAINT secret_key REFERENCES hidden.secret_table, CONSTRAINT positive CHECK (b > 0),
        CONSTRAINT secret_check CHECK (b > 0 OR secret_column IS NULL));
      COMMENT ON COLUMN api.t.secret_column IS 'secret_comment'; COMMENT ON CONSTRAINT positive ON api.t IS 'secret';
      COMMENT ON CONSTRAINT secret_check ON api.t IS 'secret';
      ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY secret_policy ON api.t USING (true);
      GRANT SELECT (a, b), INSERT (a, b) ON api.t TO anon`)
    expect(surface('anon').relations[0]?.columns.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(JSON.stringify(surface('anon'))).not.toContain('secret')
  })
})
