import type { LintCases } from '../../lint-cases.fixture.js'

const language = 'CREATE LANGUAGE wild HANDLER plpgsql_call_handler;'
const made = `${language} CREATE FUNCTION api.f() RETURNS int LANGUAGE wild AS 'BEGIN RETURN 1; END';`

export const cases: LintCases = {
  id: 'F05',
  positive: [
    { sql: made, object: 'api.f()' },
    { sql: `CREATE FUNCTION api.g(int) RETURNS int LANGUAGE internal AS 'int4abs'`, object: 'api.g(integer)' },
  ],
  negative: [
    {
      sql: `CREATE TRUSTED LANGUAGE tame HANDLER plpgsql_call_handler; CREATE FUNCTION api.f() RETURNS int LANGUAGE tame AS 'BEGIN RETURN 1; END'`,
    },
  ],
  nearMiss: [{ sql: `${made} REVOKE EXECUTE ON FUNCTION api.f() FROM PUBLIC` }],
}
