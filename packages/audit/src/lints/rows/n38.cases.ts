import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N38',
  positive: [
    {
      sql: `CREATE FUNCTION api.f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION api.f(a text) RETURNS int LANGUAGE sql AS 'SELECT 1';REVOKE EXECUTE ON FUNCTION api.f(text) FROM PUBLIC;`,
      object: `api.f`,
    },
  ],
  negative: [
    {
      sql: `CREATE FUNCTION api.f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION api.f(a text) RETURNS int LANGUAGE sql AS 'SELECT 1';`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE FUNCTION api.g(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';CREATE FUNCTION api.f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION api.f(a text) RETURNS int LANGUAGE sql AS 'SELECT 1';`,
    },
  ],
}
