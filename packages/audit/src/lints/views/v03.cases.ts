import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'V03',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE VIEW api.v  AS SELECT id FROM api.t WHERE user_id = current_user; GRANT SELECT ON api.v TO app_user;`,
      object: `api.v`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE VIEW api.v WITH (security_barrier = true) AS SELECT id FROM api.t WHERE user_id = current_user; GRANT SELECT ON api.v TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE VIEW api.v WITH (security_invoker = true) AS SELECT id FROM api.t WHERE user_id = current_user; GRANT SELECT ON api.v TO app_user;`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE VIEW api.v  AS SELECT id, current_user AS me FROM api.t; GRANT SELECT ON api.v TO app_user;`,
    },
  ],
}
