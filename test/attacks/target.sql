-- A database to attack: what visitors may use, what they may not, and functions that leave things behind.
SET check_function_bodies = off;
CREATE ROLE visitor NOLOGIN;
CREATE ROLE member NOLOGIN;
CREATE ROLE gate LOGIN NOINHERIT;
GRANT visitor, member TO gate;
ALTER ROLE visitor SET statement_timeout = '400ms';

CREATE SCHEMA api;
CREATE SCHEMA private;
GRANT USAGE ON SCHEMA api TO visitor, member;

CREATE TABLE api.items (
  id integer PRIMARY KEY,
  name text,
  data jsonb,
  amount numeric,
  big bigint,
  parent integer REFERENCES api.items
);
INSERT INTO api.items VALUES (1, 'one', '{"x": "y"}', 1.50, 9007199254740993, NULL), (2, 'two', '{}', 2, 2, 1),
  (3, '=cmd|calc', NULL, NULL, NULL, 1);
GRANT SELECT ON api.items TO visitor, member;
GRANT INSERT, UPDATE, DELETE ON api.items TO member;

CREATE TABLE api.notes (id serial PRIMARY KEY, title text, data jsonb, amount numeric, big bigint);
GRANT SELECT, INSERT, UPDATE, DELETE ON api.notes TO visitor, member;
GRANT USAGE ON SEQUENCE api.notes_id_seq TO visitor, member;

CREATE TABLE api.payroll (id integer PRIMARY KEY, salary numeric);
INSERT INTO api.payroll VALUES (1, 100000);

CREATE TABLE api.accounts (id integer PRIMARY KEY, owner text, secret text DEFAULT 'hush', level integer CHECK (level < 9));
GRANT SELECT (id, owner, level), INSERT (id, owner, level), UPDATE (owner, level) ON api.accounts TO visitor, member;
INSERT INTO api.accounts VALUES (1, 'ann', 'top secret', 1);

CREATE TABLE private.kinds (id integer);
CREATE TYPE private.mood AS ENUM ('good', 'bad');

CREATE SEQUENCE api.ticks;
GRANT USAGE ON SEQUENCE api.ticks TO visitor;
CREATE VIEW api.ticking AS SELECT nextval('api.ticks') AS tick;
GRANT SELECT ON api.ticking TO visitor;

CREATE TABLE api.deferred (id integer PRIMARY KEY, other integer REFERENCES api.items DEFERRABLE INITIALLY DEFERRED);
GRANT SELECT, INSERT ON api.deferred TO visitor, member;

-- What one request finds of the others.
CREATE FUNCTION api.state() RETURNS json STABLE LANGUAGE sql AS $$
  SELECT json_build_object(
    'role', current_user,
    'session', session_user,
    'search_path', current_setting('search_path'),
    'claims', current_setting('request.jwt.claims', true),
    'method', current_setting('request.method', true),
    'path', current_setting('request.path', true),
    'response_headers', coalesce(current_setting('response.headers', true), ''),
    'response_status', coalesce(current_setting('response.status', true), ''),
    'isolation', current_setting('transaction_isolation'),
    'timezone', current_setting('TimeZone'),
    'statement_timeout', current_setting('statement_timeout'),
    'tenant', coalesce(current_setting('app.tenant', true), ''),
    'locks', (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()),
    'channels', (SELECT count(*) FROM pg_listening_channels()),
    'cursors', (SELECT count(*) FROM pg_cursors WHERE name <> ''),
    'temporary', (SELECT count(*) FROM pg_class WHERE relpersistence = 't' AND relkind = 'r'
                  AND relnamespace = pg_my_temp_schema())
  )
$$;

CREATE FUNCTION api.leak_role() RETURNS text LANGUAGE sql AS $$ SELECT set_config('role', 'member', false) $$;
CREATE FUNCTION api.leak_path() RETURNS text LANGUAGE sql AS $$ SELECT set_config('search_path', 'private', false) $$;
CREATE FUNCTION api.leak_claims() RETURNS text LANGUAGE sql AS
  $$ SELECT set_config('request.jwt.claims', '{"role":"member"}', false) $$;
CREATE FUNCTION api.leak_response() RETURNS text LANGUAGE sql AS
  $$ SELECT set_config('response.headers', '[{"X-Leak":"1"}]', false) || set_config('response.status', '418', false) $$;
CREATE FUNCTION api.leak_timeout() RETURNS text LANGUAGE sql AS $$ SELECT set_config('statement_timeout', '1', false) $$;
CREATE FUNCTION api.leak_temporary() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  CREATE TEMP TABLE IF NOT EXISTS items AS SELECT 666 AS id, 'shadow' AS name;
  GRANT ALL ON pg_temp.items TO PUBLIC;
END $$;
CREATE FUNCTION api.first_item() RETURNS text STABLE LANGUAGE sql AS $$ SELECT name FROM items ORDER BY id LIMIT 1 $$;
CREATE FUNCTION api.first_late() RETURNS text LANGUAGE plpgsql AS $$
BEGIN RETURN (SELECT name FROM items ORDER BY id LIMIT 1); END $$;
CREATE FUNCTION api.leak_lock() RETURNS void LANGUAGE sql AS $$ SELECT pg_advisory_lock(42) $$;
CREATE FUNCTION api.leak_listen() RETURNS void LANGUAGE plpgsql AS $$ BEGIN LISTEN something; END $$;
CREATE FUNCTION api.leak_cursor() RETURNS void LANGUAGE plpgsql AS $$
BEGIN EXECUTE 'DECLARE left_open CURSOR WITH HOLD FOR SELECT generate_series(1, 10)'; END $$;
CREATE FUNCTION api.leak_prepared() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  begun text := regexp_replace((SELECT min(name) FROM pg_prepared_statements WHERE NOT from_sql), '[0-9]+$', '');
BEGIN
  FOR n IN 1..200 LOOP
    BEGIN
      EXECUTE format('PREPARE %I AS SELECT 666', begun || n);
    EXCEPTION WHEN duplicate_prepared_statement THEN NULL;
    END;
  END LOOP;
END $$;
CREATE SCHEMA doormen;
GRANT USAGE ON SCHEMA doormen TO member;
CREATE FUNCTION doormen.admit() RETURNS void LANGUAGE sql AS '';
CREATE FUNCTION api.leak_swapped() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  found record;
  swapped integer := 0;
BEGIN
  FOR found IN SELECT name, replace(statement, '"items"."name"', '''stolen''::text AS "name"') AS other
    FROM pg_prepared_statements WHERE statement LIKE '%"items"."name"%' AND statement NOT LIKE '%leak%' LOOP
    EXECUTE format('DEALLOCATE %I', found.name);
    EXECUTE format('PREPARE %I AS %s', found.name, found.other);
    swapped := swapped + 1;
  END LOOP;
  RETURN swapped;
END $$;
CREATE FUNCTION api.leak_deallocate() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$;

CREATE FUNCTION private.hush(level integer) RETURNS integer IMMUTABLE LANGUAGE sql AS $$ SELECT level $$;

CREATE FUNCTION api.respond(headers text, status text) RETURNS text LANGUAGE sql AS $$
  SELECT set_config('response.headers', headers, true), set_config('response.status', status, true);
  SELECT 'answer'::text;
$$;

CREATE FUNCTION api.double(n integer) RETURNS integer IMMUTABLE LANGUAGE sql AS $$ SELECT n * 2 $$;
CREATE FUNCTION api.over(a integer) RETURNS text STABLE LANGUAGE sql AS $$ SELECT 'integer' $$;
CREATE FUNCTION api.over(a text) RETURNS text STABLE LANGUAGE sql AS $$ SELECT 'text' $$;
CREATE FUNCTION api.many(VARIADIC n integer[]) RETURNS integer STABLE LANGUAGE sql AS $$ SELECT cardinality(n) $$;
CREATE FUNCTION api.slow(seconds double precision) RETURNS text LANGUAGE sql AS $$ SELECT pg_sleep(seconds)::text $$;
ALTER FUNCTION api.slow(double precision) SET statement_timeout = '60s';
CREATE FUNCTION api.long_text(length integer) RETURNS text STABLE LANGUAGE sql AS $$ SELECT repeat('x', length) $$;
ALTER FUNCTION api.long_text(integer) SET statement_timeout = '60s';
CREATE FUNCTION api.endless() RETURNS text LANGUAGE sql AS $$ SELECT pg_sleep(60)::text $$;
CREATE FUNCTION api.write_note() RETURNS void LANGUAGE sql AS $$ INSERT INTO api.notes (title) VALUES ('written') $$;
CREATE FUNCTION api.write_slowly(seconds double precision) RETURNS text LANGUAGE sql AS
  $$ INSERT INTO api.notes (title) VALUES ('slowly'); SELECT pg_sleep(seconds)::text $$;
ALTER FUNCTION api.write_slowly(double precision) SET statement_timeout = '60s';
CREATE FUNCTION api.hidden_payroll_sum() RETURNS numeric LANGUAGE sql AS $$ SELECT sum(salary) FROM api.payroll $$;
REVOKE EXECUTE ON FUNCTION api.hidden_payroll_sum() FROM PUBLIC;
CREATE FUNCTION api.suicide() RETURNS void LANGUAGE sql SECURITY DEFINER AS $$ SELECT pg_terminate_backend(pg_backend_pid()) $$;

CREATE FUNCTION api.leak_own() RETURNS text LANGUAGE sql AS $$ SELECT set_config('app.tenant', 'other', false) $$;
CREATE FUNCTION api.tenant() RETURNS text STABLE LANGUAGE sql AS $$ SELECT current_setting('app.tenant', true) $$;
CREATE TABLE api.watched (id integer);
GRANT INSERT ON api.watched TO visitor;
CREATE FUNCTION private.leak_by_trigger() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN PERFORM set_config('app.tenant', 'other', false); RETURN NEW; END $$;
CREATE TRIGGER leak AFTER INSERT ON api.watched FOR EACH ROW EXECUTE FUNCTION private.leak_by_trigger();

-- What reads leave behind: whatever a function calls itself, it may set something for the session.
CREATE VIEW api.plain AS SELECT id, upper(name) AS name FROM api.items WHERE id < 3;
CREATE VIEW api.leaking AS SELECT id, set_config('app.tenant', 'other', false) AS tenant FROM api.items;
CREATE VIEW api.leaking_within AS SELECT id FROM api.leaking WHERE tenant <> '';
CREATE FUNCTION api.leak_stably() RETURNS text STABLE LANGUAGE sql AS $$ SELECT api.leak_own() $$;
CREATE FUNCTION api.leak_lock_stably() RETURNS void STABLE LANGUAGE sql AS $$ SELECT api.leak_lock() $$;
CREATE FUNCTION api.leaky(api.items) RETURNS text STABLE LANGUAGE sql AS $$ SELECT api.leak_own() $$;
CREATE TABLE api.guarded (id integer);
INSERT INTO api.guarded VALUES (1);
ALTER TABLE api.guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY leaking ON api.guarded USING (api.leak_stably() <> '');
CREATE TABLE api.defaulted (id integer, tenant text DEFAULT api.leak_own());
GRANT SELECT, INSERT, UPDATE ON api.plain, api.leaking, api.leaking_within, api.guarded, api.defaulted TO visitor;
CREATE TABLE api.albums (id integer PRIMARY KEY);
INSERT INTO api.albums VALUES (1);
CREATE TABLE private.tracks (album integer REFERENCES api.albums ON DELETE CASCADE);
INSERT INTO private.tracks VALUES (1);
CREATE FUNCTION private.leak_by_deletion() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN PERFORM set_config('app.tenant', 'other', false); RETURN OLD; END $$;
CREATE TRIGGER leak BEFORE DELETE ON private.tracks FOR EACH ROW EXECUTE FUNCTION private.leak_by_deletion();
GRANT SELECT, DELETE ON api.albums TO visitor;
