import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P18',
  positive: [
    {
      sql: `CREATE ROLE app LOGIN;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); ALTER TABLE api.t OWNER TO app;`,
      object: `api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE ROLE app LOGIN;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); ALTER TABLE api.t OWNER TO app; ALTER TABLE api.t FORCE ROW LEVEL SECURITY;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub'));`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); ALTER TABLE api.t OWNER TO owner;`,
    },
  ],
}
