import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testedVersions } from '../tested-versions.js'
import { type Shop, startShop } from './shop.js'

/** Rules that hold for the whole database, each as a query for what breaks it. */
const offenders: Readonly<Record<string, string>> = {
  'an API role that can log in, or is above row-level security': `
    SELECT rolname FROM pg_roles
    WHERE rolname IN ('anon', 'app_user', 'manager', 'tenant_admin')
      AND (rolcanlogin OR rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)`,
  'an authenticator with rights of its own': `
    SELECT rolname FROM pg_roles
    WHERE rolname = 'authenticator' AND (NOT rolcanlogin OR rolinherit OR rolsuper OR rolbypassrls OR rolcreaterole)`,
  'an owner that the authenticator can become': `
    SELECT rolname FROM pg_roles
    WHERE rolname LIKE 'shop\\_%' AND (rolcanlogin OR rolsuper OR rolbypassrls OR pg_has_role('authenticator', oid, 'MEMBER'))`,
  'anything of the shop that a superuser owns': `
    SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('v1', 'v2', 'internal', 'auth', 'audit') AND c.relkind IN ('r', 'v')
      AND c.relowner = 10
    UNION ALL
    SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('v1', 'v2', 'internal', 'auth', 'audit', 'hooks') AND p.proowner = 10`,
  'an exposed table without row-level security': `
    SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('v1', 'v2') AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity`,
  'a table of tenants, or messages, whose owner is above its policies': `
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'v2' AND c.relname IN ('tenants', 'projects', 'tasks', 'invoices', 'chat') AND NOT c.relforcerowsecurity`,
  'a policy for PUBLIC': `SELECT policyname FROM pg_policies WHERE 'public' = ANY (roles)`,
  'a policy that asks a function for every row': `
    SELECT format('%s.%s', tablename, policyname) FROM pg_policies
    WHERE concat(qual, with_check) ~ 'auth\\.' AND concat(qual, with_check) !~ 'SELECT auth\\.'`,
  'a permissive policy for writing that lets everything through': `
    SELECT format('%s.%s', tablename, policyname) FROM pg_policies
    WHERE cmd <> 'SELECT' AND (qual = 'true' OR with_check = 'true')`,
  'a column of a policy that no index begins with': `
    SELECT DISTINCT format('%s.%s', p.polrelid::regclass, a.attname)
    FROM pg_policy p
    JOIN pg_depend d ON d.classid = 'pg_policy'::regclass AND d.objid = p.oid
      AND d.refclassid = 'pg_class'::regclass AND d.refobjid = p.polrelid AND d.refobjsubid > 0
    JOIN pg_attribute a ON a.attrelid = p.polrelid AND a.attnum = d.refobjsubid
    WHERE NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = p.polrelid AND i.indkey[0] = a.attnum)`,
  'a role with two permissive policies for one command': `
    SELECT format('%s %s %s', r.rolname, p.polrelid::regclass, c.cmd)
    FROM pg_policy p
    JOIN pg_roles r ON r.rolname IN ('anon', 'app_user', 'manager', 'tenant_admin')
      AND EXISTS (SELECT FROM unnest(p.polroles) AS granted WHERE pg_has_role(r.oid, granted, 'USAGE'))
    JOIN (VALUES ('r'), ('a'), ('w'), ('d')) AS c (cmd) ON p.polcmd IN (c.cmd::"char", '*')
    WHERE p.polpermissive
    GROUP BY r.rolname, p.polrelid, c.cmd
    HAVING count(*) > 1`,
  'a privilege that no policy lets any row through for': `
    SELECT format('%s %s %s', r.rolname, t.oid::regclass, c.privilege)
    FROM pg_roles r, pg_class t, (VALUES ('r', 'SELECT'), ('a', 'INSERT'), ('w', 'UPDATE'), ('d', 'DELETE')) AS c (cmd, privilege)
    WHERE r.rolname IN ('anon', 'app_user', 'manager', 'tenant_admin') AND t.relkind = 'r' AND t.relnamespace = 'v2'::regnamespace
      AND CASE c.cmd WHEN 'd' THEN has_table_privilege(r.oid, t.oid, 'DELETE')
        ELSE has_any_column_privilege(r.oid, t.oid, c.privilege) END
      AND NOT EXISTS (
        SELECT FROM pg_policy p, unnest(p.polroles) AS granted
        WHERE p.polrelid = t.oid AND p.polcmd IN (c.cmd::"char", '*') AND pg_has_role(r.oid, granted, 'USAGE'))`,
  'a policy for which its role has no privilege': `
    SELECT format('%s.%s', p.polrelid::regclass, p.polname)
    FROM pg_policy p, unnest(p.polroles) AS granted
    WHERE NOT CASE p.polcmd
      WHEN 'd' THEN has_table_privilege(granted, p.polrelid, 'DELETE')
      ELSE has_any_column_privilege(granted, p.polrelid,
        CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' ELSE 'UPDATE' END) END`,
  'a role that may write what it cannot read': `
    SELECT format('%s %s', r.rolname, t.oid::regclass)
    FROM pg_roles r, pg_class t
    WHERE r.rolname IN ('anon', 'app_user', 'manager', 'tenant_admin') AND t.relkind IN ('r', 'v')
      AND t.relnamespace IN ('v1'::regnamespace, 'v2'::regnamespace)
      AND (has_any_column_privilege(r.oid, t.oid, 'INSERT, UPDATE') OR has_table_privilege(r.oid, t.oid, 'DELETE'))
      AND NOT has_any_column_privilege(r.oid, t.oid, 'SELECT')`,
  'a grant on a column that one on the whole table overshadows': `
    SELECT format('%s.%s %s %s', a.attrelid::regclass, a.attname, c.grantee::regrole, c.privilege_type)
    FROM pg_attribute a
    JOIN pg_class t ON t.oid = a.attrelid,
      aclexplode(a.attacl) c
    WHERE EXISTS (
      SELECT FROM aclexplode(t.relacl) g WHERE g.privilege_type = c.privilege_type AND g.grantee IN (c.grantee, 0))
      AND t.relnamespace IN ('v1'::regnamespace, 'v2'::regnamespace)`,
  'a role that inherits one with more rights': `
    SELECT format('%s is %s', a.rolname, b.rolname) FROM pg_roles a, pg_roles b
    WHERE (a.rolname, b.rolname) IN (('anon', 'app_user'), ('anon', 'manager'), ('app_user', 'manager'),
        ('app_user', 'tenant_admin'), ('tenant_admin', 'manager'), ('manager', 'tenant_admin'))
      AND pg_has_role(a.oid, b.oid, 'MEMBER')`,
  'a helper of policies that is volatile, or not for parallel plans': `
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = 'auth'::regnamespace AND p.proname IN ('uid', 'tenant_id', 'session_id')
      AND (p.provolatile <> 's' OR p.proparallel <> 's' OR p.prosecdef)`,
  'a claim that is asked for without regard to its absence': `
    SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('v1', 'v2', 'internal', 'auth', 'audit', 'hooks')
      AND concat(p.prosrc, pg_get_function_sqlbody(p.oid)) ~ 'request\\.'
      AND concat(p.prosrc, pg_get_function_sqlbody(p.oid)) !~* $$nullif\\(current_setting\\('request\\.jwt\\.claims'(::text)?, true\\), ''(::text)?\\)$$`,
  'a foreign key that no index helps': `
    SELECT k.conname FROM pg_constraint k
    WHERE k.contype = 'f' AND NOT EXISTS (
      SELECT FROM pg_index i
      WHERE i.indrelid = k.conrelid AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)`,
  'a function that PUBLIC may execute': `
    SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('v1', 'v2', 'internal', 'auth', 'audit', 'hooks', 'extensions')
      AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x WHERE x.grantee = 0)`,
  'an exposed function that runs with its owner’s rights': `
    SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('v1', 'v2', 'hooks') AND p.prosecdef`,
  'a function with its owner’s rights whose search path is open': `
    SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('internal', 'auth', 'audit') AND p.prosecdef
      AND NOT 'search_path=pg_catalog, pg_temp' = ANY (coalesce(p.proconfig, '{}'))`,
  'a function that changes a setting for longer than its transaction': `
    SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('v1', 'v2', 'internal', 'auth', 'audit', 'hooks') AND p.prosrc ~ 'set_config'`,
  'a hidden schema that an API role can name things in': `
    SELECT format('%s: %s', r.rolname, n.nspname) FROM pg_roles r, pg_namespace n
    WHERE r.rolname IN ('anon', 'app_user', 'manager', 'tenant_admin', 'authenticator')
      AND n.nspname IN ('internal', 'auth', 'audit', 'extensions')
      AND has_schema_privilege(r.oid, n.oid, 'USAGE')`,
  'a schema that an API role can create in, or a temporary one': `
    SELECT format('%s: %s', r.rolname, n.nspname) FROM pg_roles r, pg_namespace n
    WHERE r.rolname IN ('anon', 'app_user', 'manager', 'tenant_admin', 'authenticator') AND n.nspname !~ '^pg_'
      AND has_schema_privilege(r.oid, n.oid, 'CREATE')
    UNION ALL
    SELECT rolname FROM pg_roles
    WHERE rolname IN ('anon', 'app_user', 'manager', 'tenant_admin', 'authenticator')
      AND has_database_privilege(oid, current_database(), 'TEMP')`,
  'something that visitors may write': `
    SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('v1', 'v2') AND c.relkind IN ('r', 'v')
      AND (has_any_column_privilege('anon', c.oid, 'INSERT, UPDATE') OR has_table_privilege('anon', c.oid, 'DELETE, TRUNCATE'))`,
  'a privilege that row-level security does not know': `
    SELECT format('%s %s %s', c.oid::regclass, x.grantee::regrole, x.privilege_type)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) x
    WHERE n.nspname IN ('v1', 'v2') AND x.grantee <> c.relowner
      AND x.privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')`,
  'a sleep or a large object for API roles': `
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace AND (p.proname LIKE 'pg_sleep%' OR p.proname LIKE 'lo\\_%')
      AND has_function_privilege('app_user', p.oid, 'EXECUTE')`,
  'a password or a secret kept as it was typed': `
    SELECT email FROM auth.users WHERE password_hash !~ '^\\$2a\\$10\\$'`,
  'an exposed table, column or function without a comment on the first': `
    SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('v1', 'v2') AND c.relkind IN ('r', 'v') AND obj_description(c.oid, 'pg_class') IS NULL
    UNION ALL
    SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('v1', 'v2') AND obj_description(p.oid, 'pg_proc') IS NULL`,
}

describe.each(testedVersions)('on PostgreSQL %i there is not', (version) => {
  let shop: Shop
  beforeAll(async () => {
    shop = await startShop(version)
  })
  afterAll(() => shop[Symbol.asyncDispose]())

  test.each(Object.entries(offenders))('%s', async (_, sql) => {
    expect(await shop.query(sql)).toEqual([])
  })

  test('a view that runs with other than the caller\u2019s rights, where PostgreSQL can do that', async () => {
    const views = await shop.query<{ name: string; owner: string; invoker: boolean }>(`
      SELECT c.oid::regclass::text AS name, pg_get_userbyid(c.relowner) AS owner,
        'security_invoker=true' = ANY (coalesce(c.reloptions, '{}')) AS invoker
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('v1', 'v2') AND c.relkind = 'v' ORDER BY 1`)
    expect(views.map((view) => view.name)).toEqual(['v1.account', 'v1.orders', 'v1.products', 'v2.bestsellers'])
    for (const view of views) expect(view).toMatchObject({ owner: 'shop_views', invoker: version >= 15 })
  })
})
