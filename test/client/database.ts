import { fileURLToPath } from 'node:url'
import { introspect, type Surface, surfaceOf } from '@rolecast/catalog'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { createServer, type Server } from '@rolecast/server'
import pg from 'pg'

export const schemas = ['api', 'archive']
export const roles = ['visitor', 'clerk'] as const
export type Role = (typeof roles)[number]
export const secret = 'a secret of these tests, long enough for HS256'

const sql = fileURLToPath(new URL('shop.sql', import.meta.url))

export interface TestDatabase extends AsyncDisposable {
  readonly postgres: EmbeddedPostgres
  /** as the superuser */
  query(sql: string): Promise<Record<string, unknown>[]>
  surface(role: Role): Promise<Surface>
  /** `anonymous`: the role of requests without a token */
  serve(anonymous: Role): Promise<Server>
}

export async function startDatabase(): Promise<TestDatabase> {
  const postgres = await startPostgres({ sql: [sql], authentication: 'trust' })
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  const servers: Server[] = []
  return {
    postgres,
    query: async (text) => (await client.query(text)).rows,
    surface: async (role) => {
      const catalog = await introspect(client, { schemas, roles, authenticator: 'authenticator' })
      return surfaceOf(catalog, role, { schemas })
    },
    serve: async (anonymous) => {
      const server = await createServer({
        dbUri: postgres.uriOf({ user: 'authenticator' }),
        dbSchemas: schemas,
        dbAnonRole: anonymous,
        dbAggregatesEnabled: true,
        dbPlanEnabled: true,
        dbTxEnd: 'commit-allow-override',
        jwtSecret: secret,
      })
      servers.push(server)
      return server
    },
    [Symbol.asyncDispose]: async () => {
      for (const server of servers) await server.close()
      await client.end()
      await postgres.stop()
    },
  }
}
