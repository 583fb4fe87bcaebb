import { describe, expect, it } from 'vitest'
import { useRoleDatabase } from './role-database.fixture.js'

describe.each([14, 18] as const)('what is never null, and always there, on PostgreSQL %s', (version) => {
  const database = useRoleDatabase(version)

  const nullable = async (sql: string, ...names: string[]) => {
    const surface = await database.relations(sql)
    return names.map((name) =>
      surface('staff', name)?.columns.flatMap((column) => (column.nullable ? [column.name] : [])),
    )
  }

  it('columns of tables whose inheriting tables may have null', async () => {
    const sql = `
      CREATE TABLE api.parents (a int NOT NULL, b int NOT NULL);
      CREATE TABLE api.middle () INHERITS (api.parents);
      CREATE TABLE api.leaves (c int) INHERITS (api.middle);
      ${version < 18 ? 'ALTER TABLE api.leaves ALTER a DROP NOT NULL' : ''};
      ${version < 18 ? '' : 'ALTER TABLE api.parents ALTER a DROP NOT NULL; ALTER TABLE api.parents ADD NOT NULL a NO INHERIT'};
      CREATE VIEW api.of_parents AS SELECT a, b FROM api.parents;
      INSERT INTO api.leaves VALUES (NULL, 1, 1)`
    expect(await nullable(sql, 'parents', 'leaves', 'of_parents')).toEqual([['a'], ['a', 'c'], ['a']])
    expect(await database.says('staff', 'INSERT INTO api.parents VALUES (NULL, 1)')).toBe('23502')
  })

  it('partitions have no null where the partitioned table has none', async () => {
    const sql = `
      CREATE TABLE api.parted (a int NOT NULL, b int, PRIMARY KEY (a)) PARTITION BY RANGE (a);
      CREATE TABLE api.part PARTITION OF api.parted DEFAULT`
    expect(await nullable(sql, 'parted', 'part')).toEqual([['b'], ['b']])
  })

  it('a NOT NULL domain says nothing of the nullable side of a join', async () => {
    const sql = `
      CREATE DOMAIN api.word AS text NOT NULL; CREATE DOMAIN api.short AS api.word;
      CREATE TABLE api.words (id int PRIMARY KEY, w api.word, s api.short);
      CREATE FUNCTION api.no_word() RETURNS api.word LANGUAGE sql AS 'SELECT w FROM api.words WHERE false';
      GRANT EXECUTE ON FUNCTION api.no_word TO staff;
      CREATE VIEW api.joined AS SELECT a.w, b.w AS other, b.s, 'x'::api.word AS x, api.no_word() AS none,
        (SELECT w FROM api.words WHERE false) AS nothing FROM api.words a LEFT JOIN api.words b ON b.id = a.id + 1;
      INSERT INTO api.words VALUES (1, 'a', 'b')`
    expect(await nullable(sql, 'words', 'joined')).toEqual([[], ['other', 's', 'none', 'nothing']])
    expect(await database.says('staff', 'INSERT INTO api.words (id) VALUES (2)')).toBe('23502')
  })

  it('what an expression of a view makes of what is there', async () => {
    const sure = {
      coalesced: "coalesce(x, 'q')",
      chosen: 'coalesce(x, y, s)',
      tested: 'x IS NULL',
      truth: '(n > 1) IS TRUE',
      differs: 'x IS DISTINCT FROM y',
      found: 'EXISTS (SELECT FROM api.facts f WHERE f.n = facts.n)',
      listed: 'ARRAY(SELECT f.x FROM api.facts f)',
      made: 'ARRAY[x, y]',
      moment: 'now()',
      today: 'current_date',
      compared: 'n >= 2',
      two: "n > 1 AND s <> 'a'",
      one_of: "s IN ('a', 'b')",
      cast_up: 'n::bigint',
      cast_text: 'n::text',
      cast_short: 's::varchar(10)',
      sum_up: 'n + 1',
      joined: "s || '!'",
      upper_case: 'upper(s)',
      cased: "CASE WHEN x = 'a' THEN s ELSE 'none' END",
      counted: '(SELECT count(*) FROM api.facts f)',
      least_of: 'least(n, 5)',
      document: "json_build_object('x', x)",
      numbered: 'row_number() OVER ()',
    }
    const unsure = {
      maybe: 'coalesce(x, y)',
      compared_null: "x = 'a'",
      either: "n > 1 OR x = 'a'",
      no_else: 'CASE WHEN n = 1 THEN s END',
      other_else: 'CASE WHEN n = 1 THEN s ELSE x END',
      looked_up: '(SELECT f.s FROM api.facts f WHERE f.n = 7)',
      nulled: 'nullif(s, s)',
      key_of: "j ->> 'a'",
      list_with_null: "s IN ('a', NULL)",
      of_json: version >= 18 ? 'j::text::jsonb::int' : 'NULL::int',
      time_of: "('infinity'::timestamp)::time",
      bound: "lower('empty'::int4range)",
      concatenated: "x || '!'",
      summed: '(SELECT sum(f.n) FROM api.facts f WHERE false)',
    }
    const all = { ...sure, ...unsure }
    const columns = Object.entries(all).map(([name, expression]) => `${expression} AS ${name}`)
    const sql = `
      CREATE TABLE api.facts (n int NOT NULL, s text NOT NULL, x text, y text, j jsonb NOT NULL);
      INSERT INTO api.facts VALUES (1, 'a', NULL, NULL, 'null'), (2, 'b', 'a', NULL, '1');
      CREATE VIEW api.of_facts AS SELECT ${columns.join(', ')} FROM api.facts;
      CREATE VIEW api.not_null_facts AS SELECT x, y FROM api.facts WHERE x IS NOT NULL AND n > 0;
      CREATE VIEW api.grouped_facts AS SELECT s, max(n) AS most, array_agg(x) AS xs, max(x) AS x FROM api.facts GROUP BY s;
      CREATE VIEW api.all_facts AS SELECT s AS a, s AS b FROM api.facts UNION ALL SELECT s, x FROM api.facts`
    expect(await nullable(sql, 'of_facts', 'not_null_facts', 'grouped_facts', 'all_facts')).toEqual([
      Object.keys(unsure),
      ['y'],
      ['x'],
      ['b'],
    ])
    for (const name of Object.keys(sure)) {
      expect(`${name} ${await database.says('staff', `SELECT 1 / (${name} IS NOT NULL)::int FROM api.of_facts`)}`).toBe(
        `${name} 00000`,
      )
    }
  })

  const inNew = version === 18 ? it : () => {} // what older versions do not have

  inNew('columns whose NOT NULL is not validated', async () => {
    const sql = `
      CREATE TABLE api.late (a int, b int); INSERT INTO api.late VALUES (NULL, 1);
      ALTER TABLE api.late ADD CONSTRAINT late_a NOT NULL a NOT VALID, ALTER b SET NOT NULL;
      CREATE VIEW api.of_late AS SELECT a, b FROM api.late`
    expect(await nullable(sql, 'late', 'of_late')).toEqual([['a'], ['a']])
    expect((await database.relations(''))('staff', 'late')?.required).toEqual(['a', 'b'])
    expect(await nullable('ALTER TABLE api.late VALIDATE CONSTRAINT late_a', 'late').catch(String)).toMatch(
      /null values/,
    )
    expect(
      await nullable(`UPDATE api.late SET a = 1; ALTER TABLE api.late VALIDATE CONSTRAINT late_a`, 'late'),
    ).toEqual([[]])
  })

  const mayLack = async (sql: string, ...names: string[]) => {
    const surface = await database.relations(sql)
    return names.map((name) =>
      surface('staff', name)?.relationships.map(({ target, nullable }) => (nullable ? `${target.name}?` : target.name)),
    )
  }

  it('rows of a key that holds lead somewhere, of one that does not they may not', async () => {
    const sql = `
      CREATE TABLE api.goals (id int PRIMARY KEY);
      CREATE TABLE api.sure (goal int NOT NULL REFERENCES api.goals);
      CREATE TABLE api.unsure (goal int NOT NULL); INSERT INTO api.unsure VALUES (0);
      ALTER TABLE api.unsure ADD FOREIGN KEY (goal) REFERENCES api.goals NOT VALID;
      CREATE VIEW api.of_sure AS SELECT goal FROM api.sure; CREATE VIEW api.of_unsure AS SELECT goal FROM api.unsure;
      CREATE MATERIALIZED VIEW api.once AS SELECT goal FROM api.sure;
      CREATE TABLE api.bases (goal int NOT NULL REFERENCES api.goals);
      CREATE TABLE api.heirs () INHERITS (api.bases); INSERT INTO api.heirs VALUES (0)`
    expect(await mayLack(sql, 'sure', 'unsure', 'of_sure', 'of_unsure', 'once', 'bases', 'heirs')).toEqual([
      ['goals'],
      ['goals?'],
      ['goals'],
      ['goals?'],
      ['goals?'],
      ['goals?'],
      [],
    ])
    expect(
      await mayLack('DELETE FROM api.unsure; ALTER TABLE api.unsure VALIDATE CONSTRAINT unsure_goal_fkey', 'unsure'),
    ).toEqual([['goals']])
  })

  it('a view that joins a table with itself pairs what no row of a key does', async () => {
    const sql = `
      CREATE TABLE api.places (x int, y int, PRIMARY KEY (x, y));
      CREATE TABLE api.marks (x int NOT NULL, y int NOT NULL, FOREIGN KEY (x, y) REFERENCES api.places);
      CREATE VIEW api.pairs AS SELECT a.x, b.y FROM api.marks a, api.marks b`
    expect(await mayLack(sql, 'marks', 'pairs')).toEqual([['places'], ['places?']])
  })

  it('partitions keep the key of the partitioned table', async () => {
    const sql = `
      CREATE TABLE api.ends (id int PRIMARY KEY);
      CREATE TABLE api.ways (id int NOT NULL REFERENCES api.ends) PARTITION BY RANGE (id);
      CREATE TABLE api.ways_all PARTITION OF api.ways DEFAULT`
    expect(await mayLack(sql, 'ways')).toEqual([['ends']])
  })

  inNew('keys that are not enforced, and keys of periods', async () => {
    const sql = `
      CREATE TABLE api.targets (id int PRIMARY KEY);
      CREATE TABLE api.loose (target int NOT NULL REFERENCES api.targets NOT ENFORCED); INSERT INTO api.loose VALUES (0);
      CREATE TABLE api.stays (room int4range, nights int4range, PRIMARY KEY (room, nights WITHOUT OVERLAPS));
      INSERT INTO api.stays VALUES ('[1,2)', '[1,9)');
      CREATE TABLE api.meals (room int4range NOT NULL, nights int4range NOT NULL,
        FOREIGN KEY (room, PERIOD nights) REFERENCES api.stays (room, PERIOD nights));
      INSERT INTO api.meals VALUES ('[1,2)', '[2,3)')`
    expect(await mayLack(sql, 'loose', 'meals')).toEqual([['targets?'], ['stays?']])
  })
})
