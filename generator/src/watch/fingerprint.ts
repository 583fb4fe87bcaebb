/** Catalogs that say what a role may do, and what generated files say. Their rows get a new xmin whenever they change. */
const catalogs = [
  ...['attrdef', 'attribute', 'auth_members', 'cast', 'class', 'collation', 'constraint', 'default_acl', 'description'],
  ...[
    'enum',
    'extension',
    'index',
    'inherits',
    'namespace',
    'operator',
    'policy',
    'proc',
    'rewrite',
    'trigger',
    'type',
  ],
]

/** One that changes only within a row of pg_class: its statistics, which ANALYZE writes in place. */
const sums = catalogs.map(
  (name) =>
    `(SELECT concat(count(*), ':', sum(hashtextextended(c.xmin::text || c.ctid::text, 0))) FROM pg_catalog.pg_${name} c)`,
)

/**
 * A text that is another one after the schema has changed: DDL, grants, comments, policies, memberships of roles. Any login
 * role may ask for it. It costs milliseconds.
 */
export const fingerprintStatement = `SELECT concat_ws(' ', ${sums.join(', ')}) AS fingerprint`

/** What the event trigger sends, and `watch` listens to. */
export const channel = 'rolecast_schema'

/** An event trigger that tells of changes at once, where otherwise the catalogs are asked each moment. */
export const triggerSql = `
CREATE OR REPLACE FUNCTION public.rolecast_tell_of_ddl() RETURNS event_trigger LANGUAGE plpgsql
SET search_path = pg_catalog AS $$ BEGIN PERFORM pg_notify('${channel}', TG_TAG); END $$;
REVOKE EXECUTE ON FUNCTION public.rolecast_tell_of_ddl() FROM PUBLIC;
DROP EVENT TRIGGER IF EXISTS rolecast_tell_of_ddl;
DROP EVENT TRIGGER IF EXISTS rolecast_tell_of_drop;
CREATE EVENT TRIGGER rolecast_tell_of_ddl ON ddl_command_end EXECUTE FUNCTION public.rolecast_tell_of_ddl();
CREATE EVENT TRIGGER rolecast_tell_of_drop ON sql_drop EXECUTE FUNCTION public.rolecast_tell_of_ddl();`
