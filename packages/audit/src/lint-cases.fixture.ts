import type { ServerFacts, TokenKey } from './server-facts.js'

/** One situation for a lint: SQL that a superuser runs after `auditDatabase`'s preamble. */
export interface LintCase {
  readonly sql: string
  /** the exposed schemas; default: api */
  readonly schemas?: readonly string[]
  /** what differs from a server's configuration in which all is right; default: no configuration is known */
  readonly server?: Partial<ServerFacts>
  /** settings of the server in place of those that the test's one has */
  readonly settings?: Readonly<Record<string, string>>
  /** of a positive: the object that the finding names */
  readonly object?: string
  /** of a positive: the role that the finding names */
  readonly role?: string
}

/** Situations of one lint. Each kind has at least one. */
export interface LintCases {
  readonly id: string
  /** found, with this object */
  readonly positive: readonly LintCase[]
  /** correct, and not found */
  readonly negative: readonly LintCase[]
  /** looks like it, and is not found */
  readonly nearMiss: readonly LintCase[]
}

const goodKey: TokenKey = {
  kid: 'a',
  kty: 'EC',
  alg: 'ES256',
  secretBytes: null,
  secretBits: null,
  isPrivate: false,
  refusal: null,
}

/** A configuration in which no lint finds anything. */
export const goodServer: ServerFacts = {
  file: 'postgrest.conf',
  strangeKeys: [],
  appSettings: [],
  tokenKeys: { problem: null, doubts: [], keys: [goodKey] },
  connection: { isRemote: true, isVerified: true },
  adminAddress: { place: '127.0.0.1:3001', isPublic: false },
  clientErrorVerbosity: 'minimal',
  dbAggregatesEnabled: false,
  dbAnonRole: 'anon',
  dbMaxRows: 1000,
  dbPlanEnabled: false,
  dbPool: 10,
  dbTxEnd: 'commit',
  jwtAllowInsecureSecret: false,
  jwtAud: 'https://api.example.com',
  jwtRequireAud: true,
  jwtRequireExp: true,
  jwtRoleClaimKey: '$.role',
  logLevel: 'error',
  openapiMode: 'follow-privileges',
  corsAllowedOrigins: ['https://app.example.com'],
}

/** That configuration with other keys of tokens. */
export function serverWithKeys(...keys: readonly Partial<TokenKey>[]): Partial<ServerFacts> {
  return { tokenKeys: { problem: null, doubts: [], keys: keys.map((key) => ({ ...goodKey, ...key })) } }
}
