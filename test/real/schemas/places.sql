-- A schema with types of its own, as geographic extensions bring them: base types with input functions, operators and
-- operator classes, implicit casts, aggregates, domains over them, hundreds of helper functions in the exposed schema.
CREATE ROLE authenticator LOGIN NOINHERIT; CREATE ROLE anon NOLOGIN; CREATE ROLE surveyor NOLOGIN; GRANT anon, surveyor TO authenticator;
CREATE SCHEMA geo; GRANT USAGE ON SCHEMA geo TO anon, surveyor; CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO anon, surveyor;
-- A shape has no order and no equality; a code has both; a tag has equality alone.
CREATE TYPE geo.shape; CREATE FUNCTION geo.shape_in(cstring) RETURNS geo.shape LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION geo.shape_out(geo.shape) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE geo.shape (INPUT = geo.shape_in, OUTPUT = geo.shape_out, LIKE = text, COLLATABLE = true);
CREATE TYPE geo.code; CREATE FUNCTION geo.code_in(cstring) RETURNS geo.code LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION geo.code_out(geo.code) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE geo.code (INPUT = geo.code_in, OUTPUT = geo.code_out, LIKE = text, COLLATABLE = true);
CREATE TYPE geo.tag; CREATE FUNCTION geo.tag_in(cstring) RETURNS geo.tag LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION geo.tag_out(geo.tag) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE geo.tag (INPUT = geo.tag_in, OUTPUT = geo.tag_out, LIKE = text, COLLATABLE = true);
CREATE FUNCTION geo.code_lt(geo.code, geo.code) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'text_lt';
CREATE FUNCTION geo.code_le(geo.code, geo.code) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'text_le';
CREATE FUNCTION geo.code_eq(geo.code, geo.code) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'texteq';
CREATE FUNCTION geo.code_ge(geo.code, geo.code) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'text_ge';
CREATE FUNCTION geo.code_gt(geo.code, geo.code) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'text_gt';
CREATE FUNCTION geo.code_cmp(geo.code, geo.code) RETURNS int LANGUAGE internal IMMUTABLE STRICT AS 'bttextcmp';
CREATE OPERATOR public.< (LEFTARG = geo.code, RIGHTARG = geo.code, FUNCTION = geo.code_lt, COMMUTATOR = OPERATOR(public.>));
CREATE OPERATOR public.<= (LEFTARG = geo.code, RIGHTARG = geo.code, FUNCTION = geo.code_le);
CREATE OPERATOR public.= (LEFTARG = geo.code, RIGHTARG = geo.code, FUNCTION = geo.code_eq, COMMUTATOR = OPERATOR(public.=), MERGES);
CREATE OPERATOR public.>= (LEFTARG = geo.code, RIGHTARG = geo.code, FUNCTION = geo.code_ge);
CREATE OPERATOR public.> (LEFTARG = geo.code, RIGHTARG = geo.code, FUNCTION = geo.code_gt);
CREATE OPERATOR CLASS geo.code_ops DEFAULT FOR TYPE geo.code USING btree AS
  OPERATOR 1 public.<, OPERATOR 2 public.<=, OPERATOR 3 public.=, OPERATOR 4 public.>=, OPERATOR 5 public.>, FUNCTION 1 geo.code_cmp(geo.code, geo.code);
CREATE FUNCTION geo.tag_eq(geo.tag, geo.tag) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'texteq';
CREATE OPERATOR public.= (LEFTARG = geo.tag, RIGHTARG = geo.tag, FUNCTION = geo.tag_eq, COMMUTATOR = OPERATOR(public.=));
CREATE CAST (geo.tag AS text) WITHOUT FUNCTION AS IMPLICIT;
-- A mark has order and equality, but by operators of a schema that requests do not look in.
CREATE TYPE geo.mark; CREATE FUNCTION geo.mark_in(cstring) RETURNS geo.mark LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION geo.mark_out(geo.mark) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE geo.mark (INPUT = geo.mark_in, OUTPUT = geo.mark_out, LIKE = text, COLLATABLE = true);
CREATE FUNCTION geo.mark_lt(geo.mark, geo.mark) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'text_lt';
CREATE FUNCTION geo.mark_le(geo.mark, geo.mark) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'text_le';
CREATE FUNCTION geo.mark_eq(geo.mark, geo.mark) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'texteq';
CREATE FUNCTION geo.mark_ge(geo.mark, geo.mark) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'text_ge';
CREATE FUNCTION geo.mark_gt(geo.mark, geo.mark) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'text_gt';
CREATE FUNCTION geo.mark_cmp(geo.mark, geo.mark) RETURNS int LANGUAGE internal IMMUTABLE STRICT AS 'bttextcmp';
CREATE OPERATOR geo.< (LEFTARG = geo.mark, RIGHTARG = geo.mark, FUNCTION = geo.mark_lt, COMMUTATOR = OPERATOR(geo.>));
CREATE OPERATOR geo.<= (LEFTARG = geo.mark, RIGHTARG = geo.mark, FUNCTION = geo.mark_le);
CREATE OPERATOR geo.= (LEFTARG = geo.mark, RIGHTARG = geo.mark, FUNCTION = geo.mark_eq, COMMUTATOR = OPERATOR(geo.=), MERGES);
CREATE OPERATOR geo.>= (LEFTARG = geo.mark, RIGHTARG = geo.mark, FUNCTION = geo.mark_ge);
CREATE OPERATOR geo.> (LEFTARG = geo.mark, RIGHTARG = geo.mark, FUNCTION = geo.mark_gt);
CREATE OPERATOR CLASS geo.mark_ops DEFAULT FOR TYPE geo.mark USING btree AS
  OPERATOR 1 geo.<, OPERATOR 2 geo.<=, OPERATOR 3 geo.=, OPERATOR 4 geo.>=, OPERATOR 5 geo.>, FUNCTION 1 geo.mark_cmp(geo.mark, geo.mark);
CREATE DOMAIN geo.parcel AS geo.code NOT NULL;
CREATE TABLE api.places (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, code geo.code UNIQUE, outline geo.shape, tag geo.tag, parcel geo.parcel,
  codes geo.code[] NOT NULL DEFAULT '{}', shapes geo.shape[], at point, area box, stretch numrange, seen tstzmultirange, mac macaddr, net inet, price money, flags bit(4));
CREATE TABLE api.marks (mark geo.mark PRIMARY KEY, title text NOT NULL);
CREATE TABLE api.signs (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mark geo.mark NOT NULL REFERENCES api.marks);
CREATE VIEW api.named WITH (security_invoker = true) AS SELECT id, name, code, outline, coalesce(tag::text, 'none') AS tag FROM api.places;
CREATE TABLE api.visits (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, place_id bigint NOT NULL REFERENCES api.places, place_code geo.code REFERENCES api.places (code), at timestamptz NOT NULL DEFAULT now());
CREATE FUNCTION api.near(code geo.code, distance double precision DEFAULT 1) RETURNS SETOF api.places LANGUAGE sql STABLE AS $$ SELECT * FROM api.places p WHERE p.code OPERATOR(public.>=) near.code $$;
CREATE FUNCTION api.near(code geo.code, within geo.shape) RETURNS SETOF api.places LANGUAGE sql STABLE AS $$ SELECT * FROM api.places p WHERE p.code OPERATOR(public.>=) near.code $$;
DO $$ BEGIN FOR n IN 1..120 LOOP
  EXECUTE format('CREATE FUNCTION api.st_helper_%s(a geo.shape, b geo.shape DEFAULT NULL) RETURNS geo.shape LANGUAGE sql IMMUTABLE AS %L', n, 'SELECT a');
END LOOP; END $$;
GRANT SELECT ON api.places, api.named, api.visits, api.marks, api.signs TO anon; GRANT SELECT, INSERT, UPDATE, DELETE ON api.places, api.visits, api.marks, api.signs TO surveyor; GRANT SELECT ON api.named TO surveyor;
INSERT INTO api.places (name, code, outline, tag, parcel, at, stretch) SELECT 'Place ' || n, ('c' || lpad(n::text, 3, '0'))::geo.code, 'POLYGON'::geo.shape, 't'::geo.tag, 'p'::geo.code, point(n, n), numrange(n, n + 1) FROM generate_series(1, 25) n;
INSERT INTO api.visits (place_id, place_code) SELECT id, code FROM api.places;
ALTER ROLE authenticator SET statement_timeout = '10s'; ALTER ROLE anon SET statement_timeout = '10s';
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;
