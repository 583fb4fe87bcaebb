import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'G06',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO app_user WITH GRANT OPTION`,
      object: `api.t`,
      role: 'app_user',
    },
  ],
  negative: [{ sql: `CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO app_user` }],
  nearMiss: [{ sql: `CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO owner WITH GRANT OPTION` }],
}
