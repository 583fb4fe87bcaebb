import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N40',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, secret text); CREATE FUNCTION api.f(wanted int) RETURNS text LANGUAGE sql SECURITY DEFINER AS $$ SELECT secret FROM api.t WHERE id = wanted $$; REVOKE EXECUTE ON FUNCTION api.f FROM PUBLIC; GRANT EXECUTE ON FUNCTION api.f TO app_user`,
      object: `api.f(integer)`,
      role: 'app_user',
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, secret text); CREATE FUNCTION api.f(wanted int) RETURNS text LANGUAGE sql SECURITY DEFINER AS $$ SELECT secret FROM api.t WHERE id = wanted AND secret = current_setting('request.jwt.claims', true) $$`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, secret text); CREATE FUNCTION api.me() RETURNS text LANGUAGE sql AS $$ SELECT current_setting('request.jwt.claims', true) $$; CREATE FUNCTION api.f(wanted int) RETURNS text LANGUAGE sql SECURITY DEFINER AS $$ SELECT secret FROM api.t WHERE id = wanted AND secret = api.me() $$`,
    },
  ],
}
