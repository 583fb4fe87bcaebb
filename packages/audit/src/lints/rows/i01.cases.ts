import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'I01',
  positive: [
    {
      sql: `CREATE TABLE api.u (id int PRIMARY KEY, name text); CREATE TABLE api.t (id int, u_id int REFERENCES api.u);`,
      object: `api`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.u (id int PRIMARY KEY, name text); CREATE TABLE api.t (id int, u_id int REFERENCES api.u);CREATE INDEX ON api.t (u_id)`,
    },
  ],
  nearMiss: [{ sql: `CREATE TABLE api.t (id int)` }],
}
