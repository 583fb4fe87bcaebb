import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R14',
  positive: [{ sql: ``, object: `app_user`, role: 'app_user' }],
  negative: [{ sql: `CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO app_user` }],
  nearMiss: [
    {
      sql: `CREATE FUNCTION api.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION api.f TO app_user`,
    },
  ],
}
