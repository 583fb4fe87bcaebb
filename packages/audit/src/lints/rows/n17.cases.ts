import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N17',
  positive: [
    {
      sql: `CREATE TABLE api.t (a int, b int); GRANT SELECT (a), INSERT ON api.t TO app_user;`,
      object: `api.t`,
      role: 'app_user',
    },
  ],
  negative: [{ sql: `CREATE TABLE api.t (a int, b int); GRANT SELECT, INSERT ON api.t TO app_user;` }],
  nearMiss: [{ sql: `CREATE TABLE api.t (a int, b int); GRANT INSERT ON api.t TO app_user;` }],
}
