-- User management in SQL: users, sessions, the secret that signs tokens. No API role can name anything in here.

SET ROLE shop_auth;

CREATE TABLE auth.users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email text NOT NULL UNIQUE,
  -- bcrypt, 2^10 rounds or more: a password as it was typed cannot be stored by mistake
  password_hash text NOT NULL CHECK (password_hash ~ '^\$2[aby]\$[123][0-9]\$[./A-Za-z0-9]{53}$'),
  role name NOT NULL,
  blocked_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT email_is_canonical CHECK (email = lower(email) AND email ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' AND length(email) < 255)
);
COMMENT ON TABLE auth.users IS 'Who can log in, and as which role';
-- For the profile's foreign key.
GRANT REFERENCES (id) ON auth.users TO shop_owner;

CREATE TABLE auth.sessions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES auth.users ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL DEFAULT now() + interval '30 days',
  revoked_at timestamptz
);
CREATE INDEX sessions_user ON auth.sessions (user_id);
COMMENT ON TABLE auth.sessions IS 'Logins; a token lives an hour, its session until it expires or is revoked';

CREATE TABLE auth.jwt_secret (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  secret text NOT NULL CHECK (octet_length(secret) >= 32)
);
COMMENT ON TABLE auth.jwt_secret IS 'The secret that the API server verifies tokens with';

-- A foreign key to pg_roles is not possible, so a trigger keeps users to roles that the server can become.
CREATE FUNCTION auth.check_role() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (
    SELECT
    FROM pg_roles r
    WHERE r.rolname = NEW.role
      AND NOT r.rolsuper AND NOT r.rolbypassrls AND NOT r.rolcanlogin
      AND pg_has_role('authenticator', r.oid, 'MEMBER')
  ) THEN
    RAISE foreign_key_violation USING MESSAGE = format('%I is not a role of the API', NEW.role);
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER role_exists AFTER INSERT OR UPDATE OF role ON auth.users
  FOR EACH ROW EXECUTE FUNCTION auth.check_role();

CREATE TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON auth.users
  FOR EACH ROW EXECUTE FUNCTION audit.record('password_hash');
CREATE TRIGGER audited_truncate AFTER TRUNCATE ON auth.users
  FOR EACH STATEMENT EXECUTE FUNCTION audit.record();

CREATE FUNCTION auth.set_jwt_secret(secret text) RETURNS void
  LANGUAGE sql VOLATILE
BEGIN ATOMIC
  INSERT INTO auth.jwt_secret (secret) VALUES (set_jwt_secret.secret)
  ON CONFLICT (only_one) DO UPDATE SET secret = excluded.secret;
END;
COMMENT ON FUNCTION auth.set_jwt_secret(text) IS 'For whoever sets the system up: 32 bytes or more, the server''s own';

-- Who is calling, from the claims that the server has verified. Policies use these as (SELECT auth.uid()), so that they
-- are asked once a statement, not once a row.
CREATE FUNCTION auth.uid() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;
COMMENT ON FUNCTION auth.uid() IS 'The caller''s user id: the sub claim';
CREATE FUNCTION auth.tenant_id() RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'tenant_id';
COMMENT ON FUNCTION auth.tenant_id() IS 'The caller''s business account: the tenant_id claim';
CREATE FUNCTION auth.session_id() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sid')::uuid;
COMMENT ON FUNCTION auth.session_id() IS 'The login that the caller''s token comes from: the sid claim';
GRANT EXECUTE ON FUNCTION auth.uid(), auth.tenant_id() TO app_user, manager, shop_owner;

RESET ROLE;
