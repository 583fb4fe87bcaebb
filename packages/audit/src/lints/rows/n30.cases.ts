import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N30',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;ALTER TABLE api.t REPLICA IDENTITY FULL; CREATE PUBLICATION feed FOR TABLE api.t`,
      object: `api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;CREATE PUBLICATION feed FOR TABLE api.t`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;ALTER TABLE api.t REPLICA IDENTITY FULL;`,
    },
  ],
}
