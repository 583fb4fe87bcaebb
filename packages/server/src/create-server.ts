import { loadConfig } from './config/load-config.js'
import { type ConfigSource, readConfig } from './config/read-config.js'
import { Log } from './observe/log.js'
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
  const { configFile, env = {}, log: write, ...overrides } = options
  const source: ConfigSource = { file: configFile, env, overrides }
  const { dbStartTimeout } = loadConfig(source).config
  return untilReachable(dbStartTimeout * 1000, async () => {
    const { config, warnings } = await readConfig(source)
    const log = new Log(config.logLevel, write)
    for (const warning of warnings) log.say('warn', warning)
    return RunningServer.start(source, config, log)
  })
}
