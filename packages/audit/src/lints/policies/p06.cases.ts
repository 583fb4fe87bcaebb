import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P06',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY open ON api.t FOR INSERT WITH CHECK (true); GRANT INSERT ON api.t TO app_user;`,
      object: `open ON api.t`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY open ON api.t FOR UPDATE USING (id = id); GRANT SELECT, UPDATE ON api.t TO app_user;`,
      object: `open ON api.t`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY open ON api.t FOR DELETE USING ((SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub') IS NOT NULL); GRANT SELECT, DELETE ON api.t TO app_user;`,
      object: `open ON api.t`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY open ON api.t USING ((SELECT true)); GRANT DELETE ON api.t TO app_user;`,
      object: `open ON api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT, UPDATE ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY shut ON api.t FOR DELETE USING (false); GRANT DELETE ON api.t TO app_user;`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY see ON api.t FOR SELECT USING (true); GRANT SELECT ON api.t TO app_user;`,
    },
    {
      sql: `CREATE FUNCTION api.is_admin() RETURNS boolean LANGUAGE sql STABLE AS 'SELECT false';CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY admins ON api.t USING ((SELECT api.is_admin())); GRANT DELETE ON api.t TO app_user;`,
    },
  ],
}
