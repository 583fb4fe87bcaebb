import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P13',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY h ON api.t USING (EXTRACT(HOUR FROM now()) BETWEEN 9 AND 17); GRANT SELECT ON api.t TO app_user;`,
      object: `h ON api.t`,
    },
    {
      sql: `CREATE TABLE api.t (id int, day date); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY h ON api.t USING (day <= current_date); GRANT SELECT ON api.t TO app_user;`,
      object: `h ON api.t`,
    },
    {
      sql: `CREATE TABLE api.t (id int, at timestamptz); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY h ON api.t USING (at::date = '2026-01-01'); GRANT SELECT ON api.t TO app_user;`,
      object: `h ON api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, at timestamptz); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY h ON api.t USING (at <= now()); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY h ON api.t USING (EXTRACT(HOUR FROM now() AT TIME ZONE 'UTC') BETWEEN 9 AND 17); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
