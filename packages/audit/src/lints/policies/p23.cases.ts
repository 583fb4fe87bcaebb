import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P23',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING (EXISTS (SELECT FROM api.t o WHERE o.user_id = t.user_id)); GRANT SELECT ON api.t TO app_user;`,
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
      sql: `CREATE FUNCTION api.of(u text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER AS 'BEGIN RETURN EXISTS (SELECT FROM api.t WHERE user_id = u); END';CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING (api.of(user_id)); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
