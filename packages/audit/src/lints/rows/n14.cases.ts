import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N14',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT, UPDATE ON api.t TO app_user;CREATE TABLE api.o (id int); CREATE FUNCTION api.tr() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN UPDATE api.t SET id = NEW.id; RETURN NEW; END'; CREATE TRIGGER x AFTER INSERT ON api.o FOR EACH ROW EXECUTE FUNCTION api.tr(); GRANT INSERT ON api.o TO app_user;`,
      object: `api.o`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT, UPDATE ON api.t TO app_user;CREATE TABLE api.o (id int); CREATE FUNCTION api.tr() RETURNS trigger LANGUAGE plpgsql  AS 'BEGIN UPDATE api.t SET id = NEW.id; RETURN NEW; END'; CREATE TRIGGER x AFTER INSERT ON api.o FOR EACH ROW EXECUTE FUNCTION api.tr(); GRANT INSERT ON api.o TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;CREATE TABLE api.o (id int); CREATE FUNCTION api.tr() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN UPDATE api.t SET id = NEW.id; RETURN NEW; END'; CREATE TRIGGER x AFTER INSERT ON api.o FOR EACH ROW EXECUTE FUNCTION api.tr(); GRANT INSERT ON api.o TO app_user;`,
    },
  ],
}
