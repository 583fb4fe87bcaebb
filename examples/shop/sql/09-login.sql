-- Logging in: functions with the rights of shop_auth. The API's own functions of these names call them.

SET ROLE shop_auth;

CREATE FUNCTION auth.base64url(bytes bytea) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN translate(encode(bytes, 'base64'), E'+/=\n', '-_');

-- RFC 7515, HS256. Whoever may call this may be anybody, so only its owner may.
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
      MESSAGE = 'logins are not set up', HINT = 'SELECT auth.set_jwt_secret(...) as the database''s owner.';
  END IF;
  RETURN signed || '.' || auth.base64url(extensions.hmac(convert_to(signed, 'UTF8'), key, 'sha256'));
END
$$;

CREATE FUNCTION auth.token_of(session_id uuid) RETURNS text
  LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT auth.sign(jsonb_strip_nulls(jsonb_build_object(
    'sub', u.id,
    'role', u.role,
    'email', u.email,
    'tenant_id', internal.tenant_of(u.id),
    'sid', s.id,
    'iat', floor(extract(epoch FROM now()))::bigint,
    'exp', floor(extract(epoch FROM least(now() + interval '1 hour', s.expires_at)))::bigint
  )))
  FROM auth.sessions s
  JOIN auth.users u ON u.id = s.user_id
  WHERE s.id = token_of.session_id AND s.revoked_at IS NULL AND s.expires_at > now() AND u.blocked_at IS NULL;
END;
COMMENT ON FUNCTION auth.token_of(uuid) IS 'A new token for a session; null if it has ended or its user is blocked';

CREATE FUNCTION auth.open_session(user_id uuid) RETURNS text
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  opened uuid;
BEGIN
  INSERT INTO auth.sessions (user_id) VALUES (open_session.user_id) RETURNING id INTO opened;
  RETURN auth.token_of(opened);
END
$$;

CREATE FUNCTION auth.login(email text, pass text) RETURNS text
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  -- An unknown address takes as long as a known one: its password is compared with this hash, of no password.
  nobody constant text := '$2a$10$IbXq9dCQ0nG0v3yHk0sWNOVwC3kqHkdZ4zNf9JwqjvM3z1w2uQ8kC';
  account auth.users;
  given text;
BEGIN
  SELECT u.* INTO account FROM auth.users u WHERE u.email = lower(login.email);
  given := extensions.crypt(login.pass, coalesce(account.password_hash, nobody));
  IF account.id IS NULL OR given IS NULL OR given <> account.password_hash OR account.blocked_at IS NOT NULL THEN
    RAISE invalid_password USING MESSAGE = 'invalid user or password';
  END IF;
  RETURN auth.open_session(account.id);
END
$$;
GRANT EXECUTE ON FUNCTION auth.login(text, text) TO anon;

CREATE FUNCTION auth.signup(email text, pass text, name text) RETURNS text
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
  VALUES (lower(signup.email), extensions.crypt(signup.pass, extensions.gen_salt('bf', 10)), 'app_user')
  ON CONFLICT DO NOTHING
  RETURNING id INTO created;
  IF created IS NULL THEN
    RAISE unique_violation USING MESSAGE = 'this address has an account already';
  END IF;
  PERFORM internal.create_profile(created, signup.name);
  RETURN auth.open_session(created);
END
$$;
GRANT EXECUTE ON FUNCTION auth.signup(text, text, text) TO anon;

CREATE FUNCTION auth.refresh() RETURNS text
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  token constant text := auth.token_of(auth.session_id());
BEGIN
  IF token IS NULL THEN
    RAISE SQLSTATE 'PT401' USING MESSAGE = 'the session has ended';
  END IF;
  RETURN token;
END
$$;
GRANT EXECUTE ON FUNCTION auth.refresh() TO app_user, manager;

CREATE FUNCTION auth.logout() RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  UPDATE auth.sessions s SET revoked_at = now()
  WHERE s.id = auth.session_id() AND s.user_id = auth.uid() AND s.revoked_at IS NULL;
END;
GRANT EXECUTE ON FUNCTION auth.logout() TO app_user, manager;

-- What a token says is an hour old at most; this is what holds now. Roles other than anon need a login that has not
-- ended, of a user who is not blocked, still has that role, and still belongs to the business account it names.
CREATE FUNCTION auth.check_session() RETURNS void
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  caller constant text := current_setting('role');
BEGIN
  IF caller = 'anon' THEN
    RETURN;
  END IF;
  IF NOT EXISTS (
    SELECT
    FROM auth.sessions s
    JOIN auth.users u ON u.id = s.user_id
    WHERE s.id = auth.session_id() AND u.id = auth.uid() AND u.role = caller
      AND s.revoked_at IS NULL AND s.expires_at > now() AND u.blocked_at IS NULL
      AND (auth.tenant_id() IS NULL OR auth.tenant_id() = internal.tenant_of(u.id))
  ) THEN
    RAISE SQLSTATE 'PT401' USING MESSAGE = 'the session has ended';
  END IF;
END
$$;
GRANT EXECUTE ON FUNCTION auth.check_session() TO anon, app_user, manager;

CREATE FUNCTION hooks.before_request() RETURNS void
  LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT auth.check_session();
END;
COMMENT ON FUNCTION hooks.before_request() IS 'For the server''s db-pre-request: refuses ended sessions and blocked users';
GRANT EXECUTE ON FUNCTION hooks.before_request() TO anon, app_user, manager;

RESET ROLE;
