import { hasFeature } from '../../postgres/version.js'

/** What an audit reads besides the catalog. They run in the snapshot of `introspect`, as any login role may. */

export const database = `
  SELECT d.datname AS name, d.datdba AS owner, d.datacl::text[] AS acl
  FROM pg_database d WHERE d.datname = current_database()`

/** $1: roles by id. Databases that somebody of them may connect to, besides this one. */
export const otherDatabases = `
  SELECT d.datname AS name FROM pg_database d
  WHERE d.datname <> current_database() AND d.datallowconn AND NOT d.datistemplate
    AND EXISTS (SELECT FROM unnest($1::oid[]) r(id) WHERE has_database_privilege(r.id, d.oid, 'CONNECT'))
  ORDER BY d.datname`

/** $1: whether pg_authid may be read, which shows how passwords are stored. */
export const logins = (canReadPasswords: boolean) => `
  SELECT r.oid AS role, NULLIF(r.rolconnlimit, -1) AS "connectionLimit",
         CASE WHEN r.rolvaliduntil < 'infinity'
              THEN to_char(r.rolvaliduntil AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') END AS "validUntil",
         ${
           canReadPasswords
             ? `CASE WHEN a.rolpassword IS NULL THEN 'none' WHEN a.rolpassword LIKE 'md5%' THEN 'md5'
                     ELSE 'scram-sha-256' END`
             : 'NULL'
         } AS password
  FROM pg_roles r ${canReadPasswords ? 'JOIN pg_authid a ON a.oid = r.oid' : ''}
  WHERE r.rolname !~ '^pg_'`

export const canReadPasswords = `SELECT has_table_privilege('pg_catalog.pg_authid'::regclass, 'SELECT') AS can`

/** Settings of the server that an audit judges; none of them is a secret. */
export const serverSettings = `
  SELECT name, setting AS value FROM pg_settings
  WHERE name IN ('shared_preload_libraries', 'password_encryption', 'log_connections', 'log_disconnections',
                 'log_line_prefix', 'log_statement', 'row_security', 'ssl', 'max_connections',
                 'pgaudit.log', 'pgaudit.role', 'statement_timeout', 'lock_timeout',
                 'idle_in_transaction_session_timeout', 'plan_cache_mode')`

/** Their functions may do what the server's operating system lets it do. */
export const untrustedLanguages = `SELECT l.lanname AS name FROM pg_language l WHERE NOT l.lanpltrusted ORDER BY l.lanname`

export const parameterAcls = `SELECT p.parname AS parameter, p.paracl::text[] AS acl FROM pg_parameter_acl p ORDER BY p.parname`

/** $1: roles by id. Catalogs that hold passwords, statistics of hidden rows, or statements of others. */
export const systemRelations = `
  SELECT r.id AS role, n.nspname AS schema, c.relname AS name
  FROM unnest($1::oid[]) r(id)
  JOIN pg_class c ON has_any_column_privilege(r.id, c.oid, 'SELECT')
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE (n.nspname = 'pg_catalog' AND c.relname IN ('pg_authid', 'pg_shadow', 'pg_statistic', 'pg_statistic_ext_data',
           'pg_user_mapping', 'pg_largeobject', 'pg_hba_file_rules', 'pg_file_settings'))
     OR c.relname IN ('pg_stat_statements', 'pg_stat_statements_info')`

/** $1: roles by id. Functions of PostgreSQL that reach files, large objects, other sessions, or hold a connection. */
export const systemFunctions = `
  SELECT r.id AS role, p.proname AS name, p.proargtypes::oid[] AS inputs
  FROM unnest($1::oid[]) r(id)
  JOIN pg_proc p ON has_function_privilege(r.id, p.oid, 'EXECUTE')
  WHERE p.pronamespace = 'pg_catalog'::regnamespace
    AND (p.proname LIKE 'lo\\_%' OR p.proname IN ('pg_read_file', 'pg_read_binary_file', 'pg_ls_dir', 'pg_stat_file',
      'pg_ls_logdir', 'pg_ls_waldir', 'pg_ls_tmpdir', 'pg_ls_archive_statusdir', 'pg_reload_conf', 'pg_rotate_logfile',
      'pg_terminate_backend', 'pg_cancel_backend', 'pg_sleep', 'pg_sleep_for', 'pg_sleep_until', 'pg_switch_wal',
      'pg_create_restore_point', 'pg_advisory_lock', 'pg_current_logfile'))`

/** $1: roles by id. What extensions bring that reaches the network, the file system or a scheduler. */
export const outreach = `
  SELECT p.oid AS routine, n.nspname AS schema, p.proname AS name, p.proargtypes::oid[] AS inputs, e.extname AS extension,
         ARRAY(SELECT r.id FROM unnest($1::oid[]) r(id)
               WHERE has_function_privilege(r.id, p.oid, 'EXECUTE') AND has_schema_privilege(r.id, n.oid, 'USAGE')) AS roles
  FROM pg_proc p
  JOIN pg_namespace n ON n.oid = p.pronamespace
  JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
  JOIN pg_extension e ON e.oid = d.refobjid
  WHERE e.extname IN ('dblink', 'http', 'pg_net', 'pg_cron', 'file_fdw', 'adminpack', 'plpython3u', 'plperlu', 'postgres_fdw',
                      'pg_curl', 'pgsql-http', 'pg_background', 'pageinspect', 'pg_read_file')`

export const publications = `
  SELECT p.pubname AS name, p.puballtables AS "isAll" FROM pg_publication p ORDER BY p.pubname`

export const publishedTables = (serverVersion: number) => `
  SELECT p.pubname AS publication, t.prrelid AS relation,
         ${hasFeature(serverVersion, 'publicationFilters') ? 't.prqual IS NOT NULL' : 'false'} AS filtered
  FROM pg_publication p JOIN pg_publication_rel t ON t.prpubid = p.oid`

export const fullReplicaIdentity = `SELECT c.oid AS relation FROM pg_class c WHERE c.relreplident = 'f'`

export const userMappings = `
  SELECT m.srvname AS server, m.umuser AS role,
         CASE WHEN m.umoptions IS NULL THEN NULL
              ELSE EXISTS (SELECT FROM unnest(m.umoptions) o WHERE o ~* '^password=') END AS "hasPassword"
  FROM pg_user_mappings m`

export const sequences = `
  SELECT n.nspname AS schema, c.relname AS name, c.relowner AS owner, c.relacl::text[] AS acl
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'S' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relacl IS NOT NULL`

/** $1: routines by id. The body as it was written, or decompiled where it is `BEGIN ATOMIC`. */
export const bodies = `
  SELECT p.oid AS routine, l.lanname AS language,
         CASE WHEN l.lanname IN ('internal', 'c') THEN NULL ELSE coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) END AS body
  FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
  WHERE p.oid = ANY ($1::oid[])`

/** $1: functions by id. */
export const functionNames = `
  SELECT p.oid, n.nspname AS schema, p.proname AS name,
         CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END AS volatility,
         p.proisstrict AS strict
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE p.oid = ANY ($1::oid[])`

/** $1: operators by id. */
export const operatorNames = `SELECT o.oid, o.oprname AS name FROM pg_operator o WHERE o.oid = ANY ($1::oid[])`
