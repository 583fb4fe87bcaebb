-- Schemas, the extension, and what everybody may do before anything is granted: nothing.

CREATE SCHEMA v2 AUTHORIZATION shop_owner;
-- What every role can read must not tell of what only some may see.
COMMENT ON SCHEMA v2 IS 'The shop

Its second version.';
CREATE SCHEMA v1 AUTHORIZATION shop_owner;
COMMENT ON SCHEMA v1 IS 'The shop, as it was

Kept for older apps; new ones use v2.';

CREATE SCHEMA internal AUTHORIZATION shop_owner;
COMMENT ON SCHEMA internal IS 'What the shop''s tables need and no API role can name: triggers, sums';
CREATE SCHEMA auth AUTHORIZATION shop_auth;
COMMENT ON SCHEMA auth IS 'Users, sessions, the signing secret, and who is calling';
CREATE SCHEMA audit AUTHORIZATION shop_audit;
COMMENT ON SCHEMA audit IS 'Who changed what';
CREATE SCHEMA hooks AUTHORIZATION shop_auth;
COMMENT ON SCHEMA hooks IS 'What the server calls before a request';

CREATE SCHEMA extensions;
CREATE EXTENSION pgcrypto WITH SCHEMA extensions;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA extensions FROM PUBLIC;
GRANT USAGE ON SCHEMA extensions TO shop_auth;
GRANT EXECUTE ON FUNCTION extensions.crypt(text, text), extensions.gen_salt(text, integer),
  extensions.hmac(bytea, bytea, text) TO shop_auth;

-- API roles reach the two versions of the API and the hook. A function with a body in standard SQL holds its callees
-- by identity, not by name, so an API function may call a hidden one without opening that one's schema.
GRANT USAGE ON SCHEMA v2, v1, hooks TO anon, manager;
-- The owners name each other's objects while they build.
GRANT USAGE ON SCHEMA auth TO shop_owner;
GRANT USAGE ON SCHEMA audit TO shop_owner, shop_auth;
GRANT USAGE ON SCHEMA internal TO shop_auth;

-- New functions and types are everybody's by default. Not here.
ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner, shop_auth, shop_audit, shop_stats, shop_views
  REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner, shop_auth, shop_audit, shop_stats, shop_views
  REVOKE USAGE ON TYPES FROM PUBLIC;

-- What PUBLIC has in a new database: temporary tables, which can shadow names; before PostgreSQL 15 also objects of
-- its own in "public"; sleeping, which holds connections; large objects, which row-level security does not know.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
DO $$
DECLARE
  builtin regprocedure;
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO authenticator', current_database());
  FOR builtin IN
    SELECT p.oid
    FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace
      AND (p.proname IN ('pg_sleep', 'pg_sleep_for', 'pg_sleep_until', 'loread', 'lowrite') OR p.proname LIKE 'lo\_%')
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', builtin);
  END LOOP;
END
$$;
