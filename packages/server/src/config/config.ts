/** Everything that can be configured: PostgREST's keys in camel case, then what this server adds. */
export interface Config {
  /** name with `app.settings.` in front, value: visible to SQL as `current_setting(name)` */
  readonly appSettings: readonly (readonly [name: string, value: string])[]
  readonly adminServerHost: string
  readonly adminServerPort: number | null
  readonly adminServerUnixSocket: string | null
  readonly adminServerUnixSocketMode: number
  readonly clientErrorVerbosity: 'verbose' | 'minimal'
  readonly dbAggregatesEnabled: boolean
  readonly dbAnonRole: string | null
  readonly dbChannel: string
  readonly dbChannelEnabled: boolean
  readonly dbConfig: boolean
  readonly dbExtraSearchPath: readonly string[]
  readonly dbHoistedTxSettings: readonly string[]
  readonly dbMaxRows: number | null
  readonly dbPlanEnabled: boolean
  readonly dbPool: number
  /** seconds */
  readonly dbPoolAcquisitionTimeout: number
  readonly dbPoolAutomaticRecovery: boolean
  /** seconds */
  readonly dbPoolMaxIdletime: number
  /** seconds */
  readonly dbPoolMaxLifetime: number
  readonly dbPreConfig: ObjectName | null
  readonly dbPreRequest: ObjectName | null
  readonly dbPreparedStatements: boolean
  readonly dbRootSpec: ObjectName | null
  /** at least one; the first is the default */
  readonly dbSchemas: readonly string[]
  readonly dbTxEnd: 'commit' | 'commit-allow-override' | 'rollback' | 'rollback-allow-override'
  readonly dbUri: string
  readonly jwtAud: string | null
  readonly jwtCacheMaxEntries: number
  /** as written; the path's parser is `roleClaimPath` of authenticate/ */
  readonly jwtRoleClaimKey: string
  /** a secret, a JWK or a JWK set; what an `@file` holds, not its name */
  readonly jwtSecret: string | null
  readonly jwtSecretIsBase64: boolean
  readonly logLevel: 'crit' | 'error' | 'warn' | 'info' | 'debug'
  readonly logQuery: boolean
  readonly openapiMode: 'follow-privileges' | 'ignore-privileges' | 'disabled'
  readonly openapiSecurityActive: boolean
  readonly openapiServerProxyUri: string | null
  /** empty: any origin */
  readonly serverCorsAllowedOrigins: readonly string[]
  readonly serverHost: string
  readonly serverPort: number
  readonly serverReuseport: boolean
  readonly serverTimingEnabled: boolean
  /** in lower case */
  readonly serverTraceHeader: string | null
  readonly serverUnixSocket: string | null
  readonly serverUnixSocketMode: number
  readonly urlUseLegacyTargetNames: boolean

  /** seconds that a start waits for a database that cannot be reached yet */
  readonly dbStartTimeout: number
  /** take back what volatile functions leave to the session of a connection: settings, locks, temporary tables */
  readonly dbResetSession: boolean
  /** refuse PATCH and DELETE without a filter */
  readonly dbRequireFilter: boolean
  /** take a jwt-secret that is short or published: for tests */
  readonly jwtAllowInsecureSecret: boolean
  /** refuse tokens without `exp` */
  readonly jwtRequireExp: boolean
  /** refuse tokens without `aud`, where jwt-aud is set */
  readonly jwtRequireAud: boolean
  /** tokens that name a superuser or a role with BYPASSRLS: hear them, say so in the log at start, or refuse them */
  readonly jwtPrivilegedRoles: 'allow' | 'warn' | 'refuse'
  /** the `iss` that tokens must have */
  readonly jwtIss: string | null
  /** seconds since `iat`, which tokens must then have */
  readonly jwtMaxAge: number | null
  /** bytes */
  readonly serverMaxBodySize: number
  /** bytes of all bodies under way; those of requests without a token may take half of it */
  readonly serverMaxBodyMemory: number
  /** bytes a second that a body must bring while it arrives; 0: no bound */
  readonly serverMinBodyRate: number
  /** seconds over which that rate is measured */
  readonly serverBodyRatePeriod: number
  readonly serverMaxConnections: number
  /** characters of path and query */
  readonly serverMaxUrlLength: number
  /** seconds that a client has to send its headers */
  readonly serverHeadersTimeout: number
  /** seconds that a client has to send a request as a whole */
  readonly serverRequestTimeout: number
  /** seconds that requests under way have when the server closes */
  readonly serverDrainTimeout: number
  /** arrays and objects in one another, in a body */
  readonly serverMaxJsonDepth: number
  readonly serverMaxConditions: number
  readonly serverMaxEmbedDepth: number
  readonly serverMaxEmbeds: number
  readonly serverMaxFilterDepth: number
}

/** A function by name; `schema` is null where none was given, and the search path finds it. */
export interface ObjectName {
  readonly schema: string | null
  readonly name: string
}
