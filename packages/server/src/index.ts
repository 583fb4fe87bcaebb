export type { Config } from './config/config.js'
export { ConfigError } from './config/config-error.js'
export { ConnectionFailedError } from './execute/errors.js'
export { createServer, type Server, type ServerOptions } from './server.js'
