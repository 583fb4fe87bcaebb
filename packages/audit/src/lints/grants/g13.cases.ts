import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'G13',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, password text); GRANT SELECT ON api.t TO anon`,
      object: `api.t.password`,
      role: 'anon',
    },
  ],
  negative: [{ sql: `CREATE TABLE api.t (id int, compass text); GRANT SELECT ON api.t TO anon` }],
  nearMiss: [{ sql: `CREATE TABLE api.t (id int, password text); GRANT SELECT (id) ON api.t TO anon` }],
}
