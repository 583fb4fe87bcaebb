import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R23',
  positive: [
    {
      sql: `CREATE ROLE lost; GRANT USAGE ON SCHEMA api TO lost; CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO lost`,
      object: `lost`,
    },
  ],
  negative: [{ sql: `CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO app_user` }],
  nearMiss: [
    {
      sql: `CREATE ROLE lost; GRANT lost TO app_user; GRANT USAGE ON SCHEMA api TO lost; CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO lost`,
    },
    {
      sql: `CREATE ROLE job LOGIN; GRANT USAGE ON SCHEMA api TO job; CREATE TABLE api.t (id int); GRANT SELECT ON api.t TO job`,
    },
  ],
}
