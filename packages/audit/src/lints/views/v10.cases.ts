import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'V10',
  positive: [
    {
      sql: `CREATE SCHEMA auth; CREATE TABLE auth.users (id int, email text); CREATE VIEW api.v  AS SELECT id, email FROM auth.users; GRANT SELECT ON api.v TO app_user;`,
      object: `api.v`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE VIEW api.v  AS SELECT id, password AS x FROM api.t; GRANT SELECT ON api.v TO app_user;`,
      object: `api.v`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE VIEW api.v  AS SELECT id FROM api.t; GRANT SELECT ON api.v TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE VIEW api.v WITH (security_invoker = true) AS SELECT id, password AS x FROM api.t; GRANT SELECT ON api.v TO app_user;`,
    },
  ],
}
