import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'F12',
  positive: [
    {
      sql: `CREATE FUNCTION api.h(i int) RETURNS boolean LANGUAGE plpgsql  AS 'BEGIN RETURN true; END';CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON api.t USING (api.h(id)); GRANT SELECT ON api.t TO app_user;`,
      object: `api.h(integer)`,
    },
  ],
  negative: [
    {
      sql: `CREATE FUNCTION api.h(i int) RETURNS boolean LANGUAGE plpgsql STABLE AS 'BEGIN RETURN true; END';CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON api.t USING (api.h(id)); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE FUNCTION api.h(i int) RETURNS boolean LANGUAGE plpgsql  AS 'BEGIN RETURN true; END';CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON api.t USING (id > 0); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
