import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N08',
  positive: [
    {
      sql: `CREATE TABLE api.profiles (id text, is_admin boolean, name text); ALTER TABLE api.profiles ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.profiles USING (id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub'));CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY admins ON api.t USING (EXISTS (SELECT FROM api.profiles p WHERE p.id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub') AND p.is_admin)); GRANT SELECT ON api.t TO app_user; GRANT SELECT, UPDATE ON api.profiles TO app_user;`,
      object: `api.profiles.is_admin`,
      role: 'app_user',
    },
    {
      sql: `CREATE TABLE api.profiles (id text, is_admin boolean, name text); ALTER TABLE api.profiles ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.profiles USING (id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub'));CREATE FUNCTION api.is_admin() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER AS $$ SELECT is_admin FROM api.profiles WHERE id = current_setting('request.jwt.claims', true)::json ->> 'sub' $$;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY a ON api.t USING ((SELECT api.is_admin())); GRANT SELECT ON api.t TO app_user; GRANT SELECT, UPDATE ON api.profiles TO app_user;`,
      object: `api.profiles.is_admin`,
      role: 'app_user',
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.profiles (id text, is_admin boolean, name text); ALTER TABLE api.profiles ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.profiles USING (id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub'));CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY admins ON api.t USING (EXISTS (SELECT FROM api.profiles p WHERE p.id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub') AND p.is_admin)); GRANT SELECT ON api.t TO app_user; GRANT SELECT ON api.profiles TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.profiles (id text, is_admin boolean, name text); ALTER TABLE api.profiles ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.profiles USING (id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub'));CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY admins ON api.t USING (EXISTS (SELECT FROM api.profiles p WHERE p.id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub') AND p.is_admin)); GRANT SELECT ON api.t TO app_user; GRANT SELECT, UPDATE (name) ON api.profiles TO app_user;`,
    },
  ],
}
