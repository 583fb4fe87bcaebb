import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'V09',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE VIEW api.v WITH (security_invoker = true) AS SELECT id FROM api.t; GRANT SELECT ON api.v TO app_user;`,
      object: `api.v`,
      role: 'app_user',
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE VIEW api.v WITH (security_invoker = true) AS SELECT id FROM api.t; GRANT SELECT ON api.v TO app_user;GRANT SELECT (id) ON api.t TO app_user`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE VIEW api.v  AS SELECT id FROM api.t; GRANT SELECT ON api.v TO app_user;`,
    },
  ],
}
