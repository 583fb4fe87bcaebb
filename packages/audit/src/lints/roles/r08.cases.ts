import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R08',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;ALTER TABLE api.t OWNER TO app_user`,
      object: `api.t`,
      role: 'app_user',
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;ALTER TABLE api.t OWNER TO owner; GRANT owner TO app_user`,
      object: `api.t`,
      role: 'app_user',
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;ALTER TABLE api.t OWNER TO owner`,
    },
  ],
  nearMiss: [{ sql: `CREATE SCHEMA p; CREATE TABLE p.t (id int); ALTER TABLE p.t OWNER TO app_user` }],
}
