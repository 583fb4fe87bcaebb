import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { introspect } from '../introspect/introspect.js'
import type { Surface } from './surface.js'
import { surfaceOf } from './surface-of.js'

const atomic = (name: string, body: string, more = '') =>
  `CREATE FUNCTION api.${name} RETURNS bigint ${more} BEGIN ATOMIC ${body}; END`

const sql = `
  CREATE ROLE anon; CREATE ROLE half; CREATE ROLE full_reader; CREATE SCHEMA api; CREATE SCHEMA hidden;
  GRANT USAGE ON SCHEMA api TO PUBLIC;
  CREATE TABLE hidden.t (id bigint, secret text); CREATE TABLE api.open (id bigint, note text);
  CREATE VIEW api.v AS SELECT id FROM hidden.t; CREATE SEQUENCE hidden.s;
  GRANT SELECT, INSERT ON api.open TO anon, half, full_reader; GRANT SELECT ON api.v TO anon; GRANT SELECT (id) ON hidden.t TO half;
  GRANT SELECT ON hidden.t TO full_reader;
  CREATE FUNCTION hidden.closed() RETURNS bigint LANGUAGE sql RETURN 1; REVOKE EXECUTE ON FUNCTION hidden.closed FROM PUBLIC;
  ${atomic('counts()', 'SELECT count(*) FROM hidden.t', 'STABLE')};
  ${atomic('ids()', 'SELECT max(id) FROM hidden.t')};
  ${atomic('rows()', 'SELECT count(t) FROM hidden.t t')};
  ${atomic('filtered()', 'SELECT id FROM api.open WHERE id IN (SELECT id FROM hidden.t)')};
  ${atomic('viewed()', 'SELECT max(id) FROM api.v')};
  ${atomic('definer()', 'SELECT max(id) FROM hidden.t', 'SECURITY DEFINER')};
  ${atomic('weak_definer()', 'SELECT count(t) FROM hidden.t t', 'SECURITY DEFINER')}; ALTER FUNCTION api.weak_definer OWNER TO half;
  ${atomic('inserts()', 'INSERT INTO api.open VALUES (1); SELECT 1::bigint')};
  ${atomic('updates()', "UPDATE api.open SET note = 'x'; SELECT 1::bigint")};
  ${atomic('deletes()', 'DELETE FROM api.open; SELECT 1::bigint')};
  ${atomic('calls()', 'SELECT hidden.closed()')};
  ${atomic('nested()', 'SELECT api.counts()')};
  ${atomic('sequence()', "SELECT nextval('hidden.s')")};
  CREATE FUNCTION api.returned() RETURNS bigint RETURN (SELECT max(id) FROM hidden.t);

  CREATE FUNCTION api.same(user_id text) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.same(user_id uuid) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.dft(a int) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.dft(a int, b int DEFAULT 2) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.wide(a int, b int DEFAULT 1, c int DEFAULT 1) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.wide(a int, c int) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.either(a int, b int DEFAULT 1, c int DEFAULT 1) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.either(a int) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.several(a int DEFAULT 1, b int DEFAULT 1, c int DEFAULT 1) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.several(a text, b int DEFAULT 1) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.several(b date, c int DEFAULT 1) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.narrow(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.narrow(a int, b text) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.apart(a int) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.apart(b text) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.closed(a int) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.closed(a text) RETURNS int LANGUAGE sql RETURN 1; REVOKE EXECUTE ON FUNCTION api.closed(text) FROM PUBLIC;
  CREATE FUNCTION api.body(json) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.body(jsonb) RETURNS int LANGUAGE sql RETURN 1;
  CREATE FUNCTION api.body(text) RETURNS int LANGUAGE sql RETURN 1`

describe.each([14, 18] as const)('functions on PostgreSQL %s', (version) => {
  let server: EmbeddedPostgres
  let admin: pg.Client
  const surfaces = new Map<string, Surface>()
  beforeAll(async () => {
    server = await startPostgres({ version })
    admin = new pg.Client({ connectionString: server.uri })
    await admin.connect()
    await admin.query(sql.replaceAll('LANGUAGE sql RETURN', 'RETURN'))
    const roles = ['anon', 'half', 'full_reader']
    const catalog = await introspect(admin, { schemas: ['api'], roles })
    for (const role of roles) surfaces.set(role, surfaceOf(catalog, role, { schemas: ['api'] }))
  })
  afterAll(async () => {
    await admin?.end()
    await server?.stop()
  })

  const isRefused = async (role: string, call: string) => {
    await admin.query(`BEGIN; SET LOCAL ROLE ${role}`)
    try {
      await admin.query(`SELECT ${call}`)
      return false
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === '42501') return true
      throw error
    } finally {
      await admin.query('ROLLBACK')
    }
  }

  it.each(['anon', 'half', 'full_reader'])('with a body that PostgreSQL has read, as it answers %s', async (role) => {
    const functions = [
      'counts',
      'ids',
      'rows',
      'filtered',
      'viewed',
      'definer',
      'weak_definer',
      'inserts',
      'updates',
      'deletes',
    ]
    for (const name of [...functions, 'calls', 'nested', 'sequence', 'returned']) {
      const isOffered = surfaces.get(role)?.functions.some((item) => item.name === name)
      expect(`${name}: ${isOffered}`).toBe(`${name}: ${!(await isRefused(role, `api.${name}()`))}`)
    }
  })

  it('with overloads: what a request can mean', () => {
    const shown = (name: string) =>
      surfaces
        .get('anon')
        ?.functions.filter((item) => item.name === name)
        .map(({ parameters, bodyType }) =>
          bodyType ? bodyType.formatted : parameters.map((one) => one.name + (one.required ? '' : '?')).join(),
        )
    expect([shown('same'), shown('closed'), shown('apart')]).toEqual([[], [], ['a', 'b']])
    expect(shown('dft')).toEqual(['a,b'])
    expect(shown('wide')).toEqual(['a,b,c?', 'a,b?'])
    expect(shown('either')).toEqual(['a,b,c?', 'a,b?,c'])
    expect(shown('several')).toEqual(['a,b?,c', 'a?,c', 'c?'])
    expect(shown('narrow')).toEqual(['a'])
    expect(shown('body')).toEqual(['text'])
    expect(surfaces.get('anon')?.sqlFunctions.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['same', 'dft', 'wide', 'narrow', 'closed', 'body']),
    )
  })
})
