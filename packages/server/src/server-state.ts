import { type Authenticator, createAuthenticator } from './authenticate/authenticator.js'
import type { KeySource } from './authenticate/key-source/key-source.js'
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
  readonly keys: KeySource
  readonly authenticator: Authenticator
}

/** @throws ConfigError for a role that is never one of requests, or an unreadable jwt-role-claim-key */
export function serverStateOf(config: Config, database: DatabaseState, keys: KeySource): ServerState {
  const loginRoles = [database.loginRole, loginRoleOf(config) ?? []].flat()
  const privileged = config.jwtPrivilegedRoles === 'refuse' ? database.privilegedRoles : []
  const authenticator = createAuthenticator(config, [...loginRoles, ...privileged], keys)
  return { config, database, keys, authenticator }
}
