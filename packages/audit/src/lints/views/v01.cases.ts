import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'V01',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE VIEW api.v  AS SELECT id FROM api.t; GRANT SELECT ON api.v TO app_user;`,
      object: `api.v`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE VIEW api.w  AS SELECT id FROM api.t; CREATE VIEW api.v  AS SELECT id FROM api.w; GRANT SELECT ON api.v TO app_user;`,
      object: `api.v`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE VIEW api.v WITH (security_invoker = true) AS SELECT id FROM api.t; GRANT SELECT ON api.v TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;ALTER TABLE api.t FORCE ROW LEVEL SECURITY; ALTER TABLE api.t OWNER TO owner; CREATE VIEW api.v  AS SELECT id FROM api.t; ALTER VIEW api.v OWNER TO owner; GRANT SELECT ON api.v TO app_user;`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE VIEW api.v  AS SELECT id FROM api.t WHERE user_id = current_user; GRANT SELECT ON api.v TO app_user;`,
    },
  ],
}
