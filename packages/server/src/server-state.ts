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

/** @throws ConfigError for keys that verify no token, a role that is never one of requests, or an unreadable jwt-role-claim-key */
export function serverStateOf(config: Config, database: DatabaseState): ServerState {
  const loginRoles = [database.loginRole, loginRoleOf(config) ?? []].flat()
  const privileged = config.jwtPrivilegedRoles === 'refuse' ? database.privilegedRoles : []
  return { config, database, authenticator: createAuthenticator(config, [...loginRoles, ...privileged]) }
}
