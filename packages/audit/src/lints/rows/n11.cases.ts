import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N11',
  positive: [
    {
      sql: `CREATE FUNCTION api.be(who text) RETURNS text LANGUAGE sql AS $$ SELECT set_config('app.who', who, true) $$;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT current_setting('app.who', true))); GRANT SELECT ON api.t TO app_user;`,
      object: `api.be(text)`,
    },
  ],
  negative: [
    {
      sql: `CREATE FUNCTION api.be(who text) RETURNS text LANGUAGE sql AS $$ SELECT set_config('app.who', who, true) $$;REVOKE EXECUTE ON FUNCTION api.be(text) FROM PUBLIC;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT current_setting('app.who', true))); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE FUNCTION api.be(who text) RETURNS text LANGUAGE sql AS $$ SELECT set_config('app.theme', who, true) $$;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT current_setting('app.who', true))); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
