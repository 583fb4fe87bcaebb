import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'G01',
  positive: [
    { sql: 'CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO PUBLIC', object: 'api.t' },
    { sql: 'CREATE TABLE api.t (id int, a int); GRANT SELECT (a) ON api.t TO PUBLIC', object: 'api.t' },
  ],
  negative: [{ sql: 'CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO anon' }],
  nearMiss: [{ sql: 'CREATE SCHEMA inner_; CREATE TABLE inner_.t (id int); GRANT SELECT ON inner_.t TO PUBLIC' }],
}
