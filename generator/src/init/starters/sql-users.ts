import { commonFiles } from '../parts.js'
import type { Starter } from '../starter.js'

const usersSql = String.raw`-- Users, their passwords, and the secret that signs tokens. Requests can name nothing in here.

CREATE SCHEMA extensions;
CREATE EXTENSION pgcrypto WITH SCHEMA extensions;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA extensions FROM PUBLIC;
GRANT USAGE ON SCHEMA extensions TO api_owner;
GRANT EXECUTE ON FUNCTION extensions.crypt(text, text), extensions.gen_salt(text, integer),
  extensions.hmac(bytea, bytea, text) TO api_owner;

SET ROLE api_owner;

CREATE TABLE auth.users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email text NOT NULL UNIQUE CHECK (email = lower(email) AND email ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' AND length(email) < 255),
  -- bcrypt, 2^10 rounds or more: a password as it was typed cannot be stored by mistake
  password_hash text NOT NULL CHECK (password_hash ~ '^\$2[aby]\$[123][0-9]\$[./A-Za-z0-9]{53}$'),
  role name NOT NULL,
  failures integer NOT NULL DEFAULT 0,
  locked_until timestamptz
);
COMMENT ON TABLE auth.users IS 'Who can log in, and as which role';

CREATE TABLE auth.jwt_secret (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  secret text NOT NULL CHECK (octet_length(secret) >= 32)
);
COMMENT ON TABLE auth.jwt_secret IS 'What the server verifies tokens with: its jwt-secret';

-- A foreign key to pg_roles is not possible: a trigger keeps users to roles that the server can become.
CREATE FUNCTION auth.check_role() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM pg_roles r
    WHERE r.rolname = NEW.role AND NOT r.rolsuper AND NOT r.rolbypassrls AND NOT r.rolcanlogin
      AND pg_has_role('authenticator', r.oid, 'MEMBER')
  ) THEN
    RAISE foreign_key_violation USING MESSAGE = format('%I is not a role of the API', NEW.role);
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER role_exists AFTER INSERT OR UPDATE OF role ON auth.users
  FOR EACH ROW EXECUTE FUNCTION auth.check_role();

CREATE FUNCTION auth.set_jwt_secret(secret text) RETURNS void
  LANGUAGE sql VOLATILE
BEGIN ATOMIC
  INSERT INTO auth.jwt_secret (secret) VALUES (set_jwt_secret.secret)
  ON CONFLICT (only_one) DO UPDATE SET secret = excluded.secret;
END;
COMMENT ON FUNCTION auth.set_jwt_secret(text) IS 'For whoever sets the system up';

CREATE FUNCTION auth.base64url(bytes bytea) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN translate(encode(bytes, 'base64'), E'+/=\n', '-_');

-- RFC 7515, HS256. Whoever may call this may be anybody: only its owner may.
CREATE FUNCTION auth.sign(claims jsonb) RETURNS text
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  signed constant text := auth.base64url('{"alg":"HS256","typ":"JWT"}'::bytea)
    || '.' || auth.base64url(convert_to(claims::text, 'UTF8'));
  key bytea;
BEGIN
  SELECT convert_to(s.secret, 'UTF8') INTO key FROM auth.jwt_secret s;
  IF key IS NULL THEN
    RAISE object_not_in_prerequisite_state USING
      MESSAGE = 'logins are not set up', HINT = 'SELECT auth.set_jwt_secret(...) as the owner of the database.';
  END IF;
  RETURN signed || '.' || auth.base64url(extensions.hmac(convert_to(signed, 'UTF8'), key, 'sha256'));
END
$$;

CREATE FUNCTION auth.token_of(user_id uuid) RETURNS text
  LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT auth.sign(jsonb_build_object(
    'sub', u.id,
    'role', u.role,
    'aud', 'api',
    'iat', floor(extract(epoch FROM now()))::bigint,
    'exp', floor(extract(epoch FROM now() + interval '15 minutes'))::bigint
  ))
  FROM auth.users u WHERE u.id = token_of.user_id;
END;

-- Null: refused. It counts failures, so it must not raise an error, which would undo that. An unknown address takes as long
-- as a known one: the password is compared with this hash, which is of none.
CREATE FUNCTION auth.login(email text, pass text) RETURNS text
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  nobody constant text := '$2a$10$IbXq9dCQ0nG0v3yHk0sWNOVwC3kqHkdZ4zNf9JwqjvM3z1w2uQ8kC';
  account auth.users;
  given text;
BEGIN
  SELECT u.* INTO account FROM auth.users u WHERE u.email = lower(login.email);
  given := extensions.crypt(login.pass, coalesce(account.password_hash, nobody));
  IF account.id IS NULL OR account.locked_until > now() THEN
    RETURN NULL;
  END IF;
  IF given IS DISTINCT FROM account.password_hash THEN
    UPDATE auth.users u SET failures = u.failures + 1,
      locked_until = CASE WHEN u.failures >= 9 THEN now() + interval '15 minutes' END
    WHERE u.id = account.id;
    RETURN NULL;
  END IF;
  UPDATE auth.users u SET failures = 0, locked_until = NULL WHERE u.id = account.id AND u.failures > 0;
  RETURN auth.token_of(account.id);
END
$$;
GRANT EXECUTE ON FUNCTION auth.login(text, text) TO anon;

CREATE FUNCTION auth.signup(email text, pass text) RETURNS text
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  created uuid;
BEGIN
  -- bcrypt ignores what comes after 72 bytes
  IF coalesce(octet_length(signup.pass), 0) NOT BETWEEN 10 AND 72 THEN
    RAISE invalid_parameter_value USING MESSAGE = 'a password has 10 to 72 bytes';
  END IF;
  INSERT INTO auth.users (email, password_hash, role)
  VALUES (lower(signup.email), extensions.crypt(signup.pass, extensions.gen_salt('bf', 12)), 'app_user')
  ON CONFLICT DO NOTHING
  RETURNING id INTO created;
  IF created IS NULL THEN
    RAISE unique_violation USING MESSAGE = 'this address has an account already';
  END IF;
  RETURN auth.token_of(created);
END
$$;
GRANT EXECUTE ON FUNCTION auth.signup(text, text) TO anon;

RESET ROLE;
`

const apiSql = `-- What requests can name. These functions run as whoever calls them, and call the ones above by identity, so that the roles
-- of the API need no USAGE on their schema.

SET ROLE api_owner;

CREATE FUNCTION api.login(email text, pass text) RETURNS text
  LANGUAGE sql VOLATILE
  RETURN auth.login(email, pass);
COMMENT ON FUNCTION api.login(text, text) IS 'A token (JWT) for 15 minutes, or null for a wrong address or password';

CREATE FUNCTION api.signup(email text, pass text) RETURNS text
  LANGUAGE sql VOLATILE
  RETURN auth.signup(email, pass);
COMMENT ON FUNCTION api.signup(text, text) IS 'Signs up and logs in: a token (JWT) for 15 minutes';

CREATE TABLE api.notes (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_id uuid NOT NULL DEFAULT auth.uid() REFERENCES auth.users ON DELETE CASCADE,
  text text NOT NULL
);
CREATE INDEX notes_owner ON api.notes (owner_id);
COMMENT ON TABLE api.notes IS 'Notes: everybody sees and changes their own';
ALTER TABLE api.notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE api.notes FORCE ROW LEVEL SECURITY;
CREATE POLICY own_read ON api.notes FOR SELECT TO app_user USING (owner_id = (SELECT auth.uid()));
CREATE POLICY own_insert ON api.notes FOR INSERT TO app_user WITH CHECK (owner_id = (SELECT auth.uid()));
CREATE POLICY own_update ON api.notes FOR UPDATE TO app_user
  USING (owner_id = (SELECT auth.uid())) WITH CHECK (owner_id = (SELECT auth.uid()));
CREATE POLICY own_delete ON api.notes FOR DELETE TO app_user USING (owner_id = (SELECT auth.uid()));

GRANT USAGE ON SCHEMA api TO anon, app_user;
GRANT EXECUTE ON FUNCTION api.login(text, text), api.signup(text, text) TO anon;
GRANT EXECUTE ON FUNCTION auth.uid() TO app_user;
GRANT SELECT, INSERT (text), UPDATE (text), DELETE ON api.notes TO app_user;

RESET ROLE;
`

export const sqlUsers: Starter = {
  name: 'sql-users',
  summary: 'users, passwords and logins in SQL, without another service',
  files: [
    ...commonFiles({
      roles: [['app_user', 'Everybody who has logged in']],
      schemas: ['api'],
      tokens: `# openssl rand -base64 48 | tr -d '\\n' > secret.txt; chmod 600 secret.txt
jwt-secret = "@secret.txt"`,
      title: 'Users in SQL',
      readme: `People sign up and log in with \`POST /rpc/signup\` and \`POST /rpc/login\`, which give a token for 15 minutes. Passwords are
hashed with bcrypt (2^12 rounds); after ten wrong ones an account is locked for 15 minutes. \`api.notes\` is a table whose rows
belong to who made them.

The database signs tokens with the same secret that the server verifies them with:

    openssl rand -base64 48 | tr -d '\\n' > secret.txt; chmod 600 secret.txt
    psql --dbname app --variable secret="$(cat secret.txt)" <<< "SELECT auth.set_jwt_secret(:'secret')"

It needs the extension pgcrypto. Limit in a proxy how often one address may call \`login\`.`,
    }),
    { path: 'migrations/03_users.sql', content: usersSql },
    { path: 'migrations/04_api.sql', content: apiSql },
  ],
}
