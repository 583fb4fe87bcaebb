import { resolve } from 'node:path'
import type { ServerOptions } from '@rolecast/server'
import type { Reading } from '../input/read-project.js'
import type { DevDatabase } from './dev-database.js'

/** What of a server's options is the same for each database. */
export interface ServerChoices {
  /** a configuration in the format of postgrest.conf, which says all of it */
  readonly postgrest: string | undefined
  /** role of requests without a token */
  readonly anonymous: string | undefined
  readonly secret: string
  readonly log: (line: string) => void
}

/** The role of requests without a token, unless somebody says another: the one that is called so. */
export function anonymousOf(roles: readonly string[], said: string | undefined): string | null {
  return said ?? (roles.includes('anon') ? 'anon' : null)
}

/** The options of a server for a project, on a database. */
export function serverOptionsOf(
  { loaded: { config, project } }: Reading,
  { serverUri }: Pick<DevDatabase, 'serverUri'>,
  { postgrest, anonymous, secret, log }: ServerChoices,
): ServerOptions {
  if (postgrest !== undefined) return { configFile: resolve(postgrest), env: process.env, log }
  return {
    dbUri: serverUri,
    dbSchemas: config.schemas,
    ...(config.extraSearchPath && { dbExtraSearchPath: config.extraSearchPath }),
    dbAnonRole: anonymousOf(config.roles, anonymous),
    dbMaxRows: project?.server.maxRows ?? null,
    jwtSecret: secret,
    jwtRoles: config.roles,
    openapiMode: 'follow-privileges',
    logLevel: 'error',
    serverDrainTimeout: 2,
    log,
  }
}
