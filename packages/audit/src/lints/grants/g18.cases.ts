import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'G18',
  positive: [
    {
      sql: `CREATE TABLE api.u (id int PRIMARY KEY, name text); CREATE TABLE api.t (id int, u_id int REFERENCES api.u); GRANT SELECT (id) ON api.t TO app_user; GRANT SELECT ON api.u TO app_user;`,
      object: `api.t.u_id`,
      role: 'app_user',
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.u (id int PRIMARY KEY, name text); CREATE TABLE api.t (id int, u_id int REFERENCES api.u); GRANT SELECT ON api.t TO app_user; GRANT SELECT ON api.u TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.u (id int PRIMARY KEY, name text); CREATE TABLE api.t (id int, u_id int REFERENCES api.u); GRANT SELECT (id) ON api.t TO app_user;`,
    },
  ],
}
