-- What a hammer asks for on top of target.sql and residue.sql: rows and answers that are each caller's own, and code that
-- replaces the server's prepared statements.
CREATE ROLE clerk NOLOGIN;
GRANT clerk TO gate;
GRANT USAGE ON SCHEMA ways, private TO clerk, member;
CREATE FUNCTION ways.caller() RETURNS text STABLE LANGUAGE sql AS
  $$ SELECT current_setting('request.jwt.claims', true)::json->>'sub' $$;
CREATE TABLE ways.own (owner text, secret text);
INSERT INTO ways.own SELECT 'user' || n, 'secret of user' || n FROM generate_series(1, 20) AS n;
ALTER TABLE ways.own ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON ways.own USING (owner = ways.caller());
CREATE TABLE ways.facts (id integer PRIMARY KEY, name text);
INSERT INTO ways.facts SELECT n, 'fact ' || n FROM generate_series(1, 50) AS n;
CREATE VIEW ways.me AS SELECT current_user::text AS role, ways.caller() AS sub;
CREATE FUNCTION ways.whole_state() RETURNS json STABLE LANGUAGE sql AS $$
  SELECT json_build_object(
    'role', current_user, 'sub', ways.caller(),
    'tenant', coalesce(current_setting('app.tenant', true), ''),
    'path', current_setting('search_path'), 'zone', current_setting('TimeZone'),
    'locks', (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()),
    'channels', (SELECT count(*) FROM pg_listening_channels()),
    'cursors', (SELECT count(*) FROM pg_cursors WHERE name <> ''),
    'foreign', (SELECT count(*) FROM pg_prepared_statements WHERE from_sql),
    'temporary', (SELECT count(*) FROM pg_class WHERE relpersistence = 't' AND relnamespace = pg_my_temp_schema()),
    'last', ways.last_value())
$$;

-- Statements of the server's are dropped and others prepared under their names: some that show other values, and one that
-- sets another caller.
CREATE FUNCTION private.forge() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  found record;
BEGIN
  FOR found IN SELECT name, statement FROM pg_prepared_statements
    WHERE NOT from_sql AND statement ~ 'set_config\(''role''|"facts"."name"|"own"."secret"' LOOP
    BEGIN
      EXECUTE format('DEALLOCATE %I', found.name);
      EXECUTE format('PREPARE %I AS %s', found.name,
        CASE WHEN found.statement LIKE '%set_config(''role''%' THEN replace(found.statement, '$3', 'coalesce(''{"sub": "user1"}'', $3)')
             WHEN found.statement LIKE '%"facts"."name"%' THEN
               replace(found.statement, '"facts"."name"', '''forged''::text AS "name"')
             ELSE replace(found.statement, '"own"."secret"', '''forged''::text AS "secret"') END);
    EXCEPTION WHEN OTHERS THEN NULL;
    END;
  END LOOP;
  RETURN true;
END $$;
CREATE FUNCTION ways.forge() RETURNS boolean LANGUAGE sql AS 'SELECT private.forge()';
CREATE FUNCTION ways.forge_stably() RETURNS boolean STABLE LANGUAGE sql AS 'SELECT private.forge()';
CREATE FUNCTION ways.forge_plainly() RETURNS boolean STABLE LANGUAGE plpgsql AS 'BEGIN RETURN private.forge(); END';
CREATE FUNCTION ways.forge_and_fail() RETURNS boolean LANGUAGE plpgsql AS
  'BEGIN PERFORM private.forge(); RAISE EXCEPTION ''failed''; END';
CREATE FUNCTION ways.forge_and_fail_stably() RETURNS boolean STABLE LANGUAGE sql AS 'SELECT ways.forge_and_fail()';
CREATE VIEW ways.forging AS SELECT 1 AS id, private.forge() AS forged;
CREATE TABLE ways.forging_policy (id integer);
INSERT INTO ways.forging_policy VALUES (1);
ALTER TABLE ways.forging_policy ENABLE ROW LEVEL SECURITY;
CREATE POLICY forging ON ways.forging_policy USING (ways.forge_stably());
CREATE TABLE ways.forging_parents (id integer);
CREATE TABLE private.forging_children () INHERITS (ways.forging_parents);
INSERT INTO private.forging_children VALUES (1);
CREATE FUNCTION private.forge_in_trigger() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN PERFORM private.forge(); RETURN NEW; END';
CREATE TRIGGER forging BEFORE UPDATE ON private.forging_children FOR EACH ROW EXECUTE FUNCTION private.forge_in_trigger();
CREATE FUNCTION ways.forge_temporarily() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  CREATE TEMP TABLE IF NOT EXISTS facts AS SELECT 1 AS id, 'forged' AS name;
  SET search_path TO pg_temp, ways;
  SET SESSION TIME ZONE 'Asia/Tokyo';
  LISTEN something;
  PERFORM set_config('role', 'member', false), set_config('request.jwt.claims', '{"sub": "user1"}', false);
END $$;
CREATE FUNCTION ways.forge_late() RETURNS void LANGUAGE plpgsql AS $$
BEGIN EXECUTE 'DECLARE late CURSOR WITH HOLD FOR SELECT private.leave(), private.forge()'; END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ways TO visitor, member, clerk;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA ways TO visitor, member, clerk;
