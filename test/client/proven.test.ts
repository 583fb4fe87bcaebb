import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AnyQuery, type MadeClient, makeClient } from './made-client.js'

const sql = `
  CREATE TABLE api.users (id int PRIMARY KEY, name text NOT NULL);
  CREATE TABLE api.posts (id int PRIMARY KEY, author_id int NOT NULL REFERENCES api.users, title text);
  CREATE TABLE api.events (id int PRIMARY KEY, user_id int NOT NULL REFERENCES api.users);
  CREATE VIEW api.v AS SELECT u.id, p.title FROM api.users u LEFT JOIN api.posts p ON p.author_id = u.id;
  CREATE VIEW api.w AS SELECT p.id, u.name FROM api.posts p JOIN api.users u ON u.id = p.author_id;
  INSERT INTO api.users VALUES (1, 'a'), (2, 'b'), (3, 'c');
  INSERT INTO api.posts VALUES (1, 1, 'x'), (2, 1, 'y'), (3, 1, 'z'), (4, 2, 'x');
  INSERT INTO api.events VALUES (1, 1), (2, 2);

  CREATE TABLE api.keyed (a int NOT NULL, b int NOT NULL, c int, d int, PRIMARY KEY (a, b), UNIQUE (c) DEFERRABLE);
  CREATE UNIQUE INDEX ON api.keyed (d) WHERE c > 0; CREATE UNIQUE INDEX ON api.keyed (d, c);

  CREATE TABLE api.waits (id int PRIMARY KEY DEFERRABLE, code text UNIQUE, note text);
  CREATE TABLE api.keyless (id int PRIMARY KEY DEFERRABLE, note text UNIQUE DEFERRABLE);
  CREATE TABLE api.codes (code text UNIQUE, note text);
  CREATE VIEW api.waiting AS SELECT id AS no, code FROM api.waits;

  CREATE DOMAIN api.nnt AS text NOT NULL; CREATE DOMAIN api.inner_nnt AS api.nnt;
  CREATE TYPE api.pair AS (must api.inner_nnt, may text);
  CREATE TABLE api.documents (id int PRIMARY KEY, must jsonb NOT NULL, may jsonb, word api.inner_nnt, p api.pair);
  CREATE VIEW api.document_words AS SELECT id, must, word FROM api.documents;
  CREATE FUNCTION api.f(x api.inner_nnt, y text, z jsonb) RETURNS text LANGUAGE sql AS 'SELECT x';
  CREATE TABLE api.shops (id int PRIMARY KEY); INSERT INTO api.shops VALUES (1), (2);
  CREATE TABLE api.sales (id int PRIMARY KEY, buyer bigint, price numeric, shop int REFERENCES api.shops);
  INSERT INTO api.sales VALUES (1, 9, 2.5, 1), (2, 10, 1.5, 1), (3, 9, 2.5, 1), (4, 9, 10, 2);
  CREATE TABLE api.big (id bigint PRIMARY KEY, note text, secret text);
  CREATE TABLE api.holder (id int PRIMARY KEY, held api.users, many api.users[], big api.big);
  CREATE FUNCTION api.all_users() RETURNS api.users[] STABLE RETURN (SELECT array_agg(u ORDER BY id) FROM api.users u);
  CREATE FUNCTION api.name_of(u api.users, b api.big) RETURNS text IMMUTABLE RETURN (u).name;
  GRANT ALL ON ALL TABLES IN SCHEMA api TO anon; REVOKE ALL ON api.big FROM anon; GRANT SELECT (id, note) ON api.big TO anon`

let made: MadeClient
beforeAll(async () => {
  made = await makeClient(sql)
})
afterAll(() => made?.[Symbol.asyncDispose]())

async function pagesOf(query: AnyQuery | undefined): Promise<unknown[]> {
  const rows: unknown[] = []
  for await (const page of query?.pages(1) ?? []) rows.push(...page)
  return rows
}
const members = (name: string) => new RegExp(`export interface ${name} .*?\\n}\\n`, 's').exec(made.text)?.[0] ?? ''

describe('keys', () => {
  test('pages of a view that shows rows several times leave none out', async () => {
    expect(await pagesOf(made.db.v?.select?.('id', 'title'))).toHaveLength(5)
    expect(await pagesOf(made.db.w?.select?.('id', 'name'))).toHaveLength(4)
  })

  test('what a view shows several times is a list, and rows stay as many as they are', async () => {
    const [, name = ''] = /(\w+): Many<V>/.exec(members('EventsRelationships')) ?? []
    const rows = await made.db.events
      ?.select?.('id')
      .embed?.({ [name]: ['title'] })
      .order?.('id')
    expect(rows?.map((row) => (row[name] as unknown[]).length)).toEqual([3, 1])
    expect(
      await made.db.events
        ?.select?.('id')
        .embed?.({ [name]: ['title'] })
        .where?.({ id: 1 })
        .one?.(),
    ).toMatchObject({ id: 1 })
  })

  test('ON CONFLICT takes what arbitrates, in any order', async () => {
    expect(made.text).toContain("KeyedKeys = readonly ['a', 'b'] | readonly ['d', 'c']")
    await made.db.keyed?.upsert?.({ a: 1, b: 1, c: 5, d: 1 })
    await made.db.keyed?.upsert?.({ a: 1, b: 1, c: 6, d: 1 }, { onConflict: ['b', 'a'] })
    await made.db.keyed?.upsert?.({ a: 1, b: 1, c: 6, d: 1 }, { onConflict: ['c', 'd'] })
    expect(await made.db.keyed?.select?.()).toEqual([{ a: 1, b: 1, c: 6, d: 1 }])
  })

  test('where the primary key does not arbitrate, an upsert says its key; where none does, there is no upsert', async () => {
    const verbs = (name: string) =>
      /extends\s+(.*?)\s*\{/s
        .exec(made.text.slice(made.text.indexOf(`export interface ${name}Api`)))?.[1]
        ?.match(/\b(?:Mergeable|Ignorable)\w*/g)
    for (const name of ['Waits', 'Codes', 'Waiting']) expect(verbs(name)).toEqual(['MergeableByKey', 'IgnorableByKey'])
    expect(verbs('Keyed')).toEqual(['Mergeable', 'Ignorable'])
    expect(verbs('Keyless')).toBeNull()
    expect(made.text).toMatch(/WaitsKeys = readonly \['code'\]\n/)
    const upsert = (options?: object) => made.db.waits?.upsert?.({ id: 1, code: 'a', note: 'x' }, options)
    await expect(upsert()).rejects.toMatchObject({ code: '55000' })
    await upsert({ onConflict: ['code'] })
    await upsert({ onConflict: ['code'] })
    expect(await made.db.waits?.select?.()).toEqual([{ id: 1, code: 'a', note: 'x' }])
  })
})

describe('groups', () => {
  test('are ordered by columns that are read as text', async () => {
    const groups = () => made.db.sales?.select?.('buyer', 'price').aggregate({ n: 'count' })
    const expected = [
      { buyer: '10', price: '1.5', n: 1 },
      { buyer: '9', price: '2.5', n: 2 },
      { buyer: '9', price: '10', n: 1 },
    ]
    expect(await groups()?.order('buyer', 'desc').order('price')).toEqual(expected)
    expect(await groups()?.order('price').order('buyer').limit(1)).toEqual(expected.slice(0, 1))
  })

  test('inside of embeds, too', async () => {
    const groups = made.db.sales?.select?.('buyer').aggregate({ n: 'count' }).order('buyer', 'desc')
    const [, sales = ''] = /(\w+): Many<Sales>/.exec(members('ShopsRelationships')) ?? []
    const shops = () => made.db.shops?.select?.('id').order('id')
    const bought = [
      { buyer: '10', n: 1 },
      { buyer: '9', n: 2 },
    ]
    const expected = [
      { id: 1, [sales]: bought },
      { id: 2, [sales]: [{ buyer: '9', n: 1 }] },
    ]
    expect(await shops()?.embed({ [sales]: groups })).toEqual(expected)
    const streamed: unknown[] = []
    for await (const page of shops()
      ?.embed({ [sales]: groups })
      .pages(1) ?? [])
      streamed.push(...page)
    expect(streamed).toEqual(expected)
  })

  test('as CSV, with all digits', async () => {
    const csv = made.db.sales
      ?.select?.('buyer', 'price')
      .aggregate({ n: 'count' })
      .order('buyer', 'desc')
      .order('price')
    expect(await csv?.csv()).toBe('buyer,price,n\n10,1.5,1\n9,2.5,2\n9,10,1')
  })
})

describe('rows as values', () => {
  test('are the rows of the role', async () => {
    expect(members('HolderRow')).toMatch(/ held: UsersRow \| null\n/)
    expect(members('HolderRow')).toMatch(/ many: UsersRow\[\] \| null\n/)
    expect(members('HolderRow')).toMatch(/ big: BigValue \| null\n/)
    expect(members('BigValue')).toMatch(/ id: number\n/)
    expect(members('BigValue')).toMatch(/ note: string \| null\n/)
    expect(members('BigValue')).not.toContain('secret')
    expect(members('NameOfArguments')).toMatch(/ u: UsersRow \| null\n/)
    expect(members('NameOfArguments')).toMatch(/ b: BigValue \| null\n/)
    expect(made.text).toMatch(/all_users\(\): Call<UsersRow\[\] \| null>/)
    expect(await made.db.rpc?.all_users?.()).toMatchObject([{ id: 1, name: 'a' }, { id: 2 }, { id: 3 }])
    expect(await made.db.rpc?.name_of?.({ u: { id: 1, name: 'x' }, b: null })).toBe('x')
  })
})

describe('null', () => {
  test('is not given to what refuses it', async () => {
    expect(members('DocumentsInsert')).toMatch(/ {2}must: NonNullable<unknown>\n/)
    expect(members('DocumentsInsert')).toMatch(/ {2}may\?: unknown\n/)
    expect(members('DocumentsInsert')).toMatch(/ {2}word: InnerNnt\n/)
    expect(members('DocumentWordsUpdate')).toMatch(/ {2}must\?: NonNullable<unknown>\n/)
    expect(members('DocumentWordsUpdate')).toMatch(/ {2}word\?: InnerNnt\n/)
    expect(members('Pair')).toMatch(/ {2}must: InnerNnt\n/)
    expect(members('Pair')).toMatch(/ {2}may: string \| null\n/)
    expect(members('FArguments')).toMatch(/ {2}x: InnerNnt\n/)
    expect(members('FArguments')).toMatch(/ {2}y: string \| null\n/)
    expect(members('FArguments')).toMatch(/ {2}z: unknown\n/)
    const given = { id: 1, must: {}, word: 'w', p: { must: null, may: 'x' } }
    await expect(made.db.documents?.insert?.(given)).rejects.toMatchObject({ code: '23502' })
    await expect(made.db.rpc?.f?.({ x: null, y: null, z: null })).rejects.toMatchObject({ code: '23502' })
    await made.db.documents?.insert?.({ ...given, p: { must: 'x', may: null } })
  })
})
