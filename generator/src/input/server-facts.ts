import { isIP } from 'node:net'
import type { ServerFacts } from '@rolecast/audit'
import { type Catalog, splitQualifiedName } from '@rolecast/catalog'
import { type ConnectionSettings, ConnectionStringError, connectionSettings } from '@rolecast/connect'
import { type Config, ConfigError, describeConfig } from '@rolecast/server'
import { UsageError } from '../errors.js'

/** A server's configuration: what an audit asks of it, and how to reach its database. */
export interface ServerConfiguration {
  readonly facts: ServerFacts
  readonly schemas: readonly string[]
  /** it may hold a password; null: the configuration does not say */
  readonly uri: string | null
  /** the role that the server connects as; null: the configuration does not say */
  readonly authenticator: string | null
}

/** What `db-uri` is where nothing was said. */
const unsaid = 'postgresql://'

/**
 * Reads a file in the format of postgrest.conf, and PGRST_* variables, which are stronger.
 * @throws UsageError for what no server would take; it shows no value
 */
export function readServerConfiguration(file: string, env: NodeJS.ProcessEnv): ServerConfiguration {
  try {
    const { config, strangeKeys, keys } = describeConfig(file, env)
    const settings = connectionSettings(config.dbUri)
    return {
      facts: { file, strangeKeys, tokenKeys: keys, ...factsOf(config), connection: connectionFacts(settings) },
      schemas: config.dbSchemas,
      uri: config.dbUri === unsaid ? null : config.dbUri,
      authenticator: config.dbUri === unsaid ? null : settings.user,
    }
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message, { cause: error })
    if (error instanceof ConnectionStringError) throw new UsageError(`${file}: db-uri: ${error.message}.`)
    throw error
  }
}

/**
 * The function that a server calls before each request: as its configuration says, or as the database does for all
 * servers (`ALTER ROLE authenticator SET pgrst.db_pre_request = …`).
 *
 * @throws UsageError for a file that no server would take
 */
export function preRequestOf(
  catalog: Catalog,
  file: string | undefined,
): readonly [schema: string, name: string] | null {
  const settings = catalog.settings.filter(({ name }) => name === 'pgrst.db_pre_request')
  const env = { ...(settings[0]?.value && { PGRST_DB_PRE_REQUEST: settings[0].value }), ...process.env }
  try {
    const { config } = file === undefined ? { config: null } : describeConfig(file, env)
    const said = config?.dbPreRequest ?? null
    if (said !== null) return [said.schema ?? config?.dbSchemas[0] ?? '', said.name]
    const text = config === null ? settings[0]?.value : null
    return text ? namedIn(text) : null
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message, { cause: error })
    throw error
  }
}

function namedIn(text: string): readonly [schema: string, name: string] | null {
  try {
    const { schema, name } = splitQualifiedName(text)
    return [schema, name]
  } catch {
    return null // without a schema it is not among the exposed objects
  }
}

function factsOf(config: Config): Omit<ServerFacts, 'file' | 'strangeKeys' | 'tokenKeys' | 'connection'> {
  const {
    clientErrorVerbosity,
    dbAggregatesEnabled,
    dbAnonRole,
    dbMaxRows,
    dbPlanEnabled,
    dbPool,
    dbTxEnd,
    jwtAllowInsecureSecret,
    jwtAud,
    jwtRequireAud,
    jwtRequireExp,
    jwtRoleClaimKey,
    logLevel,
    openapiMode,
  } = config
  return {
    appSettings: config.appSettings.map(([name]) => name),
    corsAllowedOrigins: config.serverCorsAllowedOrigins,
    adminAddress: adminAddressOf(config),
    clientErrorVerbosity,
    dbAggregatesEnabled,
    dbAnonRole,
    dbMaxRows,
    dbPlanEnabled,
    dbPool,
    dbTxEnd,
    jwtAllowInsecureSecret,
    jwtAud,
    jwtRequireAud,
    jwtRequireExp,
    jwtRoleClaimKey,
    logLevel,
    openapiMode,
  }
}

function adminAddressOf({
  adminServerHost,
  adminServerPort,
  adminServerUnixSocket,
}: Config): ServerFacts['adminAddress'] {
  if (adminServerUnixSocket !== null) return { place: adminServerUnixSocket, isPublic: false }
  if (adminServerPort === null) return null
  return { place: `${adminServerHost}:${adminServerPort}`, isPublic: !isLocal(adminServerHost) }
}

function connectionFacts({ servers, tls }: ConnectionSettings): ServerFacts['connection'] {
  return {
    isRemote: servers.some(({ host, address }) => !host.startsWith('/') && !isLocal(address)),
    isVerified: tls.mode === 'verify-full',
  }
}

/** Only this machine can come from there. */
function isLocal(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'))
}
