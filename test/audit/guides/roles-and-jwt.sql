-- The SQL of a guide to roles and tokens, as it says it. sign() and uuid_generate_v4() come from extensions there; here they
-- stand in for themselves.
CREATE ROLE anon;
CREATE ROLE authenticator NOINHERIT LOGIN;
CREATE ROLE webuser NOLOGIN;
CREATE ROLE user000 NOLOGIN;
GRANT anon TO authenticator;
GRANT webuser TO user000;
GRANT user000 TO authenticator;

CREATE TABLE chat (
  message_uuid uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  message_time timestamp NOT NULL DEFAULT now(),
  message_from name NOT NULL DEFAULT current_user,
  message_to name NOT NULL,
  message_subject varchar(64) NOT NULL,
  message_body text
);
CREATE POLICY chat_policy ON chat
  USING ((message_to = current_user) OR (message_from = current_user))
  WITH CHECK (message_from = current_user);
GRANT SELECT, INSERT, UPDATE, DELETE ON chat TO webuser;

CREATE FUNCTION caller_email() RETURNS text LANGUAGE sql STABLE AS $$ SELECT current_setting('request.jwt.claim.email', true) $$;
CREATE FUNCTION check_user() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'evil_user' THEN
    RAISE EXCEPTION 'No, you are evil' USING HINT = 'Stop being so evil and maybe you can log in';
  END IF;
END $$;

CREATE SCHEMA IF NOT EXISTS basic_auth;
CREATE TYPE jwt_token AS (token text);
CREATE TYPE basic_auth.jwt_token AS (token text);
CREATE FUNCTION sign(payload json, secret text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT md5(payload::text || secret) $$;
CREATE FUNCTION jwt_test() RETURNS public.jwt_token LANGUAGE sql AS $$
  SELECT sign(row_to_json(r), 'reallyreallyreallyreallyverysafe') AS token
  FROM (SELECT 'my_role'::text AS role, extract(epoch FROM now())::integer + 300 AS exp) r;
$$;
DO $$ BEGIN
  EXECUTE format('ALTER DATABASE %I SET "app.jwt_secret" TO %L', current_database(), 'reallyreallyreallyreallyverysafe');
END $$;

CREATE TABLE IF NOT EXISTS basic_auth.users (
  email text PRIMARY KEY CHECK (email ~* '^.+@.+\..+$'),
  pass text NOT NULL CHECK (length(pass) < 512),
  role name NOT NULL CHECK (length(role) < 512)
);
CREATE FUNCTION basic_auth.check_role_exists() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles AS r WHERE r.rolname = new.role) THEN
    RAISE foreign_key_violation USING MESSAGE = 'unknown database role: ' || new.role;
    RETURN NULL;
  END IF;
  RETURN new;
END $$;
CREATE CONSTRAINT TRIGGER ensure_user_role_exists AFTER INSERT OR UPDATE ON basic_auth.users
  FOR EACH ROW EXECUTE PROCEDURE basic_auth.check_role_exists();
CREATE FUNCTION basic_auth.user_role(email text, pass text) RETURNS name LANGUAGE plpgsql AS $$
BEGIN
  RETURN (SELECT role FROM basic_auth.users WHERE users.email = user_role.email AND users.pass = md5(user_role.pass || users.pass));
END $$;
CREATE FUNCTION login(email text, pass text) RETURNS basic_auth.jwt_token LANGUAGE plpgsql AS $$
DECLARE
  _role name;
  result basic_auth.jwt_token;
BEGIN
  SELECT basic_auth.user_role(email, pass) INTO _role;
  IF _role IS NULL THEN
    RAISE invalid_password USING MESSAGE = 'invalid user or password';
  END IF;
  SELECT sign(row_to_json(r), 'reallyreallyreallyreallyverysafe') AS token
  FROM (SELECT _role AS role, login.email AS email, extract(epoch FROM now())::integer + 60*60 AS exp) r INTO result;
  RETURN result;
END $$;
GRANT USAGE ON SCHEMA public, basic_auth TO anon;
GRANT SELECT ON TABLE pg_authid, basic_auth.users TO anon;
GRANT EXECUTE ON FUNCTION login(text, text) TO anon;
CREATE VIEW users AS SELECT email, '***'::text AS pass, role FROM basic_auth.users WHERE role::text = current_user::text;
GRANT SELECT ON users TO anon;
