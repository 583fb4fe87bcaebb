import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'F03',
  positive: [
    { sql: `CREATE FUNCTION api.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`, object: `api.f()` },
    {
      sql: `CREATE FUNCTION api.f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1'`,
      object: `api.f()`,
    },
  ],
  negative: [
    {
      sql: `CREATE FUNCTION api.f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, api, pg_temp AS 'SELECT 1'`,
    },
  ],
  nearMiss: [{ sql: `CREATE FUNCTION api.f() RETURNS int LANGUAGE sql AS 'SELECT 1'` }],
}
