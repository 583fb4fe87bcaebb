import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N06',
  positive: [
    {
      sql: `CREATE TABLE api.m (t_id int, user_id text); ALTER TABLE api.m ENABLE ROW LEVEL SECURITY;CREATE TABLE api.t (id int); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING (EXISTS (SELECT FROM api.m WHERE m.t_id = t.id AND m.user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub'))); CREATE POLICY own ON api.m USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user; GRANT SELECT, INSERT ON api.m TO app_user;`,
      object: `api.m`,
      role: 'app_user',
    },
    {
      sql: `CREATE TABLE api.m (t_id int, user_id text); ALTER TABLE api.m ENABLE ROW LEVEL SECURITY;CREATE TABLE api.t (id int); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING (id IN (SELECT t_id FROM api.m WHERE m.user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub'))); CREATE POLICY own ON api.m FOR INSERT WITH CHECK (true); CREATE POLICY see ON api.m FOR SELECT USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user; GRANT SELECT, INSERT ON api.m TO app_user;`,
      object: `api.m`,
      role: 'app_user',
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.m (t_id int, user_id text); ALTER TABLE api.m ENABLE ROW LEVEL SECURITY;CREATE TABLE api.t (id int); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING (EXISTS (SELECT FROM api.m WHERE m.t_id = t.id AND m.user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub'))); CREATE POLICY own ON api.m USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user; GRANT SELECT ON api.m TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.m (t_id int, user_id text); ALTER TABLE api.m ENABLE ROW LEVEL SECURITY;CREATE TABLE api.t (id int); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING (EXISTS (SELECT FROM api.m WHERE m.t_id = t.id AND m.user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub'))); CREATE POLICY own ON api.m USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub') AND t_id = 1); GRANT SELECT ON api.t TO app_user; GRANT SELECT, INSERT ON api.m TO app_user;`,
    },
    {
      sql: `CREATE TABLE api.m (t_id int, user_id text); ALTER TABLE api.m ENABLE ROW LEVEL SECURITY;CREATE TABLE api.t (id int); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING (EXISTS (SELECT FROM api.m WHERE m.t_id = t.id AND m.user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub'))); CREATE POLICY own ON api.m USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user; GRANT SELECT, INSERT (user_id) ON api.m TO app_user;`,
    },
  ],
}
