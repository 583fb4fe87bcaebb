import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'G03',
  positive: [{ sql: `CREATE TABLE api.t (id int); GRANT INSERT ON api.t TO anon`, object: `api.t`, role: 'anon' }],
  negative: [{ sql: `CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO anon` }],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; GRANT UPDATE, SELECT ON api.t TO anon`,
    },
  ],
}
