import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'G02',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, cost int); GRANT SELECT ON api.t TO anon; GRANT SELECT (id) ON api.t TO anon`,
      object: `api.t`,
      role: 'anon',
    },
  ],
  negative: [{ sql: `CREATE TABLE api.t (id int, cost int); GRANT SELECT (id) ON api.t TO anon` }],
  nearMiss: [
    { sql: `CREATE TABLE api.t (id int, cost int); GRANT INSERT ON api.t TO anon; GRANT SELECT (id) ON api.t TO anon` },
  ],
}
