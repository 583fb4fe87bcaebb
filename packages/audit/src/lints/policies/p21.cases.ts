import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P21',
  positive: [
    {
      sql: `CREATE ROLE boss; GRANT boss TO authenticator; GRANT USAGE ON SCHEMA api TO boss;CREATE TABLE api.t (id int, tenant_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t TO app_user USING (tenant_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); CREATE POLICY all_of_it ON api.t TO boss USING (true); GRANT SELECT ON api.t TO app_user, boss;`,
      object: `all_of_it ON api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, tenant_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t TO app_user USING (tenant_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, tenant_id text, is_public boolean); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (tenant_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); CREATE POLICY open ON api.t FOR SELECT USING (is_public); GRANT SELECT ON api.t TO app_user;`,
    },
    {
      sql: `CREATE TABLE api.t (id int, tenant_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY floor ON api.t AS RESTRICTIVE USING (tenant_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); CREATE POLICY own ON api.t USING (tenant_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); CREATE POLICY a ON api.t FOR SELECT USING (true); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
