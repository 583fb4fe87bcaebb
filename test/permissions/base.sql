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
GRANT SELECT, INSERT ON api."evil ""; DROP TABLE api.notes; --" TO "odd ""role' \";
GRANT EXECUTE ON FUNCTION api.notes_on TO writer;
RESET ROLE;
INSERT INTO api.boards (team, title) VALUES ('x', 'X');
INSERT INTO api.notes (board_id, author, state, contact) SELECT 1, gen_random_uuid(), 'public', 'someone@example.com' FROM generate_series(1, 5);
