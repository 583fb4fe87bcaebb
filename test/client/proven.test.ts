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

  CREATE DOMAIN api.nnt AS text NOT NULL; CREATE DOMAIN api.inner_nnt AS api.nnt;
  CREATE TYPE api.pair AS (must api.inner_nnt, may text);
  CREATE TABLE api.documents (id int PRIMARY KEY, must jsonb NOT NULL, may jsonb, word api.inner_nnt, p api.pair);
  CREATE VIEW api.document_words AS SELECT id, must, word FROM api.documents;
  CREATE FUNCTION api.f(x api.inner_nnt, y text, z jsonb) RETURNS text LANGUAGE sql AS 'SELECT x';
  GRANT ALL ON ALL TABLES IN SCHEMA api TO anon`

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
})

describe('null', () => {
  test('is not given to what refuses it', async () => {
    expect(members('DocumentsInsert')).toMatch(
      / {2}must: NonNullable<unknown>\n.* {2}may\?: unknown\n.* {2}word: InnerNnt\n/s,
    )
    expect(members('DocumentWordsUpdate')).toMatch(/ {2}must\?: NonNullable<unknown>\n.* {2}word\?: InnerNnt\n/s)
    expect(members('Pair')).toMatch(/ {2}must: InnerNnt\n.* {2}may: string \| null\n/s)
    expect(members('FArguments')).toMatch(/ {2}x: InnerNnt\n.* {2}y: string \| null\n.* {2}z: unknown\n/s)
    const given = { id: 1, must: {}, word: 'w', p: { must: null, may: 'x' } }
    await expect(made.db.documents?.insert?.(given)).rejects.toMatchObject({ code: '23502' })
    await expect(made.db.rpc?.f?.({ x: null, y: null, z: null })).rejects.toMatchObject({ code: '23502' })
    await made.db.documents?.insert?.({ ...given, p: { must: 'x', may: null } })
  })
})
