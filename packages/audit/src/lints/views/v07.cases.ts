import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'V07',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE VIEW api.v  AS SELECT id FROM api.t WHERE id > 1; GRANT SELECT, INSERT ON api.v TO app_user;`,
      object: `api.v`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE VIEW api.v  AS SELECT id FROM api.t WHERE id > 1 WITH CASCADED CHECK OPTION; GRANT SELECT, INSERT ON api.v TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE VIEW api.v  AS SELECT id FROM api.t WHERE id > 1; GRANT SELECT ON api.v TO app_user;`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE VIEW api.v  AS SELECT id FROM api.t; GRANT SELECT, INSERT ON api.v TO app_user;`,
    },
  ],
}
