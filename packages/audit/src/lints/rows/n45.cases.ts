import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N45',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, u int); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;CREATE TABLE api.u (id int, t int); ALTER TABLE api.u ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING (EXISTS (SELECT FROM api.u WHERE u.t = t.id)); CREATE POLICY m ON api.u USING (EXISTS (SELECT FROM api.t WHERE t.u = u.id)); GRANT SELECT ON api.t TO app_user; GRANT SELECT ON api.u TO app_user;`,
      object: `api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, u int); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;CREATE TABLE api.u (id int, t int); ALTER TABLE api.u ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING (EXISTS (SELECT FROM api.u WHERE u.t = t.id)); CREATE POLICY m ON api.u USING (id > 1); GRANT SELECT ON api.t TO app_user; GRANT SELECT ON api.u TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, u int); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;CREATE TABLE api.u (id int, t int); ALTER TABLE api.u ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING (EXISTS (SELECT FROM api.u WHERE u.t = t.id)); CREATE POLICY m ON api.u TO anon USING (EXISTS (SELECT FROM api.t WHERE t.u = u.id)); GRANT SELECT ON api.t TO app_user; GRANT SELECT ON api.u TO app_user;`,
    },
  ],
}
