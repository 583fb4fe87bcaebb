import { type Authenticator, createAuthenticator } from './authenticate/authenticator.js'
import type { Config } from './config/config.js'
import { loginRoleOf } from './postgres/connect.js'
import type { DatabaseState } from './schema-cache/load.js'

/**
 * What the server goes by. A reload builds a new one and swaps it in as a whole, so sockets, `fetch` and the pool never
 * see half of a change, and a reload that fails leaves the old one in use.
 */
export interface ServerState {
  readonly config: Config
  readonly database: DatabaseState
  readonly authenticator: Authenticator
}

/** @throws ConfigError for keys that verify no token, or a jwt-role-claim-key that cannot be read */
export function serverStateOf(config: Config, database: DatabaseState): ServerState {
  const loginRole = loginRoleOf(config)
  const privileged = config.jwtPrivilegedRoles === 'refuse' ? database.privilegedRoles : []
  const reserved = loginRole === undefined ? privileged : [loginRole, ...privileged]
  return { config, database, authenticator: createAuthenticator(config, reserved) }
}
