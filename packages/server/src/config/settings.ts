import type { z } from 'zod'
import type { Config } from './config.js'
import { defaultJsonDepth } from './default-json-depth.js'
import {
  connectionString,
  exposedSchemas,
  headerName,
  httpUrl,
  integer,
  list,
  objectName,
  oneOf,
  seconds,
  socketMode,
  stringOrUri,
  text,
  truth,
} from './value-types.js'

/** One key of the configuration ("Configuration" in PostgREST's manual, where it is PostgREST's). */
export interface SettingDefinition<Value> {
  readonly key: string
  readonly type: z.ZodType<NonNullable<Value>>
  readonly default: Value
  /** whether it changes without a restart */
  readonly reloadable: boolean
  /** whether the database may set it, as `pgrst.` and the key with underscores */
  readonly inDatabase: boolean
  /** other names, in order of preference */
  readonly aliases?: readonly string[]
  /** names from elsewhere that people write: they work, with a warning */
  readonly misnomers?: readonly string[]
  /** empty text is a value, and not the same as nothing */
  readonly emptyable?: boolean
  /** `@file` stands for what the file holds */
  readonly fromFile?: boolean
}

type Settings = { readonly [Name in Exclude<keyof Config, 'appSettings'>]: SettingDefinition<Config[Name]> }

const fixed = { reloadable: false, inDatabase: false } as const
const reloadable = { reloadable: true, inDatabase: false } as const
const everywhere = { reloadable: true, inDatabase: true } as const

export const settings: Settings = {
  adminServerHost: { key: 'admin-server-host', type: text, default: '!4', ...fixed },
  adminServerPort: { key: 'admin-server-port', type: integer(0, 65_535), default: null, ...fixed },
  adminServerUnixSocket: { key: 'admin-server-unix-socket', type: text, default: null, ...fixed },
  adminServerUnixSocketMode: { key: 'admin-server-unix-socket-mode', type: socketMode, default: 0o660, ...fixed },
  clientErrorVerbosity: {
    key: 'client-error-verbosity',
    type: oneOf('verbose', 'minimal'),
    default: 'verbose',
    ...everywhere,
  },
  dbAggregatesEnabled: { key: 'db-aggregates-enabled', type: truth, default: false, ...everywhere },
  dbAnonRole: { key: 'db-anon-role', type: text, default: null, ...everywhere },
  dbChannel: { key: 'db-channel', type: text, default: 'pgrst', ...reloadable },
  dbChannelEnabled: { key: 'db-channel-enabled', type: truth, default: true, ...reloadable },
  dbConfig: { key: 'db-config', type: truth, default: true, ...reloadable },
  dbExtraSearchPath: {
    key: 'db-extra-search-path',
    type: list,
    default: ['public'],
    ...everywhere,
    emptyable: true,
  },
  dbHoistedTxSettings: {
    key: 'db-hoisted-tx-settings',
    type: list,
    default: ['statement_timeout', 'plan_filter.statement_cost_limit', 'default_transaction_isolation'],
    ...everywhere,
  },
  dbMaxRows: { key: 'db-max-rows', type: integer(0), default: null, ...everywhere, aliases: ['max-rows'] },
  dbPlanEnabled: { key: 'db-plan-enabled', type: truth, default: false, ...everywhere },
  dbPool: { key: 'db-pool', type: integer(1), default: 10, ...fixed, misnomers: ['db-pool-max-size'] },
  dbPoolAcquisitionTimeout: { key: 'db-pool-acquisition-timeout', type: seconds, default: 10, ...fixed },
  dbPoolAutomaticRecovery: { key: 'db-pool-automatic-recovery', type: truth, default: true, ...reloadable },
  dbPoolMaxIdletime: {
    key: 'db-pool-max-idletime',
    type: seconds,
    default: 30,
    ...fixed,
    aliases: ['db-pool-timeout'],
    misnomers: ['db-pool-idle-timeout'],
  },
  dbPoolMaxLifetime: {
    key: 'db-pool-max-lifetime',
    type: seconds,
    default: 1800,
    ...fixed,
    misnomers: ['db-pool-usage-lifetime'],
  },
  dbPreConfig: { key: 'db-pre-config', type: objectName, default: null, ...everywhere },
  dbPreRequest: { key: 'db-pre-request', type: objectName, default: null, ...everywhere, aliases: ['pre-request'] },
  dbPreparedStatements: { key: 'db-prepared-statements', type: truth, default: true, ...everywhere },
  dbRootSpec: { key: 'db-root-spec', type: objectName, default: null, ...everywhere, aliases: ['root-spec'] },
  dbSchemas: {
    key: 'db-schemas',
    type: exposedSchemas,
    default: ['public'],
    ...everywhere,
    aliases: ['db-schema'],
  },
  dbTxEnd: {
    key: 'db-tx-end',
    type: oneOf('commit', 'commit-allow-override', 'rollback', 'rollback-allow-override'),
    default: 'commit',
    ...everywhere,
  },
  dbUri: { key: 'db-uri', type: connectionString, default: 'postgresql://', ...fixed, fromFile: true },
  jwtAud: { key: 'jwt-aud', type: stringOrUri, default: null, ...everywhere, misnomers: ['db-jwt-aud'] },
  jwtCacheMaxEntries: { key: 'jwt-cache-max-entries', type: integer(0), default: 1000, ...everywhere },
  jwtRoleClaimKey: {
    key: 'jwt-role-claim-key',
    type: text,
    default: '$.role',
    ...everywhere,
    aliases: ['role-claim-key'],
  },
  jwtSecret: {
    key: 'jwt-secret',
    type: text,
    default: null,
    ...everywhere,
    fromFile: true,
    misnomers: ['db-jwt-secret'],
  },
  jwtSecretIsBase64: {
    key: 'jwt-secret-is-base64',
    type: truth,
    default: false,
    ...everywhere,
    aliases: ['secret-is-base64'],
  },
  logLevel: { key: 'log-level', type: oneOf('crit', 'error', 'warn', 'info', 'debug'), default: 'error', ...fixed },
  logQuery: { key: 'log-query', type: truth, default: false, ...reloadable },
  openapiMode: {
    key: 'openapi-mode',
    type: oneOf('follow-privileges', 'ignore-privileges', 'disabled'),
    default: 'follow-privileges',
    ...everywhere,
  },
  openapiSecurityActive: { key: 'openapi-security-active', type: truth, default: false, ...everywhere },
  openapiServerProxyUri: { key: 'openapi-server-proxy-uri', type: httpUrl, default: null, ...everywhere },
  serverCorsAllowedOrigins: { key: 'server-cors-allowed-origins', type: list, default: [], ...everywhere },
  serverHost: { key: 'server-host', type: text, default: '!4', ...fixed },
  serverPort: { key: 'server-port', type: integer(0, 65_535), default: 3000, ...fixed },
  serverReuseport: { key: 'server-reuseport', type: truth, default: false, ...fixed },
  serverTimingEnabled: { key: 'server-timing-enabled', type: truth, default: false, ...everywhere },
  serverTraceHeader: { key: 'server-trace-header', type: headerName, default: null, ...everywhere },
  serverUnixSocket: { key: 'server-unix-socket', type: text, default: null, ...fixed },
  serverUnixSocketMode: { key: 'server-unix-socket-mode', type: socketMode, default: 0o660, ...fixed },
  urlUseLegacyTargetNames: { key: 'url-use-legacy-target-names', type: truth, default: true, ...everywhere },

  dbStartTimeout: { key: 'db-start-timeout', type: seconds, default: 0, ...fixed },
  dbResetSession: { key: 'db-reset-session', type: truth, default: true, ...everywhere },
  dbRequireFilter: { key: 'db-require-filter', type: truth, default: false, ...everywhere },
  jwtAllowInsecureSecret: { key: 'jwt-allow-insecure-secret', type: truth, default: false, ...reloadable },
  jwtRequireExp: { key: 'jwt-require-exp', type: truth, default: false, ...everywhere },
  jwtRequireAud: { key: 'jwt-require-aud', type: truth, default: false, ...everywhere },
  jwtPrivilegedRoles: {
    key: 'jwt-privileged-roles',
    type: oneOf('allow', 'warn', 'refuse'),
    default: 'warn',
    ...everywhere,
  },
  jwtIss: { key: 'jwt-iss', type: stringOrUri, default: null, ...everywhere },
  jwtMaxAge: { key: 'jwt-max-age', type: seconds, default: null, ...everywhere },
  serverMaxBodySize: { key: 'server-max-body-size', type: integer(0), default: 10 * 1024 * 1024, ...everywhere },
  serverMaxBodyMemory: { key: 'server-max-body-memory', type: integer(0), default: 100 * 1024 * 1024, ...everywhere },
  serverMinBodyRate: { key: 'server-min-body-rate', type: integer(0), default: 1_000, ...everywhere },
  serverBodyRatePeriod: { key: 'server-body-rate-period', type: integer(1, 3_600), default: 10, ...fixed },
  serverMaxConnections: { key: 'server-max-connections', type: integer(1), default: 1_000, ...fixed },
  serverMaxUrlLength: { key: 'server-max-url-length', type: integer(256), default: 65_536, ...everywhere },
  serverHeadersTimeout: { key: 'server-headers-timeout', type: seconds, default: 30, ...fixed },
  serverRequestTimeout: { key: 'server-request-timeout', type: seconds, default: 300, ...fixed },
  serverDrainTimeout: { key: 'server-drain-timeout', type: seconds, default: 30, ...fixed },
  // PostgreSQL's parser has room for some thousands on its stack, and fails beyond.
  serverMaxJsonDepth: {
    key: 'server-max-json-depth',
    type: integer(1, 5_000),
    default: defaultJsonDepth,
    ...everywhere,
  },
  serverMaxConditions: { key: 'server-max-conditions', type: integer(1), default: 5_000, ...everywhere },
  serverMaxEmbedDepth: { key: 'server-max-embed-depth', type: integer(0, 200), default: 20, ...everywhere },
  serverMaxEmbeds: { key: 'server-max-embeds', type: integer(0), default: 100, ...everywhere },
  serverMaxFilterDepth: { key: 'server-max-filter-depth', type: integer(1, 1_000), default: 100, ...everywhere },
}

export type SettingName = keyof Settings

/** `db-max-rows` in the environment: `PGRST_DB_MAX_ROWS`. */
export function environmentName(key: string): string {
  return `PGRST_${key.replaceAll('-', '_').toUpperCase()}`
}

/** `db-max-rows` in the database: `db_max_rows`, behind `pgrst.`. */
export function databaseName(key: string): string {
  return key.replaceAll('-', '_')
}
