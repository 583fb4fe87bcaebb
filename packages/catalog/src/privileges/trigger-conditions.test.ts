import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { introspect } from '../introspect/introspect.js'
import { surfaceOf } from './surface-of.js'

const closed = `
  CREATE ROLE anon; CREATE ROLE staff; CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO PUBLIC;
  CREATE FUNCTION api.yes() RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN true; END';
  CREATE FUNCTION api.tr() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN COALESCE(NEW, OLD); END';
  REVOKE EXECUTE ON FUNCTION api.yes() FROM PUBLIC; GRANT EXECUTE ON FUNCTION api.yes() TO staff;
`

describe('WHEN conditions of triggers, which the role itself evaluates', () => {
  let server: EmbeddedPostgres
  let admin: pg.Client
  beforeAll(async () => {
    server = await startPostgres({ version: 15 })
    admin = new pg.Client({ connectionString: server.uri })
    await admin.connect()
    await admin.query(closed)
  })
  afterAll(async () => {
    await admin?.end()
    await server?.stop()
  })

  async function relations(sql: string) {
    await admin.query(`${sql}; GRANT ALL ON ALL TABLES IN SCHEMA api TO anon, staff`)
    const catalog = await introspect(admin, { schemas: ['api'], roles: ['anon', 'staff'] })
    return (role: string, name: string) => {
      const { relations } = surfaceOf(catalog, role, { schemas: ['api'] })
      return relations.find((relation) => relation.name === name)
    }
  }

  it('UPDATE OF columns limits updates only, not the INSERT and DELETE of the same trigger', async () => {
    const of = await relations(`CREATE TABLE api.t (a int, b int);
      CREATE TRIGGER tr AFTER INSERT OR UPDATE OF b OR DELETE ON api.t FOR EACH ROW WHEN (api.yes()) EXECUTE FUNCTION api.tr()`)
    expect(of('anon', 't')).toMatchObject({ insertAlone: [], update: ['a'], delete: false })
    expect(of('staff', 't')).toMatchObject({ insertAlone: ['a', 'b'], update: ['a', 'b'], delete: true })
  })

  it('a trigger for each statement is run where no row is reached, one for each row is not', async () => {
    const trigger = (name: string, level: string) => `CREATE TABLE api.${name} (a int);
      ALTER TABLE api.${name} ENABLE ROW LEVEL SECURITY;
      CREATE TRIGGER tr BEFORE UPDATE OR DELETE ON api.${name} FOR EACH ${level} WHEN (api.yes()) EXECUTE FUNCTION api.tr();`
    const of = await relations(trigger('s', 'STATEMENT') + trigger('r', 'ROW'))
    expect(of('anon', 's')).toMatchObject({ select: ['a'], update: [], delete: false })
    expect(of('anon', 'r')).toMatchObject({ select: ['a'], update: ['a'], delete: true })
  })
})
