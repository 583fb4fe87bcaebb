import type { EmbeddedPostgres } from '@rolecast/embedded'
import { createServer, type Server, type ServerOptions } from '@rolecast/server'
import pg from 'pg'

/** A request that an app made. */
interface Recorded {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string | null
}

export interface Recorder {
  readonly requests: readonly Recorded[]
  /** what `fetch` is for an app */
  readonly fetch: typeof fetch
}

/** Answers an app's requests by a server, and notes them. */
export function recorder(server: Server): Recorder {
  const requests: Recorded[] = []
  return {
    requests,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const { pathname, search } = new URL(request.url)
      const body = await request.clone().text()
      requests.push({
        method: request.method,
        target: pathname + search,
        headers: [...request.headers],
        body: body === '' ? null : body,
      })
      return server.fetch(request)
    },
  }
}

export interface Remaining {
  readonly role: string
  /** what takes it away */
  readonly sql: string
  /** the name of what it is on */
  readonly name: string
}

/** Every grant that roles have on exposed schemas, their relations, columns, functions and sequences. */
export async function remainingGrants(
  postgres: EmbeddedPostgres,
  schemas: readonly string[],
  roles: readonly string[],
): Promise<readonly Remaining[]> {
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  try {
    const { rows } = await client.query<Remaining>(grantsSql, [schemas, roles])
    return rows
  } finally {
    await client.end()
  }
}

const grantsSql = `
  WITH objects AS (
    SELECT 'SCHEMA ' || quote_ident(nspname) AS object, nspname AS name, nspacl AS acl, NULL AS columns
    FROM pg_namespace WHERE nspname = ANY ($1)
    UNION ALL
    SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE ' ELSE '' END || c.oid::regclass, relname, relacl, NULL
    FROM pg_class c WHERE relnamespace::regnamespace::name = ANY ($1) AND relkind <> 'i'
    UNION ALL
    SELECT a.attrelid::regclass::text, relname, attacl, format('(%I)', attname)
    FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid WHERE relnamespace::regnamespace::name = ANY ($1)
    UNION ALL
    SELECT 'FUNCTION ' || p.oid::regprocedure, proname, proacl, NULL
    FROM pg_proc p WHERE pronamespace::regnamespace::name = ANY ($1)
  )
  SELECT grantee::regrole::name AS role, name,
    format('REVOKE %s %s ON %s FROM %s', privilege_type, columns, object, grantee::regrole) AS sql
  FROM objects, aclexplode(acl)
  WHERE grantee <> 0 AND grantee::regrole::name = ANY ($2)
  ORDER BY 3`

/** Those of the grants without which each request is answered as before: they are superfluous. */
export async function superfluousGrants(
  { uri }: EmbeddedPostgres,
  options: ServerOptions,
  requests: readonly Recorded[],
  grants: readonly Remaining[],
): Promise<readonly string[]> {
  const server = await createServer({
    ...options,
    dbUri: uri,
    dbPreRequest: null,
    dbChannelEnabled: false,
    log: () => {},
  })
  try {
    const isRefused = async (request: Recorded, sql: string | null) => {
      await using transaction = await server.testTransaction()
      if (sql !== null) await transaction.query(sql)
      const { method, target, headers, body } = request
      const response = await transaction.fetch(
        new Request(`http://replayed${target}`, {
          method,
          headers: headers.map(([name, value]): [string, string] => [name, value]),
          ...(body !== null && { body }),
        }),
      )
      return (await response.text()).includes('permission denied for')
    }
    const answered: Recorded[] = []
    for (const request of distinct(requests)) if (!(await isRefused(request, null))) answered.push(request)
    const found: string[] = []
    for (const { sql, name } of grants) {
      const likely = answered.filter(({ target }) => target.includes(name))
      const others = answered.filter((request) => !likely.includes(request))
      let isNeeded = false
      for (const request of [...likely, ...others]) {
        isNeeded = await isRefused(request, sql)
        if (isNeeded) break
      }
      if (!isNeeded) found.push(sql)
    }
    return found
  } finally {
    await server.close()
  }
}

const distinct = (requests: readonly Recorded[]) => [
  ...new Map(requests.map((request) => [JSON.stringify(request), request])).values(),
]
