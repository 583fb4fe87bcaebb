import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N16',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, shared boolean); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY s ON api.t FOR SELECT USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); CREATE POLICY i ON api.t FOR INSERT WITH CHECK (shared); GRANT SELECT, INSERT ON api.t TO app_user;`,
      object: `i ON api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, shared boolean); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY s ON api.t FOR SELECT USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); CREATE POLICY i ON api.t FOR INSERT WITH CHECK (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT, INSERT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, shared boolean); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY s ON api.t FOR SELECT USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); CREATE POLICY i ON api.t FOR INSERT WITH CHECK (shared); GRANT INSERT ON api.t TO app_user;`,
    },
  ],
}
