import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'F13',
  positive: [
    { sql: `CREATE FUNCTION api.f(a int) RETURNS int LANGUAGE sql LEAKPROOF AS 'SELECT a'`, object: `api.f(integer)` },
  ],
  negative: [{ sql: `CREATE FUNCTION api.f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'` }],
  nearMiss: [{ sql: `CREATE FUNCTION api.f(a int) RETURNS int LANGUAGE sql IMMUTABLE STRICT AS 'SELECT a'` }],
}
