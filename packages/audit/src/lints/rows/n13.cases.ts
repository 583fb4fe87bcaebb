import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N13',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;CREATE FUNCTION api.n(i int) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT count(*) FROM api.t'; CREATE VIEW api.v WITH (security_invoker = true) AS SELECT 1 AS a, api.n(1) AS n; GRANT SELECT ON api.v TO app_user;`,
      object: `api.v`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;CREATE FUNCTION api.n(i int) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT count(*) FROM api.t'; CREATE VIEW api.v WITH (security_invoker = true) AS SELECT 1 AS a; GRANT SELECT ON api.v TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;CREATE FUNCTION api.n(i int) RETURNS bigint LANGUAGE sql STABLE  AS 'SELECT count(*) FROM api.t'; CREATE VIEW api.v WITH (security_invoker = true) AS SELECT 1 AS a, api.n(1) AS n; GRANT SELECT ON api.v TO app_user;`,
    },
  ],
}
