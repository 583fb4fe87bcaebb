import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P01',
  positive: [
    { sql: `CREATE TABLE api.t (id int, user_id text); GRANT SELECT ON api.t TO anon;`, object: `api.t` },
    { sql: `CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO app_user;`, object: `api.t` },
    {
      sql: `CREATE TABLE api.t (id int);CREATE TABLE api.u (id int); GRANT SELECT ON api.t TO app_user; GRANT SELECT ON api.u TO app_user;`,
      object: `api`,
    },
    {
      sql: `CREATE TABLE api.t (id int, tenant_id text) PARTITION BY LIST (id); GRANT INSERT ON api.t TO anon;`,
      object: `api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [{ sql: `CREATE TABLE api.t (id int, user_id text);` }],
}
