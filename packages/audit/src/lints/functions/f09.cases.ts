import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'F09',
  positive: [
    {
      sql: `CREATE TABLE api.t (a text); CREATE POLICY p ON api.t USING (a = current_setting('request.jwt.claims', true)::json ->> 'sub')`,
      object: `p ON api.t`,
    },
    {
      sql: `CREATE FUNCTION api.f() RETURNS text LANGUAGE sql AS $$ SELECT current_setting('request.jwt.claims', true)::json ->> 'sub' $$`,
      object: `api.f()`,
    },
    {
      sql: `CREATE FUNCTION api.f() RETURNS text LANGUAGE sql AS $$ SELECT current_setting('request.jwt.claims') $$`,
      object: `api.f()`,
    },
  ],
  negative: [
    {
      sql: `CREATE FUNCTION api.f() RETURNS text LANGUAGE sql AS $$ SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub' $$`,
    },
  ],
  nearMiss: [{ sql: `CREATE FUNCTION api.f() RETURNS text LANGUAGE sql AS $$ SELECT current_setting('app.user') $$` }],
}
