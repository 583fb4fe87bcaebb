import { type EmbeddedPostgres, type PostgresVersion, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { introspect } from '../introspect/introspect.js'
import type { RelationSurface } from '../surface/surface.js'
import { surfaceOf } from '../surface/surface-of.js'

/** The functions are closed to `anon` and open to `staff`. */
const start = `
  CREATE ROLE anon; CREATE ROLE staff; CREATE ROLE owner; GRANT CREATE, USAGE ON SCHEMA public TO owner;
  CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO PUBLIC;
  CREATE FUNCTION api.f(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN $1; END';
  CREATE FUNCTION api.yes() RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN true; END';
  CREATE FUNCTION api.one() RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
  CREATE FUNCTION api.tr() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN COALESCE(NEW, OLD); END';
  REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA api FROM PUBLIC; GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA api TO staff;
`

export interface RoleDatabase {
  /** Makes relations in the schema `api`, with all granted on them to both roles; their surfaces by role and name. */
  relations(sql: string): Promise<(role: string, name: string) => RelationSurface | undefined>
  /** What PostgreSQL answers the role: `00000`, or an error's SQLSTATE. Nothing stays. */
  says(role: string, statement: string): Promise<string>
}

/** A database with the roles `anon`, `staff` and `owner`, for the tests of a `describe`. */
export function useRoleDatabase(version: PostgresVersion): RoleDatabase {
  let server: EmbeddedPostgres
  let admin: pg.Client
  beforeAll(async () => {
    server = await startPostgres({ version })
    admin = new pg.Client({ connectionString: server.uri })
    await admin.connect()
    await admin.query(start)
  })
  afterAll(async () => {
    await admin?.end()
    await server?.stop()
  })
  return {
    async relations(sql) {
      await admin.query(`${sql}; GRANT ALL ON ALL TABLES IN SCHEMA api TO anon, staff`)
      const catalog = await introspect(admin, { schemas: ['api'], roles: ['anon', 'staff', 'owner'] })
      return (role, name) =>
        surfaceOf(catalog, role, { schemas: ['api'] }).relations.find((relation) => relation.name === name)
    },
    async says(role, statement) {
      await admin.query(`BEGIN; SET LOCAL ROLE ${role}`)
      try {
        await admin.query(statement)
        return '00000'
      } catch (error) {
        return error instanceof pg.DatabaseError ? (error.code ?? '') : String(error)
      } finally {
        await admin.query('ROLLBACK')
      }
    },
  }
}
