import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'F04',
  positive: [
    { sql: `CREATE FUNCTION api.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`, object: `api.f()` },
  ],
  negative: [
    {
      sql: `CREATE FUNCTION api.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'; ALTER FUNCTION api.f() OWNER TO owner`,
    },
  ],
  nearMiss: [{ sql: `CREATE FUNCTION api.f() RETURNS int LANGUAGE sql AS 'SELECT 1'` }],
}
