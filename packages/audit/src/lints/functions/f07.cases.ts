import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'F07',
  positive: [
    {
      sql: `CREATE FUNCTION api.f() RETURNS text LANGUAGE sql AS $$ SELECT set_config('app.user', 'x', false) $$`,
      object: `api.f()`,
    },
  ],
  negative: [
    { sql: `CREATE FUNCTION api.f() RETURNS text LANGUAGE sql AS $$ SELECT set_config('app.user', 'x', true) $$` },
  ],
  nearMiss: [
    {
      sql: `CREATE FUNCTION api.f() RETURNS text LANGUAGE sql SET app.x = '1' AS $$ SELECT current_setting('app.user', true) $$`,
    },
  ],
}
