import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'V05',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE MATERIALIZED VIEW api.v AS SELECT id FROM api.t; GRANT SELECT ON api.v TO app_user;`,
      object: `api.v`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE MATERIALIZED VIEW api.v AS SELECT id FROM api.t; GRANT SELECT ON api.v TO app_user;`,
      object: `api.v`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE VIEW api.v  AS SELECT id FROM api.t; GRANT SELECT ON api.v TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE MATERIALIZED VIEW api.v AS SELECT id FROM api.t;`,
    },
  ],
}
