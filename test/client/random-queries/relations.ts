import * as fc from 'fast-check'

/** Texts that have to be quoted somewhere between a query and PostgreSQL. */
export const texts = ['a', 'a,b', '(x)', '"q"', 'back\\slash', 'null', '', 'Ä*%', 'a.b:c', '{1}', ' space ', "it's"]

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
const columns = `id int8 NOT NULL, k text NOT NULL, t text, n int4, big int8, num numeric, f float8, doc jsonb, at timestamptz,
  b bool, "w,x.y" int4, author_id int8 NOT NULL REFERENCES api.authors, reviewer_id int8 REFERENCES api.authors`

/** The tables that views are about: nulls and equals in all columns but keys, digits beyond a double's, hostile texts. */
const base = `
  CREATE ROLE authenticator LOGIN NOINHERIT; CREATE ROLE reader; GRANT reader TO authenticator;
  CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO reader;
  CREATE TABLE api.authors (id int8 PRIMARY KEY, name text NOT NULL, rank numeric);
  INSERT INTO api.authors SELECT 9007199254740990 + n, chr(64 + n % 3), nullif(n % 4, 0) FROM generate_series(1, 5) n;
  CREATE TABLE api.things (${columns}, PRIMARY KEY (id));
  INSERT INTO api.things SELECT CASE WHEN n > 9 THEN 9007199254740990 + n ELSE n END, hostile[1 + n % ${texts.length}],
    CASE WHEN n % 3 > 0 THEN hostile[1 + n % 5] END, nullif(n % 5, 0), CASE WHEN n % 4 > 0 THEN 9007199254740992 + n % 3 END,
    CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN 'NaN' ELSE n / 3.0 END, CASE n % 6 WHEN 0 THEN NULL WHEN 1 THEN '-Infinity' WHEN 2 THEN 'NaN' ELSE 0.1 * n END,
    CASE n % 5 WHEN 0 THEN NULL WHEN 1 THEN jsonb_build_object('n', n % 3, 'in', jsonb_build_object('t', n::text)) WHEN 2 THEN jsonb_build_object('n', n::text)
      WHEN 3 THEN '{"n": null}' ELSE '{"n": [9], "in": {"t": "a,b"}}' END,
    CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN 'infinity' ELSE timestamptz '2026-01-01 00:00:00.000001+00' + n % 7 * interval '1 day' END,
    CASE n % 3 WHEN 0 THEN NULL WHEN 1 THEN true ELSE false END, nullif(n % 2, 1), 9007199254740991 + n % 4,
    CASE WHEN n % 3 > 0 THEN 9007199254740991 + n % 5 END
  FROM generate_series(1, 22) n, (SELECT ARRAY[${texts.map(literal)}] AS hostile) h;`

const sources = [
  'api.things x',
  'api.things x JOIN api.authors a ON a.id = x.author_id',
  'api.things x LEFT JOIN api.authors a ON a.id = x.reviewer_id',
  'api.authors a LEFT JOIN api.things x ON x.author_id = a.id',
  'api.authors a LEFT JOIN api.things x ON x.reviewer_id = a.id AND x.n > 2',
  'api.things x FULL JOIN api.authors a ON a.id = x.reviewer_id',
  'api.things x JOIN api.things y ON y.author_id = x.author_id AND y.n = 1',
  'api.things x, generate_series(1, 2) g',
  'api.things x CROSS JOIN LATERAL (SELECT y.id FROM api.things y WHERE y.n = x.n LIMIT 1) l',
  '(SELECT * FROM api.things UNION ALL SELECT * FROM api.things WHERE n > 2) x',
  '(SELECT * FROM api.things UNION SELECT * FROM api.things) x',
  '(SELECT DISTINCT ON (author_id) * FROM api.things ORDER BY author_id, id) x',
  '(SELECT * FROM api.things ORDER BY id LIMIT 9) x',
]
const expressions = [
  "coalesce(x.t, 'none') AS e",
  'x.n > 2 AS e',
  'count(*) OVER () AS e',
  'now() IS NULL AS e',
  'CASE WHEN x.b THEN x.n ELSE 0 END AS e',
  '(SELECT count(*) FROM api.authors) AS e',
  'ARRAY(SELECT a2.name FROM api.authors a2 ORDER BY 1) AS e',
  'nullif(x.k, x.t) AS e',
]
const shown = ['id', 'k', 't', 'n', 'big', 'num', 'f', 'doc', 'at', 'b', '"w,x.y"', 'author_id', 'reviewer_id']
const ends = ['', ' WHERE x.n > 1', ' WHERE x.id IS NOT NULL', ' WHERE x.t IS NOT NULL AND x.b', ' OFFSET 1']

const view = fc
  .record({
    isStored: fc.boolean(),
    source: fc.constantFrom(...sources),
    columns: fc.subarray(shown, { minLength: 2 }),
    expression: fc.option(fc.constantFrom(...expressions), { freq: 2 }),
    isDistinct: fc.boolean(),
    end: fc.constantFrom(...ends),
  })
  .map(({ isStored, source, columns, expression, isDistinct, end }) => (name: string) => {
    const list = [...columns.map((column) => `x.${column}`), ...(expression ? [expression] : [])]
    if (source.includes(' a ')) list.push('a.id AS a_id', 'a.name AS a_name')
    return `CREATE ${isStored ? 'MATERIALIZED ' : ''}VIEW ${name} AS SELECT ${isDistinct ? 'DISTINCT ' : ''}${list} FROM ${source}${end};`
  })

const tables = [
  'PRIMARY KEY (id))',
  'PRIMARY KEY (k, id))',
  'PRIMARY KEY (author_id, "w,x.y", id), CHECK (true))',
  'UNIQUE (id))',
  'UNIQUE (id) DEFERRABLE, UNIQUE (k, id))',
  'CHECK (true))',
]
const partitions = [
  [
    'PRIMARY KEY (id)) PARTITION BY HASH (id)',
    'FOR VALUES WITH (MODULUS 2, REMAINDER 0)',
    'FOR VALUES WITH (MODULUS 2, REMAINDER 1)',
  ],
  ['PRIMARY KEY (id)) PARTITION BY RANGE (id)', 'FOR VALUES FROM (1) TO (9)', 'DEFAULT'],
  ['CHECK (true)) PARTITION BY LIST (b)', 'FOR VALUES IN (true, NULL)', 'DEFAULT'],
  ['PRIMARY KEY (k, id)) PARTITION BY LIST (k)', "FOR VALUES IN ('a', 'a,b')", 'DEFAULT'],
] as const
const filled = (name: string) =>
  `INSERT INTO ${name} SELECT id, k, t, n, big, num, f, doc, at, b, coalesce("w,x.y", 7), author_id, reviewer_id FROM api.things;`

const table = fc
  .constantFrom(...tables)
  .map((keys) => (name: string) => `CREATE TABLE ${name} (${columns}, ${keys}; ${filled(name)}`)
const partitioned = fc.constantFrom(...partitions).map(
  ([keys, ...parts]) =>
    (name: string) =>
      `CREATE TABLE ${name} (${columns}, ${keys}; ${parts.map((part, index) => `CREATE TABLE ${name}_${index} PARTITION OF ${name} ${part};`).join(' ')} ${filled(name)}`,
)

/** A database of the schema `api` that the role `reader` may read: random views, materialized views, partitions and tables. */
export function randomRelations(seed: number): string {
  const kinds = fc.oneof({ weight: 4, arbitrary: view }, table, partitioned)
  const made = fc.sample(kinds, { seed, numRuns: 14 }).map((relation, index) => relation(`api.r${index}`))
  return `${base} ${made.join('\n')} GRANT SELECT ON ALL TABLES IN SCHEMA api TO reader;`
}

/** What repeats a failure: the test's message names it. */
export const seed = Number(process.env.ROLECAST_SEED ?? Math.floor(Math.random() * 2 ** 31))
