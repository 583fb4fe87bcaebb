import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N15',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, shared boolean); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY s ON api.t FOR SELECT USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); CREATE POLICY u ON api.t FOR UPDATE USING (shared); GRANT SELECT, UPDATE ON api.t TO app_user;`,
      object: `u ON api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, shared boolean); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY s ON api.t FOR SELECT USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); CREATE POLICY u ON api.t FOR UPDATE USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT, UPDATE ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, shared boolean); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY s ON api.t FOR SELECT USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); CREATE POLICY u ON api.t FOR UPDATE USING (shared AND user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT, UPDATE ON api.t TO app_user;`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text, shared boolean); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY s ON api.t FOR SELECT USING (true); CREATE POLICY u ON api.t FOR UPDATE USING (shared); GRANT SELECT, UPDATE ON api.t TO app_user;`,
    },
  ],
}
