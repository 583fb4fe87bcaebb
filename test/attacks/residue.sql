-- One object for each way in which a request runs code that somebody wrote: each leaves a setting and a lock behind.
SET check_function_bodies = off;
CREATE SCHEMA ways;
GRANT USAGE ON SCHEMA ways TO visitor, member;
ALTER DEFAULT PRIVILEGES IN SCHEMA ways GRANT ALL ON TABLES TO visitor;
ALTER DEFAULT PRIVILEGES IN SCHEMA ways GRANT ALL ON SEQUENCES TO visitor;

CREATE FUNCTION private.leave() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.tenant', 'other', false), pg_try_advisory_lock(7);
  RETURN true;
END $$;
CREATE FUNCTION private.leave_by(value anyelement) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT private.leave()';
CREATE FUNCTION private.leave_text(value text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS
  'BEGIN PERFORM private.leave(); RETURN value; END';
CREATE FUNCTION private.leave_in_trigger() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN PERFORM private.leave(); RETURN coalesce(NEW, OLD); END';
GRANT USAGE ON SCHEMA private TO visitor;

-- Reads
CREATE VIEW ways.of_function AS SELECT 1 AS id, private.leave() AS left_behind;
CREATE VIEW ways.of_set_config AS SELECT 1 AS id, set_config('app.tenant', 'other', false) AS left_behind;
CREATE VIEW ways.of_condition AS SELECT 1 AS id WHERE private.leave();
CREATE VIEW ways.of_subquery AS SELECT 1 AS id, (SELECT max(id) FROM ways.of_function WHERE left_behind) AS other;
CREATE VIEW ways.of_query AS SELECT 1 AS id, query_to_xml('SELECT private.leave()', false, false, '')::text AS text;
CREATE VIEW ways.of_table AS SELECT 1 AS id, table_to_xml('ways.of_function', false, false, '')::text AS text;
CREATE SCHEMA shown;
GRANT USAGE ON SCHEMA shown TO visitor;
CREATE VIEW shown.of_function AS SELECT private.leave();
GRANT SELECT ON shown.of_function TO visitor;
CREATE VIEW ways.of_schema AS SELECT 1 AS id, schema_to_xml('shown', false, false, '')::text AS text;
CREATE VIEW ways.of_statistics AS SELECT 1 AS id, word
  FROM ts_stat('SELECT to_tsvector(''simple'', private.leave()::text)');
CREATE VIEW ways.of_rewriting AS SELECT 1 AS id,
  ts_rewrite('a'::tsquery, 'SELECT ''a''::tsquery, ''b''::tsquery WHERE private.leave()') AS query;
CREATE FUNCTION private.leave_both(a text, b text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS
  'BEGIN PERFORM private.leave(); RETURN coalesce(a, b); END';
CREATE AGGREGATE private.leaving(text) (sfunc = private.leave_both, stype = text);
CREATE VIEW ways.of_aggregate AS SELECT 1 AS id, private.leaving(name) AS text FROM (VALUES ('a'), ('b')) AS list (name);
CREATE VIEW ways.of_window AS SELECT name, private.leaving(name) OVER () AS text FROM (VALUES ('a'), ('b')) AS list (name);

CREATE DOMAIN private.checked AS text CHECK (private.leave_by(value));
CREATE VIEW ways.of_domain AS SELECT id, name::private.checked AS name FROM (VALUES (1, 'a')) AS list (id, name);
CREATE VIEW ways.of_domains AS
  SELECT id, list[1]::text AS name FROM (SELECT 1 AS id, '{a,b}'::text::private.checked[] AS list) AS arrays;
CREATE TYPE private.pair AS (left_one private.checked, right_one integer);
CREATE VIEW ways.of_record AS
  SELECT 1 AS id, (json_populate_record(NULL::private.pair, '{"left_one": "a"}')).right_one AS n;
CREATE VIEW ways.of_typed_list AS
  SELECT 1 AS id, length(name) AS n FROM json_to_recordset('[{"name": "a"}]') AS list (name private.checked);

CREATE TABLE ways.guarded (id integer PRIMARY KEY);
INSERT INTO ways.guarded VALUES (1);
ALTER TABLE ways.guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY leaving ON ways.guarded USING (private.leave());
CREATE VIEW ways.over_guarded WITH (security_barrier) AS SELECT id FROM ways.guarded;
ALTER VIEW ways.over_guarded OWNER TO member;
GRANT SELECT ON ways.guarded TO member;
GRANT USAGE ON SCHEMA private TO member;
CREATE TABLE ways.asking (id integer PRIMARY KEY);
INSERT INTO ways.asking VALUES (1);
ALTER TABLE ways.asking ENABLE ROW LEVEL SECURITY;
CREATE POLICY asking ON ways.asking USING (EXISTS (SELECT FROM ways.of_function WHERE left_behind));

CREATE TABLE ways.plain (id integer PRIMARY KEY, name text DEFAULT 'a', other integer REFERENCES ways.guarded);
INSERT INTO ways.plain VALUES (1, 'a', 1);
CREATE FUNCTION ways.computed(ways.plain) RETURNS text STABLE LANGUAGE sql AS 'SELECT private.leave()::text';
CREATE FUNCTION ways.related(ways.plain) RETURNS SETOF ways.plain STABLE ROWS 1 LANGUAGE sql AS
  'SELECT p FROM ways.plain AS p WHERE private.leave()';
CREATE TABLE ways.tags (id integer PRIMARY KEY);
INSERT INTO ways.tags VALUES (1);
CREATE TABLE ways.tagging (plain integer REFERENCES ways.plain, tag integer REFERENCES ways.tags, PRIMARY KEY (plain, tag));
INSERT INTO ways.tagging VALUES (1, 1);
ALTER TABLE ways.tagging ENABLE ROW LEVEL SECURITY;
CREATE POLICY leaving ON ways.tagging USING (private.leave());

CREATE TYPE private.money AS (amount integer);
CREATE FUNCTION private.same(a private.money, b private.money) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS
  'BEGIN PERFORM private.leave(); RETURN a.amount = b.amount; END';
CREATE FUNCTION private.less(a private.money, b private.money) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS
  'BEGIN PERFORM private.leave(); RETURN a.amount < b.amount; END';
CREATE FUNCTION private.compare(a private.money, b private.money) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
  'BEGIN PERFORM private.leave(); RETURN a.amount - b.amount; END';
CREATE OPERATOR ways.= (leftarg = private.money, rightarg = private.money, function = private.same);
CREATE OPERATOR ways.< (leftarg = private.money, rightarg = private.money, function = private.less);
CREATE OPERATOR CLASS ways.money_ops DEFAULT FOR TYPE private.money USING btree AS
  OPERATOR 1 ways.<, OPERATOR 3 ways.=, FUNCTION 1 private.compare(private.money, private.money);
CREATE FUNCTION private.add(a private.money, b private.money) RETURNS private.money IMMUTABLE LANGUAGE plpgsql AS
  'BEGIN PERFORM private.leave(); RETURN ROW(coalesce(a.amount, 0) + b.amount)::private.money; END';
CREATE AGGREGATE ways.sum(private.money) (sfunc = private.add, stype = private.money);
CREATE TABLE ways.priced (id integer, price private.money);
INSERT INTO ways.priced VALUES (1, ROW(1)), (2, ROW(2));
CREATE TABLE ways.price_lists (id integer PRIMARY KEY, prices private.money[]);
INSERT INTO ways.price_lists VALUES (1, ARRAY[ROW(1)::private.money]);

CREATE TYPE private.shape AS ENUM ('round');
CREATE FUNCTION private.shape_json(value private.shape) RETURNS json LANGUAGE plpgsql AS
  'BEGIN PERFORM private.leave(); RETURN ''{}''; END';
CREATE CAST (private.shape AS json) WITH FUNCTION private.shape_json(private.shape);
CREATE TABLE ways.shapes (id integer, shape private.shape);
INSERT INTO ways.shapes VALUES (1, 'round');
CREATE TYPE private.mark AS ENUM ('good', 'bad');
CREATE FUNCTION private.mark_text(value private.mark) RETURNS text LANGUAGE plpgsql AS
  'BEGIN PERFORM private.leave(); RETURN ''good''; END';
CREATE CAST (private.mark AS text) WITH FUNCTION private.mark_text(private.mark) AS IMPLICIT;
CREATE TABLE ways.marks (id integer, mark private.mark);
INSERT INTO ways.marks VALUES (1, 'good');

CREATE DOMAIN private.colour AS text;
CREATE FUNCTION private.colour_json(private.colour) RETURNS json LANGUAGE sql AS
  'SELECT to_json(private.leave())';
CREATE CAST (private.colour AS json) WITH FUNCTION private.colour_json(private.colour) AS IMPLICIT;
CREATE TABLE ways.coloured (id integer, colour private.colour);
INSERT INTO ways.coloured VALUES (1, 'red');

-- Writes
CREATE TABLE ways.parents (id integer, name text);
CREATE TABLE ways.children () INHERITS (ways.parents);
CREATE TABLE private.grandchildren () INHERITS (ways.children);
INSERT INTO private.grandchildren VALUES (1, 'a');
CREATE TRIGGER leaving BEFORE UPDATE OR DELETE ON private.grandchildren
  FOR EACH ROW EXECUTE FUNCTION private.leave_in_trigger();
CREATE TABLE ways.parted (id integer, name text) PARTITION BY LIST (id);
CREATE TABLE private.part PARTITION OF ways.parted DEFAULT;
CREATE TRIGGER leaving AFTER INSERT ON private.part FOR EACH ROW EXECUTE FUNCTION private.leave_in_trigger();
CREATE TABLE ways.parted_by (id integer, name text) PARTITION BY LIST (private.leave_text(name));
CREATE TABLE private.part_by PARTITION OF ways.parted_by DEFAULT;
CREATE TABLE ways.parted_twice (id integer, name text) PARTITION BY LIST (id);
CREATE TABLE private.part_twice PARTITION OF ways.parted_twice DEFAULT PARTITION BY LIST (name);
CREATE TABLE private.part_of_part PARTITION OF private.part_twice DEFAULT;
ALTER TABLE private.part_of_part ADD CHECK (private.leave_by(name));

CREATE TABLE ways.keys (id integer PRIMARY KEY);
INSERT INTO ways.keys SELECT generate_series(1, 20);
CREATE TABLE private.cascading (key integer REFERENCES ways.keys ON UPDATE CASCADE, CHECK (private.leave_by(key)));
INSERT INTO private.cascading VALUES (1);
CREATE TABLE ways.keys2 (id integer PRIMARY KEY);
INSERT INTO ways.keys2 SELECT generate_series(1, 20);
CREATE TABLE private.nulling (key integer REFERENCES ways.keys2 ON DELETE SET NULL,
  made text GENERATED ALWAYS AS (private.leave_text(key::text)) STORED);
INSERT INTO private.nulling VALUES (2);
CREATE TABLE ways.keys3 (id integer PRIMARY KEY);
INSERT INTO ways.keys3 SELECT generate_series(1, 20);
CREATE FUNCTION private.leave_number() RETURNS integer LANGUAGE plpgsql AS
  'BEGIN PERFORM private.leave(); RETURN 1; END';
CREATE TABLE private.defaulting (key integer DEFAULT private.leave_number() REFERENCES ways.keys3 ON DELETE SET DEFAULT);
INSERT INTO private.defaulting VALUES (3);
CREATE TABLE ways.keys4 (id integer PRIMARY KEY);
INSERT INTO ways.keys4 SELECT generate_series(1, 20);
CREATE TABLE private.middle (id integer PRIMARY KEY REFERENCES ways.keys4 ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED);
INSERT INTO private.middle VALUES (4);
CREATE TABLE private.far (id integer REFERENCES private.middle ON DELETE CASCADE);
INSERT INTO private.far VALUES (4);
CREATE TRIGGER leaving AFTER DELETE ON private.far REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION private.leave_in_trigger();
CREATE TABLE ways.keys5 (id integer PRIMARY KEY);
INSERT INTO ways.keys5 SELECT generate_series(1, 20);
CREATE TABLE private.parted_keys (id integer REFERENCES ways.keys5 ON UPDATE CASCADE) PARTITION BY LIST (id);
CREATE TABLE private.part_of_keys PARTITION OF private.parted_keys DEFAULT;
INSERT INTO private.parted_keys VALUES (5);
CREATE UNIQUE INDEX ON private.part_of_keys (private.leave_text(id::text));

CREATE TABLE ways.indexed (id integer, name text);
CREATE INDEX ON ways.indexed (private.leave_text(name));
CREATE TABLE ways.partly_indexed (id integer, name text);
CREATE INDEX ON ways.partly_indexed (id) WHERE private.leave_by(name);
CREATE TABLE ways.excluding (id integer, name text, EXCLUDE USING btree (private.leave_text(name) WITH =));
CREATE TABLE ways.own_index (id integer, price private.money);
CREATE INDEX ON ways.own_index (price ways.money_ops);
CREATE TABLE ways.generated (id integer, name text, made text GENERATED ALWAYS AS (private.leave_text(name)) STORED);
CREATE TABLE ways.checking (id integer, name text CHECK (private.leave_by(name)));
CREATE TABLE ways.defaulted (id integer, name text DEFAULT private.leave()::text);
CREATE TABLE ways.setting (id integer, name text DEFAULT set_config('app.tenant', 'other', false));
CREATE TABLE ways.policed (id integer, name text);
ALTER TABLE ways.policed ENABLE ROW LEVEL SECURITY;
CREATE POLICY leaving ON ways.policed FOR INSERT WITH CHECK (private.leave());
CREATE POLICY all_of_it ON ways.policed FOR SELECT USING (true);
CREATE TABLE ways.ruled (id integer, name text);
CREATE TABLE private.ruled (id integer, name text);
CREATE RULE leaving AS ON INSERT TO ways.ruled DO INSTEAD
  INSERT INTO private.ruled SELECT NEW.id, NEW.name WHERE private.leave() RETURNING id, name;
CREATE TABLE ways.watched (id integer, name text);
CREATE TRIGGER leaving AFTER INSERT ON ways.watched REFERENCING NEW TABLE AS come
  FOR EACH STATEMENT EXECUTE FUNCTION private.leave_in_trigger();
CREATE TABLE ways.late (id integer, name text);
CREATE CONSTRAINT TRIGGER leaving AFTER INSERT ON ways.late DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION private.leave_in_trigger();

CREATE DOMAIN private.again AS private.checked;
CREATE DOMAIN private.short_list AS text[] CHECK (private.leave_by(value));
CREATE DOMAIN private.number AS integer CHECK (private.leave_by(value));
CREATE TYPE private.numbers AS RANGE (subtype = private.number, subtype_opclass = int4_ops, multirange_type_name = private.numbers_multirange);
CREATE DOMAIN private.given AS text DEFAULT private.leave()::text;
CREATE TABLE ways.domains (id integer, name private.checked);
CREATE TABLE ways.domain_lists (id integer, names private.checked[]);
CREATE TABLE ways.domains_again (id integer, name private.again);
CREATE TABLE ways.list_domains (id integer, names private.short_list);
CREATE TABLE ways.pairs (id integer, pair private.pair);
CREATE TABLE ways.pair_lists (id integer, pairs private.pair[]);
CREATE TABLE ways.ranges (id integer, span private.numbers);
CREATE TABLE ways.multiranges (id integer, spans private.numbers_multirange);
CREATE TABLE ways.domain_defaults (id integer, name private.given);
CREATE TABLE ways.rows_of_others (id integer, other ways.domains);

-- Sequences: what they gave last is nobody else's.
CREATE TABLE ways.numbered (id serial PRIMARY KEY, name text);
CREATE TABLE ways.identified (id integer GENERATED ALWAYS AS IDENTITY, name text);
CREATE FUNCTION ways.last_value() RETURNS bigint LANGUAGE plpgsql AS
  'BEGIN RETURN lastval(); EXCEPTION WHEN object_not_in_prerequisite_state THEN RETURN NULL; END';

CREATE FUNCTION ways.forget() RETURNS void LANGUAGE sql AS
  $$ SELECT set_config('app.tenant', '', false), pg_advisory_unlock_all() $$;
CREATE FUNCTION ways.state() RETURNS json STABLE LANGUAGE sql AS $$
  SELECT json_build_object(
    'tenant', coalesce(current_setting('app.tenant', true), ''),
    'locks', (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()))
$$;
GRANT ALL ON ALL TABLES IN SCHEMA ways TO visitor;
GRANT ALL ON private.ruled TO member;
ALTER TABLE ways.ruled OWNER TO member;
