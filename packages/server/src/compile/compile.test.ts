import { describe, expect, test } from 'vitest'
import { festivalCache } from '../plan/festival.fixture.js'
import { parsedRequest } from '../plan/parsed.fixture.js'
import { planQuery } from '../plan/plan-query.js'
import { noNames } from '../plan/visible-names.js'
import { compile } from './compile.js'

const cache = festivalCache()

function compiled(request: string, body?: unknown) {
  const options = { maximumRows: null, aggregates: true, explain: true, visible: noNames }
  return compile(planQuery(parsedRequest(request, body), cache, options))
}

/** The part between the frame that every statement has. */
const inner = (request: string, body?: unknown) =>
  /FROM \((.*)\) AS "_postgrest_t"$/s.exec(compiled(request, body).main.text)?.[1]

describe('reads', () => {
  test.each([
    ['/stages', 'SELECT "stages".* FROM "fest"."stages"'],
    [
      '/acts?select=id,n:name&id=eq.1',
      'SELECT "acts"."id", "acts"."name" AS "n" FROM "fest"."acts" WHERE "acts"."id" = $1',
    ],
    ['/acts?select=id&id=not.in.(1,2)', 'SELECT "acts"."id" FROM "fest"."acts" WHERE NOT "acts"."id" = ANY ($1)'],
    ["/acts?select=rider->>it's", `SELECT "acts"."rider"->>'it''s' AS "it's" FROM "fest"."acts"`],
    [
      '/acts?select=id&or=(id.eq.1,not.and(id.gt.2,id.lt.9))',
      'SELECT "acts"."id" FROM "fest"."acts" WHERE ("acts"."id" = $1 OR NOT ("acts"."id" > $2 AND "acts"."id" < $3))',
    ],
    ['/acts?select=id&name=like(any).{a*}', 'SELECT "acts"."id" FROM "fest"."acts" WHERE "acts"."name" LIKE ANY ($1)'],
    ['/acts?select=id&name=is.null', 'SELECT "acts"."id" FROM "fest"."acts" WHERE "acts"."name" IS NULL'],
    [
      '/acts?select=id&name=isdistinct.x',
      'SELECT "acts"."id" FROM "fest"."acts" WHERE "acts"."name" IS DISTINCT FROM $1',
    ],
    [
      '/acts?select=id&name=fts(english).x',
      'SELECT "acts"."id" FROM "fest"."acts" WHERE to_tsvector($1, "acts"."name") @@ to_tsquery($1, $2)',
    ],
    [
      '/acts?select=id&colour=eq.red',
      'SELECT "acts"."id" FROM "fest"."acts" WHERE "acts"."colour" = "fest"."colour"($1::text)',
    ],
    [
      '/acts?select=id&order=name.desc.nullslast&limit=1&offset=2',
      'SELECT "acts"."id" FROM "fest"."acts" ORDER BY "acts"."name" DESC NULLS LAST LIMIT $1 OFFSET $2',
    ],
    [
      '/acts?select=stage_id,id.max()::text',
      'SELECT "acts"."stage_id", CAST(max("acts"."id") AS text) AS "max" FROM "fest"."acts" GROUP BY 1',
    ],
    [
      '/acts?select=id,stages(name)&stages=not.is.null',
      'SELECT "acts"."id", to_json("acts_stages_1".*) AS "stages" FROM "fest"."acts" LEFT JOIN LATERAL (SELECT "stages_1"."name" FROM "fest"."stages" AS "stages_1" WHERE "stages_1"."id" = "acts"."stage_id") AS "acts_stages_1" ON TRUE WHERE ("acts_stages_1" IS DISTINCT FROM NULL)',
    ],
    [
      '/acts?select=people!inner(name)',
      `SELECT coalesce("acts_people_1"."acts_people_1", '[]') AS "people" FROM "fest"."acts" INNER JOIN (SELECT "members_1"."act_id" AS "rolecast_key_1", json_agg("rolecast_all") AS "acts_people_1" FROM "fest"."people" AS "people", "fest"."members" AS "members_1", LATERAL (SELECT "people"."name") AS "rolecast_all" WHERE "members_1"."person_id" = "people"."id" GROUP BY "members_1"."act_id") AS "acts_people_1" ON "acts_people_1"."rolecast_key_1" = "acts"."id"`,
    ],
    [
      '/acts?select=people!inner(name)&id=gt.1',
      `SELECT coalesce("acts_people_1"."acts_people_1", '[]') AS "people" FROM "fest"."acts" INNER JOIN LATERAL (SELECT json_agg("rolecast_all") AS "acts_people_1" FROM (SELECT "people"."name" FROM "fest"."people" AS "people", "fest"."members" AS "members_1" WHERE "members_1"."person_id" = "people"."id" AND "members_1"."act_id" = "acts"."id") AS "rolecast_all") AS "acts_people_1" ON ("acts_people_1"."acts_people_1" IS NOT NULL) WHERE "acts"."id" > $1`,
    ],
    [
      '/acts?select=...stages(stage:name,id.count())',
      'SELECT "acts_stages_1"."stage", count("acts_stages_1"."rolecast_argument_1") AS "count" FROM "fest"."acts" LEFT JOIN LATERAL (SELECT "stages_1"."name" AS "stage", "stages_1"."id" AS "rolecast_argument_1" FROM "fest"."stages" AS "stages_1" WHERE "stages_1"."id" = "acts"."stage_id") AS "acts_stages_1" ON TRUE GROUP BY 1',
    ],
  ])('%s', (request, sql) => {
    expect(inner(request)).toBe(sql)
  })
})

describe('writes', () => {
  test.each([
    [
      'POST /acts',
      { id: 1 },
      'INSERT INTO "fest"."acts"("id") SELECT "pgrst_body"."id" FROM json_to_record($1::json) AS "pgrst_body"("id" integer) RETURNING 1',
    ],
    [
      'POST /acts',
      [{ id: 1 }],
      'INSERT INTO "fest"."acts"("id") SELECT "pgrst_body"."id" FROM json_to_recordset($1::json) AS "pgrst_body"("id" integer) RETURNING 1',
    ],
    [
      'PATCH /acts?id=eq.1',
      { name: 'x' },
      'UPDATE "fest"."acts" SET "name" = "pgrst_body"."name" FROM json_to_record($1::json) AS "pgrst_body"("name" text) WHERE "acts"."id" = $2 RETURNING 1',
    ],
    ['DELETE /acts?id=eq.1', undefined, 'DELETE FROM "fest"."acts" WHERE "acts"."id" = $1 RETURNING 1'],
  ])('%s', (request, body, sql) => {
    expect(compiled(request, body).main.text).toContain(`WITH "pgrst_source" AS (${sql}) SELECT`)
  })

  test('an upsert says what to do with what is there', () => {
    const merge = compiled('POST /acts | | resolution=merge-duplicates', { id: 1, name: 'x' }).main.text
    expect(merge).toContain('ON CONFLICT ("id") DO UPDATE SET "id" = EXCLUDED."id", "name" = EXCLUDED."name"')
    const ignore = compiled('POST /acts | | resolution=ignore-duplicates', { id: 1 }).main.text
    expect(ignore).toContain('ON CONFLICT ("id") DO NOTHING')
  })

  test('defaults are there for what a row leaves out', () => {
    const { text } = compiled('POST /acts?columns=id,name | | missing=default', [{ name: 'x' }]).main
    expect(text).toContain(`jsonb_agg(jsonb_build_object('id', nextval(1)) || item)`)
  })
})

describe('calls', () => {
  test.each([
    ['/rpc/add?a=1', undefined, 'FROM (SELECT "fest"."add"("a" => $1::integer) AS "pgrst_scalar") AS "add"'],
    ['POST /rpc/whole', { any: 1 }, 'FROM (SELECT "fest"."whole"($1::json) AS "pgrst_scalar") AS "whole"'],
    [
      '/rpc/acts_on?stage=1&select=id&id=gt.2',
      undefined,
      'SELECT "acts"."id" FROM "fest"."acts_on"("stage" => $1::integer) AS "acts" WHERE "acts"."id" > $2',
    ],
  ])('%s', (request, body, sql) => {
    expect(compiled(request, body).main.text).toContain(sql)
  })
})

describe('counts and plans', () => {
  test('the total is counted apart where not every row is shown', () => {
    expect(compiled('/acts?limit=1 | | count=exact').main.text).toContain(
      '(SELECT count(*)::text FROM (SELECT 1 FROM "fest"."acts")',
    )
    expect(compiled('/acts | | count=exact').main.text).not.toContain('SELECT 1 FROM')
  })

  test('an estimate is an EXPLAIN', () => {
    expect(compiled('/acts?id=gt.1 | | count=planned').estimate).toEqual({
      text: 'EXPLAIN (FORMAT JSON) SELECT 1 FROM "fest"."acts" WHERE "acts"."id" > $1',
      parameters: [{ from: 'literal', slot: 0, form: 'text' }],
    })
  })

  test('a plan is asked for with its options', () => {
    expect(compiled('/acts | application/vnd.pgrst.plan; options=analyze').main.text).toMatch(
      /^EXPLAIN \(FORMAT TEXT, ANALYZE\) SELECT/,
    )
  })
})
