import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N03',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, shared boolean); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t FOR UPDATE USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); CREATE POLICY shared ON api.t FOR UPDATE USING (shared); GRANT SELECT, UPDATE ON api.t TO app_user;`,
      object: `own ON api.t`,
      role: 'app_user',
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, shared boolean); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t FOR UPDATE USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT, UPDATE ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, shared boolean); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t FOR UPDATE USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); CREATE POLICY shared ON api.t FOR UPDATE USING (shared); GRANT SELECT, UPDATE (id) ON api.t TO app_user;`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text, shared boolean); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t FOR UPDATE USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); CREATE POLICY shared ON api.t FOR UPDATE USING (shared) WITH CHECK (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT, UPDATE ON api.t TO app_user;`,
    },
  ],
}
