import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Catalog } from '../../model/catalog.js'
import { indexCatalog } from '../../model/index-catalog.js'
import { keyOfRows } from '../../relationships/proven-keys.js'
import { introspect } from '../introspect.js'

const tables = `
  CREATE SCHEMA api;
  CREATE TABLE api.users (id int PRIMARY KEY, name text NOT NULL, email text UNIQUE, last int);
  CREATE TABLE api.posts (id int PRIMARY KEY, author int NOT NULL REFERENCES api.users, title text, at timestamp);
  CREATE TABLE api.cards (owner int PRIMARY KEY REFERENCES api.users, note text);
  CREATE TABLE api.lines (post int REFERENCES api.posts, no int, words int, PRIMARY KEY (post, no));
  INSERT INTO api.users VALUES (1, 'a', 'a@x', 2), (2, 'b', NULL, NULL), (3, 'a', NULL, 1);
  INSERT INTO api.posts VALUES (1, 1, 'x', 'infinity'), (2, 1, 'x', '2020-01-01'), (3, 2, NULL, NULL);
  INSERT INTO api.cards VALUES (1, 'n'), (3, NULL);
  INSERT INTO api.lines VALUES (1, 1, 5), (1, 2, NULL), (2, 1, 7);
  CREATE TABLE api.base (id int PRIMARY KEY, x int NOT NULL); CREATE TABLE api.heir () INHERITS (api.base);
  INSERT INTO api.base VALUES (1, 1); INSERT INTO api.heir VALUES (1, 1);
  CREATE TABLE api.parted (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE api.part PARTITION OF api.parted DEFAULT;
  CREATE TABLE api.indexed (a int NOT NULL, b int NOT NULL, c text NOT NULL, d text NOT NULL, e int NOT NULL);
  CREATE UNIQUE INDEX ON api.indexed (a) WHERE b > 0; CREATE UNIQUE INDEX ON api.indexed (lower(c));
  CREATE UNIQUE INDEX ON api.indexed (b, c); CREATE UNIQUE INDEX ON api.indexed (e) INCLUDE (a);
  INSERT INTO api.indexed VALUES (1, 0, 'a', 'a', 1), (1, 0, 'B', 'a', 2);
  CREATE TABLE api.late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED);
  CREATE TABLE api.stale (id int); INSERT INTO api.stale VALUES (NULL), (1), (1);
  CREATE MATERIALIZED VIEW api.snapshot AS SELECT id, coalesce(id, 0) AS sure, true AS yes FROM api.stale;
  TRUNCATE api.stale; ALTER TABLE api.stale ADD PRIMARY KEY (id);
  CREATE MATERIALIZED VIEW api.indexed_snapshot AS SELECT id FROM api.users; CREATE UNIQUE INDEX ON api.indexed_snapshot (id);
  CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
  CREATE FOREIGN TABLE api.foreign_users (id int NOT NULL, name text NOT NULL) SERVER files OPTIONS (program 'printf "1,\\\\N\\n\\\\N,b\\n"', format 'csv', null '\\N')`

/** A view by its query, and its keys as they are proven, each a list of columns. */
const views: Record<string, [query: string, ...keys: string[]]> = {
  plain: ['SELECT id, name FROM api.users WHERE id > 0', 'id'],
  renamed: ['SELECT id AS user_id, email, id + 0 AS other FROM api.users', 'user_id', 'email'],
  twice: ['SELECT id AS a, id AS b FROM api.users', 'a', 'b'],
  over: ['SELECT a FROM api.twice', 'a'],
  to_many: ['SELECT u.id, p.title FROM api.users u LEFT JOIN api.posts p ON p.author = u.id'],
  of_many: ['SELECT u.id, p.id AS post FROM api.users u LEFT JOIN api.posts p ON p.author = u.id', 'post'],
  to_one: ['SELECT p.id, u.name, u.id AS user_id FROM api.posts p JOIN api.users u ON u.id = p.author', 'id'],
  both: ['SELECT u.id, c.note, c.owner FROM api.users u LEFT JOIN api.cards c ON c.owner = u.id', 'id', 'owner'],
  using: ['SELECT id, name, title FROM api.users FULL JOIN api.posts USING (id)'],
  inner_using: ['SELECT id, name, title FROM api.users JOIN api.posts USING (id)', 'id'],
  full_join: ['SELECT u.id, p.id AS post FROM api.users u FULL JOIN api.posts p ON p.id = u.last', 'id'],
  old_style: ['SELECT p.id, u.name FROM api.posts p, api.users u WHERE u.id = p.author AND p.title IS NOT NULL', 'id'],
  cross_join: ['SELECT u.id, p.id AS post FROM api.users u, api.posts p'],
  wrong_column: ['SELECT p.id FROM api.posts p JOIN api.users u ON u.last = p.author'],
  inequality: ['SELECT p.id FROM api.posts p JOIN api.users u ON u.id <= p.author'],
  either: ['SELECT p.id FROM api.posts p JOIN api.users u ON u.id = p.author OR u.name = p.title'],
  three: [
    'SELECT l.post, l.no, u.name FROM api.lines l JOIN api.posts p ON p.id = l.post JOIN api.users u ON u.id = p.author',
    'post,no',
  ],
  equal: ['SELECT p.id, l.no FROM api.posts p JOIN api.lines l ON l.post = p.id', 'id,no'],
  first_line: ['SELECT p.id, l.words FROM api.posts p LEFT JOIN api.lines l ON l.post = p.id AND l.no = 1', 'id'],
  second: ['SELECT post, words FROM api.lines WHERE no = 1', 'post'],
  one: ['SELECT id FROM api.users WHERE id = 1', ''],
  one_of_none: ['SELECT u.id, o.x FROM api.users u LEFT JOIN (SELECT 1 AS x LIMIT 1) o ON u.id = 1', 'id'],
  grouped: ['SELECT author, count(*) AS n FROM api.posts GROUP BY author', 'author'],
  grouped_by_key: [
    'SELECT u.id, u.name, count(p.id) AS n FROM api.users u LEFT JOIN api.posts p ON p.author = u.id GROUP BY u.id, u.name',
    'id',
  ],
  grouped_hidden: ['SELECT count(*) AS n FROM api.posts GROUP BY author'],
  grouped_expression: ['SELECT lower(title) AS t, count(*) AS n FROM api.posts GROUP BY 1', 't'],
  rolled_up: ['SELECT author, count(*) AS n FROM api.posts GROUP BY ROLLUP (author)'],
  total: ['SELECT count(*) AS n, max(id) AS most FROM api.posts', ''],
  distinct_rows: ['SELECT DISTINCT author, title FROM api.posts', 'author,title'],
  distinct_on: ['SELECT DISTINCT ON (author) author, title, id FROM api.posts ORDER BY author, id', 'id', 'author'],
  unnested: ["SELECT id, unnest('{1,2}'::int[]) AS n FROM api.users"],
  united: ['SELECT id FROM api.users UNION ALL SELECT id FROM api.posts'],
  limited: ['SELECT id, name FROM api.users ORDER BY name LIMIT 2', 'id'],
  numbered: ['SELECT id, row_number() OVER (ORDER BY id) AS n FROM api.users', 'id'],
  subquery: ['SELECT s.id FROM (SELECT id, author FROM api.posts) s JOIN api.users u ON u.id = s.author', 'id'],
  cte: [
    'WITH s AS (SELECT author, count(*) AS n FROM api.posts GROUP BY author) SELECT u.id, s.n FROM api.users u LEFT JOIN s ON s.author = u.id',
    'id',
  ],
  recursive: ['WITH RECURSIVE s AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM s WHERE n < 3) SELECT n FROM s'],
  lateral_one: [
    'SELECT u.id, l.title FROM api.users u LEFT JOIN LATERAL (SELECT p.title FROM api.posts p WHERE p.author = u.id ORDER BY p.id LIMIT 1) l ON true',
    'id',
  ],
  lateral_many: [
    'SELECT u.id, l.title FROM api.users u LEFT JOIN LATERAL (SELECT p.title FROM api.posts p WHERE p.author = u.id) l ON true',
  ],
  lateral_count: [
    'SELECT u.id, l.n FROM api.users u, LATERAL (SELECT count(*) AS n FROM api.posts p WHERE p.author = u.id) l',
    'id',
  ],
  lateral_id: ['SELECT l.id FROM api.users u, LATERAL (SELECT p.id FROM api.posts p WHERE p.id <= u.id) l'],
  of_heirs: ['SELECT id FROM api.base'],
  of_parent: ['SELECT id FROM ONLY api.base', 'id'],
  of_parted: ['SELECT id FROM api.parted', 'id'],
  of_snapshot: ['SELECT id FROM api.snapshot'],
  cased: ['SELECT u.id FROM api.users u JOIN api.indexed i ON lower(i.c) = u.name'],
  cast_join: ['SELECT p.id FROM api.posts p JOIN api.users u ON u.id = p.author::bigint', 'id'],
}

describe.each([14, 18] as const)('proven keys on PostgreSQL %s', (version) => {
  let server: EmbeddedPostgres
  let client: pg.Client
  let catalog: Catalog
  beforeAll(async () => {
    server = await startPostgres({ version })
    client = new pg.Client({ connectionString: server.uri })
    await client.connect()
    await client.query(tables)
    for (const [name, [query]] of Object.entries(views)) await client.query(`CREATE VIEW api.${name} AS ${query}`)
    catalog = await introspect(client, { schemas: ['api'], roles: [] })
  })
  afterAll(async () => {
    await client?.end()
    await server?.stop()
  })

  const relation = (name: string) => {
    const found = indexCatalog(catalog).relations.get(`api.${name}`)
    if (found === undefined) throw new Error(`There is no ${name}.`)
    return found
  }
  const keysOf = (name: string) => relation(name).keys.map((key) => key.join())

  it.each(Object.entries(views))('of the view %s', (name, [, ...keys]) => {
    expect(keysOf(name).sort()).toEqual([...keys].sort())
  })

  it('of tables: their unique indexes that hold for all rows', () => {
    expect(keysOf('users')).toEqual(['id', 'email'])
    expect([keysOf('base'), keysOf('heir'), keysOf('parted')]).toEqual([[], [], ['id']])
    expect(keysOf('indexed')).toEqual(['e', 'b,c'])
    expect([keysOf('late'), keysOf('snapshot'), keysOf('indexed_snapshot')]).toEqual([['id'], [], ['id']])
    expect(keysOf('foreign_users')).toEqual([])
  })

  it('page by what is never null', () => {
    const pagedBy = (name: string) =>
      keyOfRows(
        relation(name),
        relation(name).columns.map((column) => column.name),
      ).join()
    expect([pagedBy('users'), pagedBy('renamed'), pagedBy('both'), pagedBy('of_many')]).toEqual([
      'id',
      'user_id',
      'id',
      '',
    ])
    expect([pagedBy('late'), pagedBy('indexed'), pagedBy('indexed_snapshot')]).toEqual(['', 'e', ''])
  })

  it('hold in the data, and nothing that is not null has null', async () => {
    for (const { name, keys, columns, view } of catalog.relations.filter(({ schema }) => schema === 'api')) {
      for (const key of keys) {
        const names = key.map(pg.escapeIdentifier)
        const where = key.length === 0 ? '' : `WHERE (${names.join(', ')}) IS NOT NULL GROUP BY ${names.join(', ')}`
        const { rows } = await client.query(
          `SELECT 1 FROM (SELECT count(*) AS n FROM api.${name} ${where}) g WHERE n > 1`,
        )
        expect(rows, `${name}: ${key}`).toEqual([])
      }
      const sure = columns.filter(({ neverNull }, index) => (view ? view.nullable[index] === false : neverNull))
      for (const column of sure) {
        const { rows } = await client.query(`SELECT FROM api.${name} WHERE ${pg.escapeIdentifier(column.name)} IS NULL`)
        expect(rows, `${name}.${column.name}`).toEqual([])
      }
    }
  })

  it('take materialized views and foreign tables at their word for nothing', () => {
    expect(relation('snapshot').view?.nullable).toEqual([true, false, false])
    expect(relation('foreign_users').columns.map(({ neverNull }) => neverNull)).toEqual([false, false])
    expect(relation('base').columns.map(({ neverNull }) => neverNull)).toEqual([true, true])
  })
})
