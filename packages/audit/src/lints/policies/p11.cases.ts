import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P11',
  positive: [
    {
      sql: `CREATE TABLE api.m (user_id text, t_id int);CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING (EXISTS (SELECT FROM api.m WHERE m.t_id = t.id)); GRANT SELECT ON api.t TO app_user;`,
      object: `m ON api.t`,
      role: 'app_user',
    },
    {
      sql: `CREATE FUNCTION api.ok(int) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT true'; REVOKE EXECUTE ON FUNCTION api.ok(int) FROM PUBLIC;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING (api.ok(id)); GRANT SELECT ON api.t TO app_user;`,
      object: `m ON api.t`,
      role: 'app_user',
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.m (user_id text, t_id int);CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING (EXISTS (SELECT FROM api.m WHERE m.t_id = t.id)); GRANT SELECT ON api.t TO app_user; GRANT SELECT (t_id) ON api.m TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.m (t_id int); CREATE FUNCTION api.ok(i int) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT EXISTS (SELECT FROM api.m WHERE t_id = i)';CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING (api.ok(id)); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
