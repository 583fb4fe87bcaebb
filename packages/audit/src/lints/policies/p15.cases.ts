import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P15',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY h ON api.t USING (user_id = (SELECT current_setting('request.headers', true)::json ->> 'x-user')); GRANT SELECT ON api.t TO app_user;`,
      object: `h ON api.t`,
    },
    {
      sql: `CREATE FUNCTION api.h() RETURNS text LANGUAGE sql STABLE AS $$ SELECT current_setting('request.cookies', true) $$;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY h ON api.t USING (user_id = (SELECT api.h())); GRANT SELECT ON api.t TO app_user;`,
      object: `h ON api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING ((SELECT current_setting('request.method', true)) = 'GET'); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
