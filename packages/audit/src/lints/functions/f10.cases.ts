import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'F10',
  positive: [
    {
      sql: `CREATE FUNCTION api.sign(a json, b text) RETURNS text LANGUAGE sql AS 'SELECT b'; CREATE FUNCTION api.f() RETURNS text LANGUAGE sql AS $$ SELECT api.sign('{}'::json, 'my very own secret of 32 characters') $$`,
      object: `api.f()`,
    },
  ],
  negative: [
    { sql: `CREATE FUNCTION api.f() RETURNS text LANGUAGE sql AS $$ SELECT 'a text that is no secret at all' $$` },
  ],
  nearMiss: [
    {
      sql: `CREATE FUNCTION api.sign(a json, b text) RETURNS text LANGUAGE sql AS 'SELECT b'; CREATE FUNCTION api.f() RETURNS text LANGUAGE sql AS $$ SELECT api.sign('{}'::json, current_setting('app.secret')) $$`,
    },
  ],
}
