import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'I02',
  positive: [{ sql: `CREATE TABLE api.t (id int); GRANT INSERT ON api.t TO app_user;`, object: `api.t` }],
  negative: [{ sql: `CREATE TABLE api.t (id int PRIMARY KEY); GRANT INSERT ON api.t TO app_user;` }],
  nearMiss: [{ sql: `CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO app_user;` }],
}
