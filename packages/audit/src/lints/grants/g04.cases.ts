import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'G04',
  positive: [
    { sql: `CREATE TABLE api.t (id int); GRANT TRUNCATE ON api.t TO app_user`, object: `api.t`, role: 'app_user' },
    {
      sql: `CREATE TABLE api.t (id int); CREATE TABLE api.u (id int); GRANT ALL ON api.t, api.u TO app_user`,
      object: `app_user`,
      role: 'app_user',
    },
    {
      sql: `CREATE ROLE reader; GRANT reader TO anon, app_user; CREATE TABLE api.t (id int); CREATE TABLE api.u (id int); GRANT TRUNCATE ON api.t, api.u TO reader`,
      object: `reader`,
      role: 'reader',
    },
    { sql: `CREATE TABLE api.t (id int); GRANT TRIGGER ON api.t TO PUBLIC`, object: `api.t` },
  ],
  negative: [{ sql: `CREATE TABLE api.t (id int); GRANT SELECT, INSERT, UPDATE, DELETE ON api.t TO app_user` }],
  nearMiss: [{ sql: `CREATE TABLE api.t (id int); GRANT TRUNCATE ON api.t TO owner` }],
}
