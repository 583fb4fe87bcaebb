import { type Catalog, introspect, settingPrivilege, UnknownNameError } from '@rolecast/catalog'
import { withClient } from '../input/connect.js'

/** What is read before anything is tried. */
export interface Facts {
  readonly catalog: Catalog
  /** whom the repair could widen: all roles that requests can run as, and the role itself */
  readonly roles: readonly string[]
  /** that the server logs in as */
  readonly authenticator: string
  /** whether it can become the role */
  readonly isReachable: boolean
  /** schemas that are not exposed, and have a relation or function of the name */
  readonly hiddenSchemas: readonly string[]
}

export interface FactsQuestion {
  readonly uri: string
  readonly schemas: readonly string[]
  readonly role: string
  readonly authenticator: string | undefined
  /** of the relation or function that the request is about */
  readonly name: string
}

/** @throws UnreachableError, UnknownNameError */
export function readFacts({ uri, schemas, role, authenticator, name }: FactsQuestion): Promise<Facts> {
  return withClient(uri, async (client) => {
    const { rows: users } = await client.query<{ name: string; version: number }>(
      `SELECT current_user::text AS name, current_setting('server_version_num')::int AS version`,
    )
    const login = authenticator ?? users[0]?.name ?? ''
    const become = settingPrivilege(users[0]?.version ?? 0)
    const { rows: known } = await client.query<{ name: string; super: boolean; can: boolean }>(
      `SELECT r.rolname::text AS name, r.rolsuper AS super, pg_has_role(a.oid, r.oid, '${become}') AS can
       FROM pg_catalog.pg_roles r JOIN pg_catalog.pg_roles a ON a.rolname = $1 WHERE r.rolname !~ '^pg_' ORDER BY 1`,
      [login],
    )
    const names = known.map((item) => item.name)
    if (known.length === 0) throw new UnknownNameError('role', login, names)
    const found = known.find((item) => item.name === role)
    if (found === undefined) throw new UnknownNameError('role', role, names)
    const others = known.filter((item) => item.can && !item.super && item.name !== login && item.name !== role)
    const roles = [role, ...others.map((item) => item.name)]
    const { rows: hidden } = await client.query<{ schema: string }>(
      `SELECT DISTINCT nspname::text AS schema FROM pg_catalog.pg_namespace n
       WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND nspname::text <> ALL ($2)
         AND (EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND relname = $1 AND relkind IN ('r','v','m','f','p'))
           OR EXISTS (SELECT FROM pg_catalog.pg_proc p WHERE p.pronamespace = n.oid AND proname = $1)) ORDER BY 1`,
      [name, schemas],
    )
    const hiddenSchemas = hidden.map(({ schema }) => schema)
    const { rows: definers } = await client.query<{ owner: string }>(
      `SELECT DISTINCT r.rolname::text AS owner FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_roles r ON r.oid = p.proowner
       WHERE p.prosecdef AND NOT r.rolsuper AND r.rolname !~ '^pg_'`,
    )
    const asked = [...new Set([...roles, ...definers.map(({ owner }) => owner)])]
    const catalog = await introspect(client, { schemas: [...schemas, ...hiddenSchemas], roles: asked })
    return { catalog, roles, authenticator: login, isReachable: found.can, hiddenSchemas }
  })
}
