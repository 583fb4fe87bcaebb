import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P09',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user;`,
      object: `api.t.user_id`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text PRIMARY KEY); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, tenant text); CREATE INDEX ON api.t (tenant); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub') AND tenant = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'tenant')); GRANT SELECT ON api.t TO app_user;`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (lower(user_id) = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub') OR id = 1); GRANT SELECT ON api.t TO app_user;`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub'));`,
    },
  ],
}
