import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N36',
  positive: [
    {
      sql: `CREATE FUNCTION api.f() RETURNS name LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT current_user';`,
      object: `api.f()`,
    },
  ],
  negative: [{ sql: `CREATE FUNCTION api.f() RETURNS name LANGUAGE sql STABLE  AS 'SELECT current_user';` }],
  nearMiss: [
    {
      sql: `CREATE FUNCTION api.f() RETURNS name LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT current_user';REVOKE EXECUTE ON FUNCTION api.f() FROM PUBLIC;`,
    },
  ],
}
