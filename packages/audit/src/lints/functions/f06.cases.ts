import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'F06',
  positive: [
    {
      sql: `CREATE FUNCTION api.f(name text) RETURNS int LANGUAGE plpgsql AS $$ DECLARE n int; BEGIN EXECUTE 'SELECT count(*) FROM ' || name INTO n; RETURN n; END $$`,
      object: `api.f(text)`,
    },
  ],
  negative: [
    {
      sql: `CREATE FUNCTION api.f(name text) RETURNS int LANGUAGE plpgsql AS $$ DECLARE n int; BEGIN EXECUTE format('SELECT count(*) FROM %I', name) INTO n; RETURN n; END $$`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE FUNCTION api.f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'SELECT 1 FROM ' || TG_TABLE_NAME; RETURN NEW; END $$`,
    },
  ],
}
