import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'G10',
  positive: [
    { sql: `CREATE TABLE api.t (id int); GRANT DELETE ON api.t TO app_user`, object: `api.t`, role: 'app_user' },
  ],
  negative: [{ sql: `CREATE TABLE api.t (id int); GRANT DELETE, SELECT ON api.t TO app_user` }],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, a int); GRANT UPDATE ON api.t TO app_user; GRANT SELECT (id) ON api.t TO app_user`,
    },
  ],
}
