import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'F11',
  positive: [
    {
      sql: `CREATE FUNCTION api.f() RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT current_setting('request.jwt.claims', true) $$`,
      object: `api.f()`,
    },
    {
      sql: `CREATE FUNCTION api.f() RETURNS name LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN current_user; END $$`,
      object: `api.f()`,
    },
  ],
  negative: [{ sql: `CREATE FUNCTION api.f(a int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT a + 1 $$` }],
  nearMiss: [
    {
      sql: `CREATE FUNCTION api.f() RETURNS text LANGUAGE sql STABLE AS $$ SELECT current_setting('request.jwt.claims', true) $$`,
    },
  ],
}
