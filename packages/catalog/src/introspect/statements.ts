import { hasFeature } from '../postgres/version.js'

/**
 * The statements of the snapshot. They run with an empty search path, so that what PostgreSQL prints names everything
 * in full; `pg_catalog` is searched all the same. Object ids never leave this folder.
 */

/** Schemas that are PostgreSQL's own, or of sessions. */
const userNamespace = (alias: string) => `${alias}.nspname !~ '^pg_' AND ${alias}.nspname <> 'information_schema'`

const comment = (catalog: string, id: string, column = '0') =>
  `(SELECT d.description FROM pg_description d
    WHERE d.objoid = ${id} AND d.classoid = '${catalog}'::regclass AND d.objsubid = ${column})`

const extension = (catalog: string, id: string) =>
  `(SELECT e.extname FROM pg_depend x JOIN pg_extension e ON e.oid = x.refobjid
    WHERE x.classid = '${catalog}'::regclass AND x.objid = ${id} AND x.deptype = 'e' LIMIT 1)`

export const settings = `
  SELECT current_setting('server_version_num')::int AS "serverVersion", current_user::text AS "currentUser",
         (SELECT oid FROM pg_roles WHERE rolname = current_user) AS "currentUserId",
         (SELECT description FROM pg_shdescription
          WHERE classoid = 'pg_database'::regclass
            AND objoid = (SELECT oid FROM pg_database WHERE datname = current_database())) AS comment,
         set_config('search_path', '', true), set_config('datestyle', 'ISO, MDY', true),
         set_config('intervalstyle', 'postgres', true), set_config('timezone', 'UTC', true),
         set_config('extra_float_digits', '1', true), set_config('bytea_output', 'hex', true),
         set_config('quote_all_identifiers', 'off', true), set_config('lc_monetary', 'C', true)`

export const roles = `
  SELECT r.oid, r.rolname AS name, r.rolcanlogin AS "canLogin", r.rolsuper AS superuser, r.rolinherit AS inherit,
         r.rolbypassrls AS "bypassRowSecurity", r.rolcreaterole AS "createRole", r.rolcreatedb AS "createDatabase",
         r.rolreplication AS replication,
         (SELECT description FROM pg_shdescription
          WHERE objoid = r.oid AND classoid = 'pg_authid'::regclass) AS comment
  FROM pg_roles r`

/** Before PostgreSQL 16 a membership has no options of its own. */
export const memberships = (serverVersion: number) => `
  SELECT m.member, m.roleid AS role, bool_or(m.admin_option) AS admin,
         ${hasFeature(serverVersion, 'membershipOptions') ? 'bool_or(m.inherit_option)' : 'NULL::bool'} AS inherit,
         ${hasFeature(serverVersion, 'membershipOptions') ? 'bool_or(m.set_option)' : 'true'} AS set
  FROM pg_auth_members m GROUP BY m.member, m.roleid`

export const schemas = `
  SELECT n.oid, n.nspname AS name, n.nspowner AS owner, n.nspacl::text[] AS acl,
         ${comment('pg_namespace', 'n.oid')} AS comment, ${extension('pg_namespace', 'n.oid')} AS extension,
         ${userNamespace('n')} AS "isUser"
  FROM pg_namespace n WHERE n.nspname !~ '^pg_(toast|temp)'`

/** $1: null for all of the user's relations, or object ids. */
const relationFilter = `
  CASE WHEN $1::oid[] IS NULL THEN ${userNamespace('n')} ELSE c.oid = ANY ($1) END AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`

export const relations = `
  SELECT c.oid, c.relnamespace AS namespace, c.relname AS name, c.relkind AS kind, c.relowner AS owner,
         c.relacl::text[] AS acl, c.reloptions AS options, c.relrowsecurity AS "rowSecurity",
         c.relforcerowsecurity AS "forceRowSecurity", c.relispartition AS "isPartition",
         CASE WHEN c.relispartition THEN pg_get_partition_constraintdef(c.oid) IS NOT NULL ELSE false END AS "hasBounds",
         ${comment('pg_class', 'c.oid')} AS comment, ${extension('pg_class', 'c.oid')} AS extension,
         CASE WHEN c.relkind IN ('r', 'p') THEN 28 WHEN c.relkind = 'm' THEN 0
              ELSE pg_relation_is_updatable(c.oid, true) END AS updatable,
         CASE WHEN c.relkind IN ('v', 'm') AND ${userNamespace('n')} THEN pg_get_viewdef(c.oid) END AS definition,
         k.partexprs::text AS "partitionTree", k.partstrat AS strategy, k.partattrs::int2[] AS "keyColumns",
         CASE WHEN NOT c.relispartition THEN NULL WHEN pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT' THEN 'default'
              WHEN pg_get_expr(c.relpartbound, c.oid) ~ '^FOR VALUES IN .*[( ]NULL[,)]' THEN 'null' ELSE 'other' END AS bound,
         ARRAY(SELECT i.inhparent FROM pg_inherits i WHERE i.inhrelid = c.oid ORDER BY i.inhseqno) AS parents
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_partitioned_table k ON k.partrelid = c.oid
  WHERE ${relationFilter}`

export const columns = `
  SELECT a.attrelid AS relation, a.attnum AS number, a.attname AS name, a.atttypid AS type,
         CASE WHEN a.atttypmod >= 0 THEN format_type(a.atttypid, a.atttypmod) END AS formatted, a.attnotnull AS "notNull",
         a.attnotnull AND k.oid IS NULL AS "notNullHolds",
         pg_get_expr(d.adbin, d.adrelid) AS default, d.adbin::text AS tree,
         a.attgenerated AS generated, a.attidentity AS identity, a.attacl::text[] AS acl,
         CASE c.relkind WHEN 'v' THEN pg_column_is_updatable(c.oid, a.attnum, false) WHEN 'm' THEN false
              WHEN 'f' THEN pg_relation_is_updatable(c.oid, true) <> 0 ELSE true END AS updatable,
         t.description AS comment
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_constraint k
    ON k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum] AND NOT k.convalidated
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN pg_description t ON t.objoid = a.attrelid AND t.classoid = 'pg_class'::regclass AND t.objsubid = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped AND ${relationFilter}
  ORDER BY a.attrelid, a.attnum`

/** A constraint can be left unenforced from PostgreSQL 18 on. */
export const constraints = (serverVersion: number) => `
  WITH blurred AS MATERIALIZED (SELECT c.oid FROM pg_collation c WHERE NOT c.collisdeterministic)
  SELECT k.conname AS name, k.contype AS kind, k.conrelid AS relation, k.contypid AS type, k.conkey AS columns,
         k.confrelid AS "referencedRelation", k.confkey AS "referencedColumns",
         CASE WHEN k.contypid = 0 THEN pg_get_expr(k.conbin, k.conrelid) ELSE pg_get_expr(k.conbin, 0) END AS expression,
         k.confupdtype AS "onUpdate", k.confdeltype AS "onDelete",
         ${hasFeature(serverVersion, 'constraintOptions') ? 'k.conenforced' : 'true'} AS "isEnforced", k.condeferred AS "isDeferred",
         (SELECT p.conrelid <> k.conrelid FROM pg_constraint p WHERE p.oid = k.conparentid) IS TRUE AS "isCopy",
         k.convalidated ${hasFeature(serverVersion, 'constraintOptions') ? 'AND NOT k.conperiod' : ''}
           AND NOT (k.connoinherit AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = k.conrelid)) AS holds,
         k.conbin::text AS tree, k.conparentid <> 0 AS inherited,
         NOT EXISTS (SELECT FROM blurred b WHERE k.conbin::text LIKE '%:inputcollid ' || b.oid || ' %') AS "isExact",
         ${comment('pg_constraint', 'k.oid')} AS comment
  FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
  WHERE ${userNamespace('n')} AND k.contype IN ('p', 'u', 'f', 'c', 'x')`

export const indexes = `
  SELECT i.indrelid AS relation, c.relname AS name, i.indisunique AS unique, i.indisprimary AS primary,
         i.indisvalid AS valid, i.indimmediate AS immediate, i.indisexclusion AS "isExclusion",
         (i.indkey::int2[])[0:i.indnkeyatts - 1] AS columns,
         ARRAY(SELECT o.opcfamily FROM unnest(i.indclass::oid[]) WITH ORDINALITY AS u (class, at)
               JOIN pg_opclass o ON o.oid = u.class ORDER BY u.at) AS families,
         NOT EXISTS (SELECT FROM unnest(i.indclass::oid[], i.indcollation::oid[], (i.indkey::int2[])[0:i.indnkeyatts - 1])
                            AS u (class, compared, key)
                     JOIN pg_opclass o ON o.oid = u.class
                     LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.key
                     WHERE NOT o.opcdefault OR u.compared <> a.attcollation) AS "isDefault",
         pg_get_expr(i.indpred, i.indrelid) AS predicate, i.indpred::text AS "predicateTree",
         i.indexprs::text AS "expressionsTree"
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${userNamespace('n')}`

export const triggers = `
  SELECT t.tgrelid AS relation, t.tgname AS name, t.tgtype AS type, t.tgfoid AS function, t.tgenabled AS enabled,
         t.tgattr::int2[] AS columns, t.tgqual::text AS condition
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE NOT t.tgisinternal AND ${userNamespace('n')}`

export const rules = `
  SELECT r.ev_class AS relation, r.rulename AS name, r.ev_type AS event, r.is_instead AS instead,
         r.ev_qual::text AS condition, r.ev_action::text AS action
  FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${userNamespace('n')} AND r.ev_enabled IN ('O', 'A')`

export const policies = `
  SELECT p.polrelid AS relation, p.polname AS name, p.polpermissive AS permissive, p.polcmd AS command,
         p.polroles AS roles, pg_get_expr(p.polqual, p.polrelid) AS using, p.polqual::text AS "usingTree",
         pg_get_expr(p.polwithcheck, p.polrelid) AS check, p.polwithcheck::text AS "checkTree",
         ${comment('pg_policy', 'p.oid')} AS comment
  FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${userNamespace('n')}`

/** All types, light: what a type's use needs. True arrays only have an element. */
export const typeNames = `
  SELECT t.oid, t.typnamespace AS namespace, t.typname AS name, format_type(t.oid, NULL) AS formatted,
         CASE WHEN t.typcategory = 'A' AND t.typelem <> 0 THEN t.typelem ELSE 0::oid END AS element, t.typrelid AS relation
  FROM pg_type t`

/** Types that the catalog describes: no arrays (but domains over them), no row types of relations. */
export const types = `
  SELECT t.oid, t.typnamespace AS namespace, t.typname AS name, t.typtype AS kind, t.typowner AS owner,
         t.typacl::text[] AS acl, t.typcategory AS category, t.typbasetype AS base,
         format_type(t.typbasetype, t.typtypmod) AS "baseFormatted", t.typnotnull AS "notNull",
         pg_get_expr(t.typdefaultbin, 0) AS default, t.typdefaultbin::text AS tree, t.typrelid AS relation,
         (SELECT r.rngsubtype FROM pg_range r WHERE t.oid IN (r.rngtypid, r.rngmultitypid)) AS subtype,
         CASE WHEN t.typtype = 'e'
              THEN ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder)
         END AS labels,
         ${comment('pg_type', 't.oid')} AS comment, ${extension('pg_type', 't.oid')} AS extension,
         ${userNamespace('n')} AS "isUser"
  FROM pg_type t
  JOIN pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_class c ON c.oid = t.typrelid
  WHERE (t.typcategory <> 'A' OR t.typtype = 'd') AND (t.typrelid = 0 OR c.relkind = 'c') AND n.nspname !~ '^pg_(toast|temp)'`

export const attributes = `
  SELECT a.attrelid AS relation, a.attname AS name, a.atttypid AS type,
         CASE WHEN a.atttypmod >= 0 THEN format_type(a.atttypid, a.atttypmod) END AS formatted,
         ${comment('pg_class', 'a.attrelid', 'a.attnum')} AS comment
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'c' AND a.attnum > 0 AND NOT a.attisdropped AND ${userNamespace('n')}
  ORDER BY a.attrelid, a.attnum`

export const casts = `
  SELECT c.castsource AS source, c.casttarget AS target, c.castfunc AS function, c.castcontext AS context
  FROM pg_cast c WHERE c.oid >= 16384`

/** $1: schemas by id; $2: routines by id */
export const routines = `
  SELECT p.oid, p.pronamespace AS namespace, p.proname AS name, p.prokind AS kind, p.proowner AS owner,
         p.proacl::text[] AS acl, ${comment('pg_proc', 'p.oid')} AS comment, ${extension('pg_proc', 'p.oid')} AS extension,
         l.lanname AS language, p.provolatile AS volatility, p.proisstrict AS strict, p.prosecdef AS "securityDefiner",
         p.proleakproof AS leakproof, p.proconfig AS settings, p.proargtypes::oid[] AS inputs,
         p.proallargtypes AS "allTypes", p.proargmodes::text[] AS modes, p.proargnames AS names,
         p.pronargdefaults AS defaults, p.proargdefaults::text AS "defaultsTree", p.prorettype AS returns, p.proretset AS "returnsSet",
         pg_get_function_identity_arguments(p.oid) AS "identityArguments", p.prorows AS rows,
         CASE WHEN p.prorettype = 'bool'::regtype AND p.pronargs = 0 AND length(p.prosrc) < 200
              THEN coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) END AS body,
         encode(sha256(textsend(coalesce(pg_get_function_sqlbody(p.oid), p.prosrc))), 'hex') AS "bodyHash",
         p.prosqlbody::text AS "bodyTree",
         p.pronamespace = 'pg_catalog'::regnamespace AND p.oid < 16384 AS "isBuiltIn"
  FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
  WHERE p.pronamespace = ANY ($1::oid[]) OR p.oid = ANY ($2::oid[])`

/** $1: sequences by id; $2 and $3: by schema and name */
export const sequences = `
  SELECT c.oid, c.relnamespace AS namespace, c.relname AS name, c.relowner AS owner, c.relacl::text[] AS acl
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'S'
    AND (c.oid = ANY ($1::oid[]) OR (n.nspname, c.relname) IN (SELECT * FROM unnest($2::name[], $3::name[])))`

export const extensions = `
  SELECT e.extname AS name, e.extnamespace AS namespace, e.extversion AS version FROM pg_extension e`

export const roleSettings = `
  SELECT s.setrole AS role, s.setdatabase <> 0 AS "thisDatabase", s.setconfig AS settings
  FROM pg_db_role_setting s
  WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))`

export const defaultAcls = `
  SELECT d.defaclrole AS role, d.defaclnamespace AS namespace, d.defaclobjtype AS kind, d.defaclacl::text[] AS acl
  FROM pg_default_acl d`

/** The equality operators of B-trees, by which unique indexes tell values apart. */
export const equalities = `
  SELECT o.amopfamily AS family, o.amopopr AS operator
  FROM pg_amop o JOIN pg_am m ON m.oid = o.amopmethod
  WHERE m.amname = 'btree' AND o.amopstrategy = 3`

/** Collations under which texts of different bytes may be equal. */
export const looseCollations = `SELECT c.oid FROM pg_collation c WHERE NOT c.collisdeterministic`

/** The functions of the operators that B-trees and hashes are searched by, and of their negators. */
export const comparisons = `
  SELECT DISTINCT f.oid::oid
  FROM pg_amop a
  JOIN pg_am m ON m.oid = a.amopmethod
  JOIN pg_operator o ON o.oid = a.amopopr
  LEFT JOIN pg_operator n ON n.oid = o.oprnegate
  CROSS JOIN LATERAL unnest(ARRAY[o.oprcode::oid, n.oprcode::oid]) AS f (oid)
  WHERE m.amname IN ('btree', 'hash') AND f.oid <> 0`

/**
 * The functions of PostgreSQL's own casts. Null may come of what is not null: of JSON's null, and of the time of day of an
 * infinite timestamp.
 */
export const ownCasts = `
  SELECT DISTINCT c.castfunc::oid AS oid FROM pg_cast c
  WHERE c.castfunc <> 0 AND c.oid < 16384 AND c.castsource <> 'jsonb'::regtype
    AND NOT (c.castsource IN ('timestamp'::regtype, 'timestamptz'::regtype) AND c.casttarget IN ('time'::regtype, 'timetz'::regtype))`

/** Operators or aggregates of `seen` types, with where they are found. */
const namedIn = (name: string, schema: string) =>
  `json_agg(json_build_object('name', ${name}, 'schema', (SELECT n.nspname FROM pg_namespace n WHERE n.oid = ${schema}), 'isOwn', s.own)
            ORDER BY ${name}, (SELECT n.nspname FROM pg_namespace n WHERE n.oid = ${schema}), s.own)`

/**
 * What can be done with values of base types that are not PostgreSQL's own. Where a type has no operator or aggregate of its own, PostgreSQL takes that of
 * a type which it casts to without being told; of several such types it may find none best, so only one counts.
 */
export const typeOperators = `
  WITH base AS (SELECT t.oid FROM pg_type t WHERE t.typtype = 'b' AND t.typcategory <> 'A' AND t.oid >= 16384),
  seen AS (
    SELECT b.oid AS type, b.oid AS as, true AS own, true AS "isBinary" FROM base b
    UNION ALL
    SELECT c.castsource, c.casttarget, false, c.castmethod = 'b' FROM pg_cast c JOIN base b ON b.oid = c.castsource
    WHERE c.castcontext = 'i' AND c.casttarget <> c.castsource),
  operator AS (
    SELECT s.type, ${namedIn('o.oprname', 'o.oprnamespace')} AS found
    FROM seen s JOIN pg_operator o ON o.oprleft = s.as AND o.oprright = s.as
    WHERE o.oprresult = 'bool'::regtype AND o.oprname IN ('=', '<>', '<', '<=', '>', '>=')
    GROUP BY s.type),
  aggregate AS (
    SELECT s.type, ${namedIn('p.proname', 'p.pronamespace')} AS found
    FROM seen s JOIN pg_proc p ON p.pronargs = 1 AND p.proargtypes[0] = s.as
    WHERE p.prokind = 'a' AND p.proname IN ('min', 'max', 'sum', 'avg') GROUP BY s.type),
  class AS (
    SELECT s.type, bool_or(m.amname = 'btree') AS ordered
    FROM seen s
    JOIN pg_type t ON t.oid = s.type
    JOIN pg_type u ON u.oid = s.as
    JOIN pg_opclass o ON o.opcintype = s.as
    JOIN pg_am m ON m.oid = o.opcmethod
    WHERE s."isBinary" AND o.opcdefault AND m.amname IN ('btree', 'hash')
      AND (t.typcollation <> 0 OR u.typcollation = 0) -- text is not compared without a collation
    GROUP BY s.type, m.amname HAVING bool_or(s.own) OR count(*) = 1)
  SELECT b.oid AS type,
         coalesce((SELECT o.found FROM operator o WHERE o.type = b.oid), '[]') AS comparing,
         coalesce((SELECT a.found FROM aggregate a WHERE a.type = b.oid), '[]') AS aggregates,
         EXISTS (SELECT FROM class c WHERE c.type = b.oid AND c.ordered) AS "isOrdered",
         EXISTS (SELECT FROM class c WHERE c.type = b.oid) AS "isGrouped"
  FROM base b`
