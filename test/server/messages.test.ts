import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Festival, openFestival } from './festival.js'

let festival: Festival
beforeAll(async () => {
  festival = await openFestival({
    dbPlanEnabled: true,
    dbExtraSearchPath: ['public'],
    prepare: `
      CREATE DOMAIN fest."text/xml" AS xml;
      CREATE FUNCTION fest.written(text) RETURNS fest."text/xml" LANGUAGE sql STABLE AS $$ SELECT $1::xml $$;
      CREATE FUNCTION fest.meant(b integer, z integer DEFAULT 1, c text DEFAULT '') RETURNS text LANGUAGE sql AS $$ SELECT '3' $$;
      CREATE FUNCTION fest.meant(b integer, a text DEFAULT '') RETURNS text LANGUAGE sql AS $$ SELECT '2a' $$;
      CREATE FUNCTION fest.meant(b integer, "Z" json DEFAULT '1') RETURNS text LANGUAGE sql AS $$ SELECT '2Z' $$;
      CREATE FUNCTION fest.meant(b integer) RETURNS text LANGUAGE sql AS $$ SELECT '1' $$;
      COMMENT ON FUNCTION fest.meant(integer, text) IS 'with a comment';`,
  })
})
afterAll(() => festival?.close())

test.each(['abc.def.ghi', 'Zm9v.Zm9v.Zm9v', '!!!.???.***', '..'])('%s is no token', async (token) => {
  const answer = await festival.ask('/stages', { headers: { Authorization: `Bearer ${token}` } })
  expect([answer.status, answer.json]).toEqual([
    401,
    { code: 'PGRST301', details: null, hint: null, message: 'JWT cryptographic operation failed' },
  ])
})

test('candidates come with fewer parameters first, then without a comment', async () => {
  const answer = await festival.ask('/rpc/meant?b=1')
  expect(answer.json).toMatchObject({
    code: 'PGRST203',
    message:
      'Could not choose the best candidate function between: fest.meant(b => integer), ' +
      'fest.meant(b => integer, Z => json), fest.meant(b => integer, a => text), ' +
      'fest.meant(b => integer, z => integer, c => text)',
  })
})

describe('the settings of an explanation', () => {
  test.each(['text', 'json'])('as %s', async (format) => {
    const headers = { Accept: `application/vnd.pgrst.plan+${format}; options=settings` }
    const answer = await festival.ask('/stages', { headers })
    expect(answer.text).toContain(format === 'text' ? `'"fest", "public"'` : String.raw`"\"fest\", \"public\""`)
    expect(answer.text).not.toContain('pg_temp')
  })
})

test.each([
  ['<?xml version="1.0" encoding="UTF-8"?>\n<a/>', '<a/>'],
  ['\n<a/>', '<a/>'],
  ['<?xml version="1.0" standalone="yes"?><a/>', '<?xml version="1.0" standalone="yes"?><a/>'],
  ['<a>é</a>', '<a>é</a>'],
])('the body of %j begins where the value begins', async (body, text) => {
  const headers = { Accept: 'text/xml', 'Content-Type': 'text/plain' }
  const answer = await festival.ask('POST /rpc/written', { headers, body })
  expect([answer.status, answer.text]).toEqual([200, text])
})
