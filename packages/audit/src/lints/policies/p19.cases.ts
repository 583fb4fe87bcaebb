import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P19',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text) PARTITION BY LIST (id); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE TABLE api.p PARTITION OF api.t FOR VALUES IN (1); CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user; GRANT SELECT ON api.p TO app_user;`,
      object: `api.p`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text) PARTITION BY LIST (id); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE TABLE api.p PARTITION OF api.t FOR VALUES IN (1); CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text) PARTITION BY LIST (id); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE TABLE api.p PARTITION OF api.t FOR VALUES IN (1); ALTER TABLE api.p ENABLE ROW LEVEL SECURITY; GRANT SELECT ON api.t TO app_user; GRANT SELECT ON api.p TO app_user;`,
    },
  ],
}
