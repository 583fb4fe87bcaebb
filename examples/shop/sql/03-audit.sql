-- The audit log: filled by triggers with rights of their own, readable and writable by no API role.

SET ROLE shop_audit;

CREATE TABLE audit.log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  logged_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  relation text NOT NULL,
  operation text NOT NULL CHECK (operation IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')),
  subject text,
  role text NOT NULL,
  old_data jsonb,
  new_data jsonb
);
CREATE INDEX log_relation ON audit.log (relation, logged_at);
COMMENT ON TABLE audit.log IS 'One row a change of an audited table';
COMMENT ON COLUMN audit.log.subject IS 'The caller''s sub claim; null for changes made without the API';
COMMENT ON COLUMN audit.log.role IS 'The role that the statement ran as';

CREATE FUNCTION audit.record() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  -- the trigger's arguments: columns that must not be kept
  omitted constant text[] := coalesce(TG_ARGV[0:], '{}');
  -- "role" says who asked, here where current_user is this function's owner
  caller constant text := coalesce(nullif(current_setting('role'), 'none'), session_user);
  subject constant text := nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub';
  old_data jsonb;
  new_data jsonb;
BEGIN
  IF TG_OP IN ('UPDATE', 'DELETE') THEN
    old_data := to_jsonb(OLD) - omitted;
  END IF;
  IF TG_OP IN ('INSERT', 'UPDATE') THEN
    new_data := to_jsonb(NEW) - omitted;
  END IF;
  INSERT INTO audit.log (relation, operation, subject, role, old_data, new_data)
  VALUES (format('%I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME), TG_OP, subject, caller, old_data, new_data);
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION audit.record() IS 'AFTER trigger: logs the change with the caller''s subject and role';
-- To make a trigger of it; it cannot be called otherwise.
GRANT EXECUTE ON FUNCTION audit.record() TO shop_owner, shop_auth;

RESET ROLE;
