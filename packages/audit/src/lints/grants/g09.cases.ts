import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'G09',
  positive: [
    {
      sql: `CREATE FUNCTION api.ok(int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN true; END'; REVOKE EXECUTE ON FUNCTION api.ok(int) FROM PUBLIC; CREATE TABLE api.t (id int CHECK (api.ok(id))); GRANT INSERT ON api.t TO app_user;`,
      object: `api.t`,
      role: 'app_user',
    },
    {
      sql: `CREATE FUNCTION api.code() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE EXECUTE ON FUNCTION api.code() FROM PUBLIC; CREATE TABLE api.t (id int, code int DEFAULT api.code()); GRANT INSERT (id) ON api.t TO app_user`,
      object: `api.t`,
      role: 'app_user',
    },
  ],
  negative: [
    {
      sql: `CREATE FUNCTION api.code() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE EXECUTE ON FUNCTION api.code() FROM PUBLIC; CREATE TABLE api.t (id int, code int DEFAULT api.code()); GRANT EXECUTE ON FUNCTION api.code() TO app_user; GRANT INSERT (id) ON api.t TO app_user`,
    },
    {
      sql: `CREATE FUNCTION api.ok(int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN true; END';  CREATE TABLE api.t (id int CHECK (api.ok(id))); GRANT INSERT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    // it gives the column itself
    {
      sql: `CREATE FUNCTION api.code() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE EXECUTE ON FUNCTION api.code() FROM PUBLIC; CREATE TABLE api.t (id int, code int DEFAULT api.code()); GRANT INSERT ON api.t TO app_user`,
    },
    {
      sql: `CREATE FUNCTION api.ok(int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN true; END'; REVOKE EXECUTE ON FUNCTION api.ok(int) FROM PUBLIC; CREATE TABLE api.t (id int CHECK (api.ok(id))); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
