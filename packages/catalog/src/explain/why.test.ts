import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { introspect } from '../introspect/introspect.js'
import type { Catalog } from '../model/catalog.js'
import { UnknownQuestionError } from './question.js'
import { whyOf } from './why.js'

const sql = `
  CREATE ROLE anon; CREATE ROLE staff; CREATE ROLE viewer;
  CREATE SCHEMA api; CREATE SCHEMA hidden; GRANT USAGE ON SCHEMA api TO anon, staff;
  CREATE TABLE hidden.orders (id int, "total.sum" int, cost int);
  CREATE VIEW api.orders AS SELECT id, "total.sum" FROM hidden.orders WHERE cost > 0;
  GRANT SELECT (id, "total.sum") ON hidden.orders TO viewer; ALTER VIEW api.orders OWNER TO viewer;
  GRANT SELECT ON api.orders TO anon;
  CREATE TABLE api.notes (id int, note text); ALTER TABLE api.notes ENABLE ROW LEVEL SECURITY;
  GRANT SELECT (id), INSERT ON api.notes TO anon; CREATE POLICY mine ON api.notes FOR SELECT USING (id > 0);
  CREATE FUNCTION api.login(name text) RETURNS text LANGUAGE sql AS 'SELECT name';
`

describe('whyOf', () => {
  let server: EmbeddedPostgres
  let catalog: Catalog
  beforeAll(async () => {
    server = await startPostgres()
    const client = new pg.Client({ connectionString: server.uri })
    await client.connect()
    await client.query(sql)
    catalog = await introspect(client, { schemas: ['api'], roles: ['anon', 'staff'] })
    await client.end()
  })
  afterAll(() => server?.stop())

  const why = (role: string, what: string) => whyOf(catalog, role, what, { schemas: ['api'] })

  it('follows a refusal through the view to the owner’s missing grant', () => {
    const { allowed, facts } = why('anon', 'api.orders.select')
    expect(allowed).toBe(false)
    expect(facts).toEqual([
      'anon may not: api.orders.select',
      'The view api.orders acts as its owner viewer.',
      'viewer has no SELECT on hidden.orders.cost, nor on all of hidden.orders.',
    ])
  })

  it('says where a privilege comes from, and what is not allowed beside it', () => {
    expect(why('anon', 'api.notes.select').facts).toEqual([
      'anon may: api.notes.select',
      'USAGE on schema api: granted to it.',
      'SELECT on some columns of api.notes, by grants on columns.',
      'Row-level security on api.notes is in force for anon.',
      'Rows decide; its policies: mine.',
      'Columns: id.',
      'Not note: anon has no SELECT on api.notes.note, nor on all of api.notes.',
    ])
  })

  it('names policies that let nothing through', () => {
    expect(why('anon', 'api.notes.note.insert').facts.at(-1)).toBe(
      'No policy on api.notes ever lets INSERT by anon through.',
    )
  })

  it('explains functions, and says what it does not expose', () => {
    expect(why('staff', 'api.login').facts).toContain(
      'EXECUTE on api.login(name text): everybody has it unless it is revoked.',
    )
    expect(why('anon', 'hidden.orders.select').facts[1]).toBe('The API does not expose the schema hidden.')
  })

  it('reads quoted names, and refuses what it cannot read', () => {
    expect(why('staff', 'api.orders."total.sum".select').allowed).toBe(false)
    for (const what of ['api.orders', 'api.orders.read', 'api.orders.nothing.select', 'nowhere.orders.select', '']) {
      expect(() => why('anon', what)).toThrow(UnknownQuestionError)
    }
    expect(() => why('nobody', 'api.orders.select')).toThrow('There is no role "nobody"')
  })
})
