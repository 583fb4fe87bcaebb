import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N25',
  positive: [
    {
      sql: `CREATE FUNCTION api.who() RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN IF current_setting('app.who', true) IS NULL THEN RAISE 'no'; END IF; RETURN current_setting('app.who', true); END $$;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY a ON api.t USING (user_id = (SELECT api.who())); CREATE POLICY b ON api.t FOR SELECT USING (user_id = (SELECT current_setting('app.who', true))); GRANT SELECT ON api.t TO app_user;`,
      object: `b ON api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE FUNCTION api.who() RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN IF current_setting('app.who', true) IS NULL THEN RAISE 'no'; END IF; RETURN current_setting('app.who', true); END $$;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY a ON api.t USING (user_id = (SELECT api.who())); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE FUNCTION api.who() RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN IF current_setting('app.who', true) IS NULL THEN RAISE 'no'; END IF; RETURN current_setting('app.who', true); END $$;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY b ON api.t FOR SELECT USING (user_id = (SELECT current_setting('app.who', true))); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
