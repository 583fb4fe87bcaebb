import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'F02',
  positive: [
    {
      sql: `CREATE FUNCTION api.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`,
      object: `api.f()`,
      role: 'anon',
    },
  ],
  negative: [
    {
      sql: `CREATE FUNCTION api.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'; REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA api FROM PUBLIC`,
    },
  ],
  nearMiss: [{ sql: `CREATE FUNCTION api.f() RETURNS int LANGUAGE sql AS 'SELECT 1'` }],
}
