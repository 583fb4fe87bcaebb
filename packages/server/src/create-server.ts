import { createAuthenticator } from './authenticate/authenticator.js'
import { loadConfig } from './config/load-config.js'
import { type ConfigSource, readConfig } from './config/read-config.js'
import { untilReachable } from './postgres/until-reachable.js'
import { RunningServer } from './running-server.js'
import type { Server, ServerOptions } from './server.js'

/**
 * Connects to the database and reads its schema.
 *
 * @throws ConfigError for values that cannot be used
 * @throws ConnectionFailedError when the database cannot be reached, UnsupportedVersionError (of `@rolecast/catalog`)
 */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { configFile, env = {}, log, ...overrides } = options
  const source: ConfigSource = { file: configFile, env, overrides }
  const { config } = loadConfig(source)
  createAuthenticator(config) // keys that cannot be used are told before a database is waited for
  return untilReachable(config.dbStartTimeout * 1000, async () =>
    RunningServer.start(source, await readConfig(source), log),
  )
}
