import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N12',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t TO app_user USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); CREATE POLICY all_of_it ON api.t TO owner USING (true); GRANT SELECT ON api.t TO app_user;GRANT SELECT ON api.t TO owner; CREATE VIEW api.v  AS SELECT id FROM api.t; ALTER VIEW api.v OWNER TO owner; GRANT SELECT ON api.v TO app_user;`,
      object: `api.v`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t TO app_user USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); CREATE POLICY all_of_it ON api.t TO owner USING (true); GRANT SELECT ON api.t TO app_user;GRANT SELECT ON api.t TO owner; CREATE VIEW api.v WITH (security_invoker = true) AS SELECT id FROM api.t; ALTER VIEW api.v OWNER TO owner; GRANT SELECT ON api.v TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user;GRANT SELECT ON api.t TO owner; CREATE VIEW api.v  AS SELECT id FROM api.t; ALTER VIEW api.v OWNER TO owner; GRANT SELECT ON api.v TO app_user;`,
    },
  ],
}
