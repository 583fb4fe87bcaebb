/** A key that verifies tokens, without the key. */
export interface TokenKey {
  readonly kid: string | null
  readonly kty: string
  /** null: it does not say which algorithm it is for */
  readonly alg: string | null
  /** of secrets: how many bytes, and what guessing takes at most */
  readonly secretBytes: number | null
  readonly secretBits: number | null
  /** a private half, which verifying does not need */
  readonly isPrivate: boolean
  /** why the server does not verify with it, or null */
  readonly refusal: string | null
}

/**
 * What an audit asks of a server's configuration (postgrest.conf and PGRST_* variables), whoever reads it. It holds no
 * secret and no password. Settings are called as PostgREST calls them, in camel case.
 */
export interface ServerFacts {
  /** the file, for messages */
  readonly file: string
  /** keys that PostgREST does not have, and drops without a word */
  readonly strangeKeys: readonly { readonly key: string; readonly line: number; readonly meant: string | null }[]
  /** names of `app.settings.*` */
  readonly appSettings: readonly string[]
  /** keys of jwt-secret; null: there is none */
  readonly tokenKeys: {
    /** why a server refuses to start with them, or null */
    readonly problem: string | null
    readonly doubts: readonly string[]
    readonly keys: readonly TokenKey[]
  } | null
  /** the connection of db-uri */
  readonly connection: {
    /** over a network, and not only inside the machine */
    readonly isRemote: boolean
    /** the server's certificate and name are checked */
    readonly isVerified: boolean
  }
  readonly adminAddress: { readonly place: string; readonly isPublic: boolean } | null
  readonly clientErrorVerbosity: 'verbose' | 'minimal'
  readonly dbAggregatesEnabled: boolean
  readonly dbAnonRole: string | null
  readonly dbMaxRows: number | null
  readonly dbPlanEnabled: boolean
  readonly dbPool: number
  readonly dbTxEnd: string
  readonly jwtAllowInsecureSecret: boolean
  readonly jwtAud: string | null
  readonly jwtRequireAud: boolean
  readonly jwtRequireExp: boolean
  readonly jwtRoleClaimKey: string
  readonly logLevel: string
  readonly openapiMode: string
  readonly corsAllowedOrigins: readonly string[]
}
