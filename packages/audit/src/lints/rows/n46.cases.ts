import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N46',
  positive: [
    {
      sql: `CREATE FUNCTION api.me() RETURNS text LANGUAGE sql STABLE AS $$ SELECT current_setting('a.b', true) $$; CREATE FUNCTION api.low() RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN lower(api.me()); END $$;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON api.t USING (user_id = api.low()); GRANT SELECT ON api.t TO app_user;`,
      object: `api.low()`,
    },
  ],
  negative: [
    {
      sql: `CREATE FUNCTION api.me() RETURNS text LANGUAGE sql STABLE AS $$ SELECT current_setting('a.b', true) $$; CREATE FUNCTION api.low() RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN lower(api.me()); END $$;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON api.t USING (user_id = api.low()); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE FUNCTION api.me() RETURNS text LANGUAGE sql STABLE AS $$ SELECT current_setting('a.b', true) $$; CREATE FUNCTION api.low() RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN lower(api.me()); END $$;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
