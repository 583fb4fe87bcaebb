import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'S08',
  positive: [
    {
      sql: `CREATE TABLE api.a (id int); ALTER TABLE api.a OWNER TO owner; CREATE TABLE api.b (id int)`,
      object: `api`,
    },
  ],
  negative: [{ sql: `CREATE TABLE api.a (id int); CREATE TABLE api.b (id int)` }],
  nearMiss: [
    {
      sql: `CREATE TABLE api.a (id int); CREATE SCHEMA inner_; CREATE TABLE inner_.b (id int); ALTER TABLE inner_.b OWNER TO owner`,
    },
  ],
}
