import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'V04',
  positive: [
    {
      sql: `CREATE SCHEMA p; CREATE TABLE p.t (id int); CREATE VIEW api.v  AS SELECT id FROM p.t; ALTER VIEW api.v OWNER TO owner; GRANT SELECT ON api.v TO app_user;`,
      object: `api.v`,
    },
  ],
  negative: [
    {
      sql: `CREATE SCHEMA p; CREATE TABLE p.t (id int); GRANT SELECT (id) ON p.t TO owner; CREATE VIEW api.v  AS SELECT id FROM p.t; ALTER VIEW api.v OWNER TO owner; GRANT SELECT ON api.v TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE SCHEMA p; CREATE TABLE p.t (id int); CREATE VIEW api.v WITH (security_invoker = true) AS SELECT id FROM p.t; ALTER VIEW api.v OWNER TO owner; GRANT SELECT ON api.v TO app_user;`,
    },
  ],
}
