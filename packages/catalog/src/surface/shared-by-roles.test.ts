import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { introspect } from '../introspect/introspect.js'
import type { Catalog } from '../model/catalog.js'
import { surfaceOf } from './surface-of.js'

const schemas = ['api']
const roles = ['reader', 'writer', 'twin', 'boss', 'keeper', 'owner', 'bypass']

/** Each table is decided by something else of a role: grants, policies, memberships, ownership, functions, sequences, types. */
const sql = `
  ${roles.map((role) => `CREATE ROLE ${role}`).join(';')}; ALTER ROLE bypass BYPASSRLS; GRANT writer TO boss;
  CREATE SCHEMA api; CREATE SCHEMA hidden; GRANT USAGE ON SCHEMA api TO PUBLIC; GRANT USAGE ON SCHEMA hidden TO twin;
  CREATE TYPE hidden.mood AS ENUM ('good', 'bad');
  CREATE FUNCTION api.guard(int) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN $1 > 0; END';
  REVOKE EXECUTE ON FUNCTION api.guard FROM PUBLIC; GRANT EXECUTE ON FUNCTION api.guard TO writer, owner, keeper;
  CREATE TABLE api.parents (id int PRIMARY KEY, note text, mood hidden.mood);
  CREATE TABLE api.children (id serial PRIMARY KEY, parent int REFERENCES api.parents ON DELETE CASCADE, CHECK (api.guard(parent)));
  CREATE TABLE api.guarded (id int PRIMARY KEY, CHECK (api.guard(id))); GRANT ALL ON api.guarded TO PUBLIC;
  CREATE TABLE api.owned (id int PRIMARY KEY); GRANT ALL ON api.owned TO PUBLIC; ALTER TABLE api.owned OWNER TO owner;
  ALTER TABLE api.owned ENABLE ROW LEVEL SECURITY; CREATE POLICY shut ON api.owned USING (false);
  CREATE TABLE api.named (id int PRIMARY KEY, who name DEFAULT current_user);
  CREATE POLICY own ON api.named TO reader, writer USING (who = current_user);
  CREATE POLICY never ON api.named TO keeper USING (false);
  CREATE TABLE api.looked_up (id int PRIMARY KEY);
  CREATE POLICY through ON api.looked_up USING (id IN (SELECT parent FROM api.children));
  CREATE TABLE api.endless (id int PRIMARY KEY); CREATE VIEW api.behind AS SELECT id FROM api.endless; ALTER VIEW api.behind OWNER TO owner;
  CREATE POLICY itself ON api.endless USING (id IN (SELECT id FROM api.behind));
  CREATE VIEW api.through_owner AS SELECT id, note FROM api.parents;
  GRANT SELECT ON api.parents, api.through_owner TO reader, owner; GRANT ALL ON api.parents, api.children TO writer, twin;
  GRANT USAGE ON SEQUENCE api.children_id_seq TO writer; GRANT SELECT (id), UPDATE (note) ON api.parents TO keeper;
  GRANT ALL ON api.named, api.looked_up, api.endless TO PUBLIC; ALTER TABLE api.children OWNER TO owner;
  ALTER TABLE api.parents OWNER TO keeper; ALTER VIEW api.through_owner OWNER TO owner;
  ${['named', 'looked_up', 'endless'].map((name) => `ALTER TABLE api.${name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`).join(';')};
  ALTER TABLE api.endless OWNER TO keeper`

let server: EmbeddedPostgres
let catalog: Catalog

beforeAll(async () => {
  server = await startPostgres()
  const client = new pg.Client({ connectionString: server.uri })
  await client.connect()
  try {
    await client.query(sql)
    catalog = await introspect(client, { schemas, roles })
  } finally {
    await client.end()
  }
})
afterAll(() => server?.stop())

const orders = { forward: roles, backward: roles.toReversed(), 'owners first': ['keeper', 'owner', ...roles] }

it.each(Object.entries(orders))('a role’s surface is the same whoever was asked about before: %s', (_, order) => {
  const shared = structuredClone(catalog)
  const alone = (role: string) => surfaceOf(structuredClone(catalog), role, { schemas })
  expect(order.map((role) => surfaceOf(shared, role, { schemas }))).toEqual(order.map(alone))
})

it('the roles of these tests differ, but for one that has all of another’s privileges', () => {
  const surfaces = roles.map((role) => JSON.stringify({ ...surfaceOf(catalog, role, { schemas }), role: '' }))
  expect(new Set(surfaces).size).toBe(roles.length - 1)
})
