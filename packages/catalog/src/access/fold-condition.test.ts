import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { introspect } from '../introspect/introspect.js'
import { surfaceOf } from '../surface/surface-of.js'

let server: EmbeddedPostgres
let admin: pg.Client
beforeAll(async () => {
  server = await startPostgres({ version: 15 })
  admin = new pg.Client({ connectionString: server.uri })
  await admin.connect()
})
afterAll(async () => {
  await admin?.end()
  await server?.stop()
})

it('a condition that is NULL beside others never lets a row through, one that has an alternative may', async () => {
  const conditions = {
    never: 'NULL::boolean AND a > 0',
    neither: '(NULL::boolean AND a > 0) OR (false AND a > 1)',
    either: '(NULL::boolean AND a > 0) OR a > 1',
    negated: 'NOT (NULL::boolean AND a > 0)',
  }
  await admin.query('CREATE ROLE anon; CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO anon')
  for (const [name, condition] of Object.entries(conditions)) {
    await admin.query(`CREATE TABLE api.${name} (a int); ALTER TABLE api.${name} ENABLE ROW LEVEL SECURITY;
      CREATE POLICY p ON api.${name} USING (${condition}); GRANT ALL ON api.${name} TO anon`)
  }
  const catalog = await introspect(admin, { schemas: ['api'], roles: ['anon'] })
  const { relations } = surfaceOf(catalog, 'anon', { schemas: ['api'] })
  const inserts = relations.map(({ name, insertAlone, verdicts }) => [name, insertAlone, verdicts.select])
  expect(inserts).toEqual([
    ['either', ['a'], 'rows-restricted'],
    ['negated', ['a'], 'rows-restricted'],
    ['neither', [], 'zero-rows'],
    ['never', [], 'zero-rows'],
  ])
})
