import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'G05',
  positive: [{ sql: `CREATE TABLE api.t (id int); GRANT ALL ON api.t TO app_user`, object: `api.t`, role: 'app_user' }],
  negative: [{ sql: `CREATE TABLE api.t (id int); GRANT SELECT, INSERT, UPDATE, DELETE ON api.t TO app_user` }],
  nearMiss: [{ sql: `CREATE TABLE api.t (id int); GRANT ALL ON api.t TO owner` }],
}
