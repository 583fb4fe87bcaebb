import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N41',
  positive: [
    {
      sql: `ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA api GRANT EXECUTE ON FUNCTIONS TO anon; SET ROLE owner; CREATE FUNCTION api.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE EXECUTE ON FUNCTION api.f() FROM PUBLIC; RESET ROLE;`,
      object: `api.f()`,
    },
  ],
  negative: [
    {
      sql: `ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA api GRANT EXECUTE ON FUNCTIONS TO anon; SET ROLE owner; CREATE FUNCTION api.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE EXECUTE ON FUNCTION api.f() FROM PUBLIC;REVOKE EXECUTE ON FUNCTION api.f() FROM anon; RESET ROLE;`,
    },
  ],
  nearMiss: [
    {
      sql: `SET ROLE owner; CREATE FUNCTION api.f() RETURNS int LANGUAGE sql AS 'SELECT 1';REVOKE EXECUTE ON FUNCTION api.f() FROM PUBLIC;GRANT EXECUTE ON FUNCTION api.f() TO anon; RESET ROLE;`,
    },
  ],
}
