import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'F08',
  positive: [
    {
      sql: `CREATE TABLE api.t (a text); CREATE POLICY p ON api.t USING (a = current_setting('request.jwt.claim.sub', true))`,
      object: `p ON api.t`,
    },
    {
      sql: `CREATE FUNCTION api.f() RETURNS text LANGUAGE sql AS $$ SELECT current_setting('request.jwt.clams', true) $$`,
      object: `api.f()`,
    },
    {
      sql: `CREATE FUNCTION api.f() RETURNS text LANGUAGE sql AS $$ SELECT current_setting('request.jwt.claim.sub', true) $$`,
      object: `api.f()`,
    },
  ],
  negative: [
    {
      sql: `CREATE FUNCTION api.f() RETURNS text LANGUAGE sql AS $$ SELECT current_setting('request.jwt.claims', true) $$`,
    },
  ],
  nearMiss: [
    { sql: `CREATE FUNCTION api.f() RETURNS text LANGUAGE sql AS $$ SELECT current_setting('app.tenant', true) $$` },
  ],
}
