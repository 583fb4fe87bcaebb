import { withClient } from '../input/connect.js'

/** What a database suggests: its own schemas, and the roles that an authenticator can become. */
export interface Suggested {
  readonly schemas: readonly string[]
  readonly roles: readonly string[]
}

const statement = `
  SELECT ARRAY(SELECT nspname::text FROM pg_namespace
               WHERE nspname !~ '^(pg_|information_schema$)' AND EXISTS (SELECT FROM pg_class WHERE relnamespace = pg_namespace.oid)
               ORDER BY nspname <> 'api', nspname) AS schemas,
         ARRAY(SELECT DISTINCT r.rolname::text FROM pg_auth_members m
               JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles l ON l.oid = m.member
               WHERE l.rolcanlogin AND NOT l.rolinherit AND NOT r.rolcanlogin AND NOT r.rolsuper AND NOT r.rolbypassrls
                 AND r.rolname !~ '^pg_' ORDER BY 1) AS roles`

/** @throws UsageError, UnreachableError */
export async function askDatabase(uri: string): Promise<Suggested> {
  return withClient(uri, async (client) => {
    const { rows } = await client.query<{ schemas: string[]; roles: string[] }>(statement)
    const { schemas = [], roles = [] } = rows[0] ?? {}
    return { schemas: schemas.slice(0, 1), roles }
  })
}
