import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P08',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = current_setting('request.jwt.claims', true)::json ->> 'sub'); GRANT SELECT ON api.t TO app_user;`,
      object: `own ON api.t`,
    },
    {
      sql: `CREATE FUNCTION api.me() RETURNS text LANGUAGE plpgsql STABLE AS 'BEGIN RETURN 1; END';CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = api.me() AND EXISTS (SELECT current_setting('x.y', true))); GRANT SELECT ON api.t TO app_user;`,
      object: `own ON api.t`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY a ON api.t FOR SELECT USING (user_id = current_setting('a.b', true)); CREATE POLICY b ON api.t FOR DELETE USING (user_id = current_setting('a.b', true)); GRANT SELECT, DELETE ON api.t TO app_user;`,
      object: `api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE FUNCTION api.f(i int) RETURNS boolean LANGUAGE plpgsql STABLE AS 'BEGIN RETURN true; END';CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (api.f(id)); GRANT SELECT ON api.t TO app_user;`,
    },
    {
      sql: `CREATE FUNCTION api.dice() RETURNS int LANGUAGE plpgsql VOLATILE AS 'BEGIN RETURN 1; END';CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (id = api.dice()); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
