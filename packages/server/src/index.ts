export type { Config } from './config/config.js'
export { ConfigError } from './config/config-error.js'
export { createServer, type Server, type ServerOptions } from './server.js'
