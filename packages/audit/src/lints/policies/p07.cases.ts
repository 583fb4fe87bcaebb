import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P07',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t FOR UPDATE USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')) WITH CHECK (true); GRANT SELECT, UPDATE ON api.t TO app_user;`,
      object: `own ON api.t`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t FOR ALL USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')) WITH CHECK (id > 0); GRANT SELECT, UPDATE (user_id) ON api.t TO app_user;`,
      object: `own ON api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t FOR UPDATE USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT, UPDATE ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t FOR UPDATE USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')) WITH CHECK (id > 0); GRANT SELECT, UPDATE (id) ON api.t TO app_user;`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t FOR UPDATE USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')) WITH CHECK (true); CREATE POLICY floor ON api.t AS RESTRICTIVE USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT, UPDATE ON api.t TO app_user;`,
    },
  ],
}
