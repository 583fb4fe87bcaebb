import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N24',
  positive: [
    {
      sql: `CREATE ROLE authenticated; GRANT authenticated TO authenticator; GRANT USAGE ON SCHEMA api TO authenticated; CREATE SCHEMA auth; CREATE TABLE auth.users (id int, is_anonymous boolean);CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t TO authenticated USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO authenticated;`,
      object: `authenticated`,
      role: 'authenticated',
    },
  ],
  negative: [
    {
      sql: `CREATE ROLE authenticated; GRANT authenticated TO authenticator; GRANT USAGE ON SCHEMA api TO authenticated; CREATE SCHEMA auth; CREATE TABLE auth.users (id int);CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t TO authenticated USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO authenticated;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE ROLE authenticated; GRANT authenticated TO authenticator; GRANT USAGE ON SCHEMA api TO authenticated; CREATE SCHEMA auth; CREATE TABLE auth.users (id int, is_anonymous boolean);CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t TO authenticated USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); CREATE POLICY real ON api.t AS RESTRICTIVE USING ((SELECT current_setting('request.jwt.claims', true)::json ->> 'is_anonymous') = 'false'); GRANT SELECT ON api.t TO authenticated;`,
    },
  ],
}
