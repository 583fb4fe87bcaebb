import { createAuthenticator } from './authenticate/authenticator.js'
import { loadConfig } from './config/load-config.js'
import { type ConfigSource, readConfig } from './config/read-config.js'
import { AdminServer } from './http/admin-server.js'
import { dumpConfig } from './observe/dump-config.js'
import { openLog } from './observe/open-log.js'
import { reasonOf } from './observe/reason.js'
import { untilReachable } from './postgres/until-reachable.js'
import { MemoryStore } from './rate-limit/memory-store.js'
import { RunningServer } from './running-server.js'
import type { Server, ServerOptions } from './server.js'

/**
 * Connects to the database and reads its schema. A database that cannot be reached is waited for, for db-start-timeout;
 * the admin server answers meanwhile.
 *
 * @throws ConfigError for values that cannot be used
 * @throws ConnectionFailedError when the database cannot be reached in time, or refuses the login
 * @throws KeySetError where jwt-secret is a URL that gives no keys
 * @throws ListenError for the admin server, UnsupportedVersionError (of `@rolecast/catalog`)
 */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { configFile, env = {}, log: write, rateLimitStore = new MemoryStore(), ...overrides } = options
  const source: ConfigSource = { file: configFile, env, overrides }
  const { config } = loadConfig(source)
  createAuthenticator(config) // keys that cannot be used are told before a database is waited for
  const log = await openLog(config, () => config.logLevel, write)
  let problem = ''
  const admin = new AdminServer({
    isLive: () => true,
    notReady: async () => problem,
    metrics: async () => [],
    schemaCache: () => '{}',
    config: () => dumpConfig(config),
  })
  const patience = config.dbStartTimeout === null ? null : config.dbStartTimeout * 1000
  const start = async () => RunningServer.start(source, await readConfig(source), { write, rateLimitStore }, admin)
  try {
    return await untilReachable(patience, start, async (error) => {
      const said = problem
      problem = `The database cannot be reached: ${reasonOf(error.cause)}`
      if (said !== problem) log.notice(`${problem}. Waiting for it.`)
      await admin.open(config)
    })
  } catch (error) {
    await admin.close()
    throw error
  }
}
