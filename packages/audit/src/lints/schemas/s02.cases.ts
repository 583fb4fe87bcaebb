import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'S02',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO app_user; REVOKE USAGE ON SCHEMA api FROM app_user`,
      object: `api`,
      role: 'app_user',
    },
  ],
  negative: [{ sql: `CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO app_user` }],
  nearMiss: [{ sql: `CREATE SCHEMA inner_; CREATE TABLE inner_.t (id int); GRANT SELECT ON inner_.t TO app_user` }],
}
