import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'A02',
  positive: [
    {
      sql: `CREATE TABLE api.o (id int); CREATE TABLE api.audit_log (id int); CREATE FUNCTION api.tr() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO api.audit_log VALUES (NEW.id); RETURN NEW; END'; CREATE TRIGGER x AFTER INSERT ON api.o FOR EACH ROW EXECUTE FUNCTION api.tr(); GRANT INSERT, DELETE ON api.audit_log TO app_user;`,
      object: `api.audit_log`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.o (id int); CREATE TABLE api.audit_log (id int); CREATE FUNCTION api.tr() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO api.audit_log VALUES (NEW.id); RETURN NEW; END'; CREATE TRIGGER x AFTER INSERT ON api.o FOR EACH ROW EXECUTE FUNCTION api.tr();`,
    },
  ],
  nearMiss: [
    { sql: `CREATE TABLE api.blog (id int); GRANT DELETE ON api.blog TO app_user;` },
    {
      sql: `CREATE TABLE api.o (id int); CREATE TABLE api.audit_log (id int); CREATE FUNCTION api.tr() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO api.audit_log VALUES (NEW.id); RETURN NEW; END'; CREATE TRIGGER x AFTER INSERT ON api.o FOR EACH ROW EXECUTE FUNCTION api.tr(); GRANT SELECT ON api.audit_log TO app_user;`,
    },
  ],
}
