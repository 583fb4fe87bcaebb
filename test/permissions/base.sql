-- Notes that people own, boards that they share, and names that mean harm.
CREATE ROLE anon NOLOGIN; CREATE ROLE writer NOLOGIN; CREATE ROLE "odd ""role' \" NOLOGIN; CREATE ROLE keeper NOLOGIN;
CREATE ROLE authenticator LOGIN NOINHERIT; GRANT anon, writer, "odd ""role' \" TO authenticator;
CREATE SCHEMA api AUTHORIZATION keeper; GRANT USAGE ON SCHEMA api TO anon, writer, "odd ""role' \";
SET ROLE keeper;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
CREATE TABLE api.boards (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, team text NOT NULL, title text NOT NULL);
CREATE TABLE api.notes (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), board_id int NOT NULL REFERENCES api.boards, author uuid NOT NULL,
  state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'public')), secret text, contact text NOT NULL CHECK (contact ~ '^[^@\s]+@[^@\s]+\.[a-z]{2,}$'));
CREATE TABLE api."evil ""; DROP TABLE api.notes; --" ("a'b\" int PRIMARY KEY, "line
not ok 1 - forged" text);
ALTER TABLE api.boards ENABLE ROW LEVEL SECURITY; ALTER TABLE api.notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY team ON api.boards TO writer
  USING (team = (current_setting('request.jwt.claims', true)::json -> 'app_metadata' ->> 'team'));
CREATE POLICY seen ON api.notes FOR SELECT USING (state = 'public');
CREATE POLICY own ON api.notes TO writer USING (author = (current_setting('request.jwt.claims', true)::json ->> 'sub')::uuid)
  WITH CHECK (author = (current_setting('request.jwt.claims', true)::json ->> 'sub')::uuid AND EXISTS (SELECT FROM api.boards b WHERE b.id = board_id));
CREATE POLICY "it's ""odd""" ON api.notes AS RESTRICTIVE FOR DELETE TO writer USING (state = 'draft');
CREATE VIEW api.published WITH (security_invoker = true) AS SELECT id, board_id, state FROM api.notes WHERE state = 'public';
CREATE FUNCTION api.notes_on(board_id int) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT count(*) FROM api.notes n WHERE n.board_id = notes_on.board_id $$;
GRANT SELECT (id, board_id, state) ON api.notes TO anon; GRANT SELECT ON api.published TO anon, writer;
GRANT SELECT, INSERT (id, board_id, author, state, contact), UPDATE (author, state), DELETE ON api.notes TO writer;
GRANT SELECT, INSERT (team, title), UPDATE (title) ON api.boards TO writer;
CREATE FUNCTION api.me() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT (current_setting('request.jwt.claims', true)::json ->> 'sub')::uuid $$;
-- Only one row for each person, which others may see; and groups in which people have parts.
CREATE TABLE api.people (id uuid PRIMARY KEY);
CREATE TABLE api.listing (person uuid PRIMARY KEY REFERENCES api.people, open boolean NOT NULL DEFAULT false, motto text);
CREATE TABLE api.teams (id uuid PRIMARY KEY, name text);
CREATE TYPE api.part AS ENUM ('lead', 'guest');
CREATE TABLE api.seats (team uuid REFERENCES api.teams, person uuid, part api.part NOT NULL, PRIMARY KEY (team, person));
CREATE FUNCTION api.has_part(team uuid, wanted api.part[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT EXISTS (SELECT FROM api.seats s WHERE s.team = has_part.team AND s.person = api.me() AND s.part = ANY (wanted)) $$;
ALTER TABLE api.listing ENABLE ROW LEVEL SECURITY; ALTER TABLE api.teams ENABLE ROW LEVEL SECURITY; ALTER TABLE api.seats ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON api.listing FOR SELECT TO writer USING (person = api.me() OR open);
CREATE POLICY own ON api.listing FOR UPDATE TO writer USING (person = api.me()) WITH CHECK (person = api.me());
CREATE POLICY seen ON api.seats FOR SELECT TO writer USING (person = api.me());
CREATE POLICY members ON api.teams FOR SELECT TO writer USING (api.has_part(id, '{lead,guest}'));
CREATE POLICY leads ON api.teams FOR DELETE TO writer USING (api.has_part(id, '{lead}'));
CREATE FUNCTION api.named(words text, VARIADIC others text[] DEFAULT '{}') RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT words || cardinality(others) $$;
GRANT SELECT, UPDATE (motto) ON api.listing TO writer; GRANT SELECT, DELETE ON api.teams TO writer; GRANT SELECT ON api.seats TO writer;
GRANT EXECUTE ON FUNCTION api.me, api.has_part, api.named TO writer;
GRANT SELECT, INSERT ON api."evil ""; DROP TABLE api.notes; --" TO "odd ""role' \";
GRANT EXECUTE ON FUNCTION api.notes_on TO writer;
RESET ROLE;
INSERT INTO api.boards (team, title) VALUES ('x', 'X');
INSERT INTO api.notes (board_id, author, state, contact) SELECT 1, gen_random_uuid(), 'public', 'someone@example.com' FROM generate_series(1, 5);
