import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N29',
  positive: [
    { sql: `CREATE TABLE api.t (id int PRIMARY KEY); CREATE PUBLICATION feed FOR TABLE api.t`, object: `feed` },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;CREATE PUBLICATION feed FOR TABLE api.t`,
    },
  ],
  nearMiss: [
    { sql: `CREATE TABLE api.t (id int PRIMARY KEY); CREATE PUBLICATION feed FOR TABLE api.t WHERE (id > 1)` },
  ],
}
