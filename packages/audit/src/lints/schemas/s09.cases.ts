import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'S09',
  positive: [
    {
      sql: `SET ROLE owner; CREATE FUNCTION api.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; RESET ROLE`,
      object: `owner`,
    },
  ],
  negative: [
    {
      sql: `ALTER DEFAULT PRIVILEGES FOR ROLE owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC; SET ROLE owner; CREATE FUNCTION api.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; RESET ROLE`,
    },
  ],
  nearMiss: [{ sql: `SET ROLE owner; CREATE TABLE api.t (id int); RESET ROLE` }],
}
