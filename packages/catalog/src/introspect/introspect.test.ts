import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UnknownNameError, UnreachableRoleError } from '../errors.js'
import type { Catalog } from '../model/catalog.js'
import { indexCatalog } from '../model/index-catalog.js'
import { introspect } from './introspect.js'

const sql = `
  CREATE ROLE authenticator LOGIN NOINHERIT;
  CREATE ROLE anon; CREATE ROLE "App ""User"""; CREATE ROLE keeper NOLOGIN BYPASSRLS;
  GRANT anon, "App ""User""" TO authenticator;
  CREATE SCHEMA api; CREATE SCHEMA hidden;
  COMMENT ON SCHEMA api IS 'the API';
  CREATE TYPE hidden.status AS ENUM ('open', 'paid');
  CREATE DOMAIN hidden.email AS text DEFAULT 'a@b' CHECK (VALUE LIKE '%@%');
  CREATE FUNCTION hidden.next_number() RETURNS int LANGUAGE sql AS 'SELECT 1';
  CREATE SEQUENCE hidden.numbers;
  CREATE TABLE hidden.base (
    id bigint PRIMARY KEY DEFAULT nextval('hidden.numbers'), number int DEFAULT hidden.next_number(),
    ":odd ""name""" numeric(10,2), status hidden.status NOT NULL, email hidden.email, tags text[],
    doubled int GENERATED ALWAYS AS (number * 2) STORED, parent bigint REFERENCES hidden.base);
  CREATE VIEW api.items AS SELECT b.id, p.status, b.":odd ""name""", hidden.next_number() AS computed
    FROM hidden.base b LEFT JOIN hidden.base p ON p.id = b.parent WHERE b.tags IS NOT NULL;
  CREATE VIEW api.again AS SELECT id FROM api.items;
  ALTER TABLE hidden.base ENABLE ROW LEVEL SECURITY;
  CREATE POLICY mine ON hidden.base TO anon USING (id IN (SELECT id FROM api.items)) WITH CHECK (true);
  GRANT SELECT (id, status) ON hidden.base TO anon;
  GRANT USAGE ON SCHEMA api TO anon;
  CREATE FUNCTION api.total(order_id int, VARIADIC rest text[] DEFAULT '{}', OUT sum numeric) LANGUAGE sql STABLE
    SET statement_timeout = '5s' SET "app.secret" = 'hush' AS 'SELECT 1.0';
`

describe.each([14, 15, 16, 17, 18] as const)('introspect on PostgreSQL %s', (version) => {
  let server: EmbeddedPostgres
  let client: pg.Client
  let catalog: Catalog

  beforeAll(async () => {
    server = await startPostgres({ version, authentication: 'trust' })
    const admin = new pg.Client({ connectionString: server.uri })
    await admin.connect()
    await admin.query(sql)
    await admin.end()
    client = new pg.Client({ connectionString: server.uriOf({ user: 'authenticator' }) })
    await client.connect()
    catalog = await introspect(client, { schemas: ['api'], authenticator: 'authenticator' })
  })
  afterAll(async () => {
    await client?.end()
    await server?.stop()
  })

  const relation = (key: string) => indexCatalog(catalog).relations.get(key)

  it('describes columns with their types, defaults and what the defaults use', () => {
    const base = relation('hidden.base')
    expect(base?.columns.map(({ name }) => name)).toEqual([
      'id',
      'number',
      ':odd "name"',
      'status',
      'email',
      'tags',
      'doubled',
      'parent',
    ])
    expect(base?.columns[0]).toMatchObject({
      default: "nextval('hidden.numbers'::regclass)",
      defaultUses: {
        functions: [],
        sequences: [{ call: 'nextval', sequence: 'hidden.numbers', isLookedUp: false }],
        reads: [],
      },
    })
    expect(base?.columns[1]?.defaultUses.functions).toEqual(['hidden.next_number()'])
    expect(base?.columns[2]?.type).toEqual({ type: 'pg_catalog.numeric', array: false, formatted: 'numeric(10,2)' })
    expect(base?.columns[5]?.type).toEqual({ type: 'pg_catalog.text', array: true, formatted: 'text[]' })
    expect(base?.columns[6]?.generated).toBe('stored')
  })

  it('traces the columns of views, and what each needs', () => {
    const view = relation('api.items')?.view
    expect(view?.origins).toEqual([
      { relation: 'hidden.base', column: 'id' },
      { relation: 'hidden.base', column: 'status' },
      { relation: 'hidden.base', column: ':odd "name"' },
      null,
    ])
    expect(view?.nullable).toEqual([false, true, true, true])
    expect(view?.reads.map(({ columns }) => columns)).toEqual([
      ['id', ':odd "name"', 'tags', 'parent'],
      ['id', 'status'],
    ])
    expect(view?.reads[0]?.checkedAs).toBe('owner')
    expect(view?.always.inputs.map(({ column }) => column)).toEqual(['id', 'parent'])
    expect(view?.conditionInputs.map(({ column }) => column)).toEqual(['tags'])
    expect(relation('api.again')?.view?.nullable).toEqual([false])
  })

  it('describes policies with what they read', () => {
    expect(relation('hidden.base')?.policies).toMatchObject([
      {
        name: 'mine',
        roles: ['anon'],
        using: { constant: null, uses: { reads: [{ relation: 'api.items', columns: ['id'], checkedAs: 'current' }] } },
        check: { constant: true },
      },
    ])
  })

  it('describes routines, without settings that may be secrets', () => {
    const routine = indexCatalog(catalog).routines.get('api.total(integer, text[])')
    expect(routine).toMatchObject({
      volatility: 'stable',
      settings: [{ name: 'statement_timeout', value: '5s' }],
      arguments: [
        { name: 'order_id', mode: 'in', hasDefault: false },
        { name: 'rest', mode: 'variadic', hasDefault: true, type: { formatted: 'text[]' } },
        { name: 'sum', mode: 'out', hasDefault: false },
      ],
    })
    expect(JSON.stringify(catalog)).not.toContain('hush')
  })

  it('has PostgreSQL’s answers for the roles that the authenticator can become, and owners of views', () => {
    expect(catalog.privileges.map(({ role }) => role)).toEqual(['App "User"', 'anon', 'authenticator', 'postgres'])
    const anon = indexCatalog(catalog).privileges.get('anon')
    expect(anon?.relations['hidden.base']).toEqual({ table: [], columns: { select: ['id', 'status'] } })
    expect(anon?.has).toEqual(['anon'])
    expect(anon?.schemas).toContain('api')
    expect(anon?.schemas).not.toContain('hidden')
    expect(indexCatalog(catalog).privileges.get('authenticator')?.canBecome).toContain('App "User"')
  })

  it('gives the same bytes again', async () => {
    const again = await introspect(client, { schemas: ['api'], authenticator: 'authenticator' })
    expect(JSON.stringify(again)).toBe(JSON.stringify(catalog))
  })

  it('says what is there where a name is not', async () => {
    await expect(introspect(client, { schemas: ['ap'] })).rejects.toThrow(UnknownNameError)
    await expect(introspect(client, { schemas: ['ap'] })).rejects.toThrow('Did you mean "api"?')
    await expect(introspect(client, { schemas: ['api'], roles: ['anonn'] })).rejects.toThrow('Did you mean "anon"?')
    await expect(
      introspect(client, { schemas: ['api'], roles: ['keeper'], authenticator: 'authenticator' }),
    ).rejects.toThrow(UnreachableRoleError)
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })
})
