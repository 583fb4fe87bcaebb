import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'F01',
  positive: [
    { sql: `CREATE FUNCTION api.f() RETURNS int LANGUAGE sql AS 'SELECT 1'`, object: `api.f()` },
    {
      sql: `CREATE FUNCTION api.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION api.g() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
      object: `api`,
    },
  ],
  negative: [
    {
      sql: `CREATE FUNCTION api.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE EXECUTE ON FUNCTION api.f FROM PUBLIC; GRANT EXECUTE ON FUNCTION api.f TO anon`,
    },
  ],
  nearMiss: [{ sql: `CREATE FUNCTION api.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'` }],
}
