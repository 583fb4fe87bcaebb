import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'G11',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int PRIMARY KEY, a int); GRANT SELECT, INSERT, UPDATE (a) ON api.t TO app_user;`,
      object: `api.t`,
      role: 'app_user',
    },
  ],
  negative: [
    { sql: `CREATE TABLE api.t (id int PRIMARY KEY, a int); GRANT SELECT, INSERT, UPDATE ON api.t TO app_user;` },
  ],
  nearMiss: [{ sql: `CREATE TABLE api.t (id int PRIMARY KEY, a int); GRANT SELECT, INSERT ON api.t TO app_user;` }],
}
