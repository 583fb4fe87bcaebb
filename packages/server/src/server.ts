import type { Server as NodeServer } from 'node:http'
import pg from 'pg'
import { createAuthenticator } from './authenticate/authenticator.js'
import type { Config } from './config/config.js'
import { loadConfig } from './config/load-config.js'
import { Core } from './core.js'
import { clientConfig, readDatabaseState } from './database.js'
import { Pool } from './execute/pool.js'
import { fromFetch, toFetch } from './http/fetch.js'
import { listen, portOf } from './http/listen.js'

export interface Server {
  readonly config: Config
  /** Answers on a TCP port; resolves to the port, which is a free one for 0. */
  listen(port?: number, host?: string): Promise<number>
  /** Answers one request without a socket. */
  fetch(request: Request): Promise<Response>
  /** Reads the database's schema anew. */
  reload(): Promise<void>
  /** Ends listening and gives the database's connections back. */
  close(): Promise<void>
}

/** Keys of the configuration in camel case; what is left out has PostgREST's defaults. */
export interface ServerOptions extends Partial<Config> {
  /** a configuration file in PostgREST's format; the keys given here are stronger */
  readonly configFile?: string
  /** where `PGRST_*` variables are read; none are unless given */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/**
 * Connects to the database and reads its schema.
 *
 * @throws ConfigError for values that cannot be used
 * @throws ConnectionFailedError when the database cannot be reached
 */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { configFile, env = {}, ...overrides } = options
  const { config } = loadConfig({ file: configFile, env, overrides })
  const pool = new Pool(clientConfig(config, 'rolecast'), {
    size: config.dbPool,
    acquisitionTimeoutMilliseconds: config.dbPoolAcquisitionTimeout * 1000,
    maximumIdleMilliseconds: config.dbPoolMaxIdletime * 1000,
    maximumLifetimeMilliseconds: config.dbPoolMaxLifetime * 1000,
    maximumWaiting: config.dbPool * 1000,
    prepare: config.dbPreparedStatements,
    maximumPrepared: 500,
  })
  const loginRole = new pg.Client(clientConfig(config, '')).user ?? null
  const makeCore = async () =>
    new Core(
      {
        config,
        database: await readDatabaseState(config),
        authenticator: createAuthenticator(config, loginRole === null ? [] : [loginRole]),
      },
      pool,
    )
  let core = await makeCore()
  const listening = new Set<NodeServer>()
  return {
    config,
    async listen(port = config.serverPort, host = hostOf(config.serverHost)) {
      const server = await listen((request, abandoned) => core.handle(request, abandoned), {
        port,
        host,
        maximumBody: config.serverMaxBodySize,
      })
      listening.add(server)
      return portOf(server)
    },
    async fetch(request) {
      return toFetch(await core.handle(await fromFetch(request)))
    },
    async reload() {
      core = await makeCore()
      pool.renew()
    },
    async close() {
      await Promise.all([...listening].map(closeServer))
      await pool.close()
    },
  }
}

function closeServer(server: NodeServer): Promise<void> {
  server.closeIdleConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

/** `*` and its like of libpq and Haskell's servers: any address, of version 4, of version 6. */
function hostOf(host: string): string {
  if (host === '*' || host === '*6' || host === '!6') return '::'
  return host === '*4' || host === '!4' ? '0.0.0.0' : host
}
