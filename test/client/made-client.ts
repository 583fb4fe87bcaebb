import { pathToFileURL } from 'node:url'
import { introspect, type Surface, surfaceOf } from '@rolecast/catalog'
import { startPostgres } from '@rolecast/embedded'
import { createServer } from '@rolecast/server'
import { type ClientOptions, emitClient } from '@rolecast/templates/client'
import pg from 'pg'
import { project } from '../bench/lib/type-check.mjs'
import { buildRuntime } from '../types/build.js'

type Row = Record<string, unknown>
type Step =
  | 'aggregate'
  | 'csv'
  | 'embed'
  | 'json'
  | 'limit'
  | 'one'
  | 'order'
  | 'pages'
  | 'returning'
  | 'select'
  | 'spread'
  | 'stripNulls'
  | 'text'
  | 'where'
  | 'with'

/** What every step of a query gives, whatever the types let through. */
export type AnyQuery = PromiseLike<Row[]> & AsyncIterable<Row[]> & { [step in Step]: (...args: unknown[]) => AnyQuery }
/** Relations, and `rpc`, by name. */
export type AnyClient = Record<string, Record<string, (...args: unknown[]) => AnyQuery>>

export interface MadeClient extends AsyncDisposable {
  readonly db: AnyClient
  /** the client's TypeScript */
  readonly text: string
  readonly surface: Surface
  /** another client of the same database */
  client(options: ClientOptions): Promise<AnyClient>
  /** its TypeScript */
  textOf(options: ClientOptions): string
  query(sql: string): Promise<Record<string, unknown>[]>
}

/** A database of the schema `api`, a server for the role `anon`, and the client that is made for it, as an app imports it. */
export async function makeClient(sql: string, options: ClientOptions = {}, version?: 14 | 18): Promise<MadeClient> {
  buildRuntime()
  const postgres = await startPostgres({ authentication: 'trust', ...(version && { version }) })
  const admin = new pg.Client({ connectionString: postgres.uri })
  await admin.connect()
  await admin.query(`CREATE ROLE anon; CREATE ROLE authenticator LOGIN NOINHERIT; GRANT anon TO authenticator;
    CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO anon; ${sql}`)
  const surface = surfaceOf(await introspect(admin, { schemas: ['api'], roles: ['anon'] }), 'anon', {
    schemas: ['api'],
  })
  const server = await createServer({
    dbUri: postgres.uriOf({ user: 'authenticator' }),
    dbSchemas: ['api'],
    dbAnonRole: 'anon',
    dbAggregatesEnabled: true,
  })
  const folders: (() => void)[] = []
  const client = async (options: ClientOptions): Promise<AnyClient> => {
    const files = emitClient(surface, { ...options, emit: 'js' }).map(({ path, content }) => [path, content] as const)
    const { folder, remove } = project(Object.fromEntries(files))
    folders.push(remove)
    const module: { createClient(options: object): AnyClient } = await import(pathToFileURL(`${folder}/index.js`).href)
    return module.createClient({
      url: 'http://test',
      fetch: (input: Request, init: RequestInit) => server.fetch(new Request(input, init)),
    })
  }
  const textOf = (options: ClientOptions) => emitClient(surface, options)[0]?.content ?? ''
  return {
    db: await client(options),
    client,
    text: textOf(options),
    textOf,
    surface,
    query: async (text) => (await admin.query(text)).rows,
    [Symbol.asyncDispose]: async () => {
      for (const remove of folders) remove()
      await server.close()
      await admin.end()
      await postgres.stop()
    },
  }
}
