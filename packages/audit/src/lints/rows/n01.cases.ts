import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N01',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub') OR (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub') IS NULL); GRANT SELECT ON api.t TO app_user;`,
      object: `own ON api.t`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (coalesce((SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'role'), 'admin') = 'admin'); GRANT SELECT ON api.t TO app_user;`,
      object: `own ON api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING ((SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'role') <> 'anon'); GRANT SELECT ON api.t TO app_user;`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (coalesce((SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub'), '') = user_id); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
