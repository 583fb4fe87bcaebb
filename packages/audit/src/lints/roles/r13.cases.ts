import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R13',
  positive: [{ sql: `CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO authenticator`, object: `authenticator` }],
  negative: [{ sql: `CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO anon` }],
  nearMiss: [
    { sql: `CREATE SCHEMA inner_; CREATE TABLE inner_.t (id int); GRANT SELECT ON inner_.t TO authenticator` },
  ],
}
