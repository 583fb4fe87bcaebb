import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'S03',
  positive: [{ sql: ``, object: `api`, role: 'app_user' }],
  negative: [{ sql: `CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO anon, app_user` }],
  nearMiss: [
    {
      sql: `CREATE FUNCTION api.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION api.f TO anon, app_user`,
    },
  ],
}
