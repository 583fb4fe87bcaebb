-- The roles. They belong to the whole cluster, so this file may run where they exist already.

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY[
    'authenticator', 'anon', 'app_user', 'manager', 'tenant_admin',
    'shop_owner', 'shop_auth', 'shop_audit', 'shop_stats', 'shop_views'
  ] LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I', wanted);
    END IF;
  END LOOP;
END
$$;

-- The only one that connects. It has no rights of its own: it becomes one of the API roles for each request.
-- Whoever sets the system up gives it a password.
ALTER ROLE authenticator
  LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 100;
COMMENT ON ROLE authenticator IS 'The API server connects as this role';

-- The API roles.
ALTER ROLE anon NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
COMMENT ON ROLE anon IS 'Visitors: requests without a token';
ALTER ROLE app_user NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
COMMENT ON ROLE app_user IS 'Customers: everybody who has logged in';
ALTER ROLE manager NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
COMMENT ON ROLE manager IS 'Runs the shop: assortment, orders, reports';
ALTER ROLE tenant_admin NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
COMMENT ON ROLE tenant_admin IS 'A customer who also administers one business account';

GRANT anon TO app_user;
GRANT app_user TO tenant_admin;
GRANT anon, app_user, manager, tenant_admin TO authenticator;

-- Owners. Nobody logs in as them, and the authenticator cannot become them; none is a superuser, so functions that
-- run with their owner's rights have just the rights that are granted here.
ALTER ROLE shop_owner NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
COMMENT ON ROLE shop_owner IS 'Owns the shop''s tables and functions';
ALTER ROLE shop_auth NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
COMMENT ON ROLE shop_auth IS 'Owns users, sessions and the signing secret: not even shop_owner reads them';
ALTER ROLE shop_audit NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
COMMENT ON ROLE shop_audit IS 'Owns the audit log: not even shop_owner changes it';
ALTER ROLE shop_stats NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
COMMENT ON ROLE shop_stats IS 'Owns the view that adds up what was sold, and reads nothing else';
ALTER ROLE shop_views NOLOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
COMMENT ON ROLE shop_views IS 'Owns the API''s views: before PostgreSQL 15 they run with its rights, a customer''s';

GRANT app_user TO shop_views;

-- What one request may take. The server applies the settings of the role that a request runs as.
ALTER ROLE authenticator SET statement_timeout = '15s';
ALTER ROLE authenticator SET lock_timeout = '5s';
ALTER ROLE authenticator SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE anon SET statement_timeout = '5s';
