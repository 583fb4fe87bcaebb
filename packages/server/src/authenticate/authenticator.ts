import type { Config } from '../config/config.js'
import { ConfigError } from '../errors/config-error.js'
import { checkAudience, checkClaims, checkId, checkTimes, checkType } from './check-claims.js'
import type { Identity } from './identity.js'
import { fixedKeys } from './key-source/fixed-keys.js'
import type { KeySource } from './key-source/key-source.js'
import { isNoRole, roleClaim } from './role-claim.js'
import type { JsonObject } from './strict-json.js'
import { TokenCache } from './token-cache.js'
import { secretMissing, tokenRequired } from './token-error.js'
import { type Claims, namesUnknownKey, verifyToken } from './verify-token.js'

export interface Authenticator {
  /**
   * Who a request with this `Authorization` header is of. Schemes other than Bearer say nothing.
   * @param now milliseconds since 1970
   * @throws ApiError PGRST300 to PGRST303
   */
  authenticate(header: string | undefined, now?: number): Identity
  /**
   * For a header that was refused: looks for the key that its token names, where the keys may have changed. Resolves when
   * it is worth asking again; null: it is not.
   */
  lookForKey(header: string | undefined): Promise<void> | null
  /** what works, but should not stay: for the log */
  readonly warnings: readonly string[]
  /** tokens in the cache */
  readonly cached: number
  /** of the cache, since the authenticator was made */
  readonly cacheCounts: { readonly requests: number; readonly hits: number; readonly evictions: number }
}

export type AuthenticatorSettings = Pick<
  Config,
  | 'dbAnonRole'
  | 'jwtAllowInsecureSecret'
  | 'jwtAud'
  | 'jwtDeniedIds'
  | 'jwtCacheMaxEntries'
  | 'jwtIss'
  | 'jwtMaxAge'
  | 'jwtRequireAud'
  | 'jwtRequireExp'
  | 'jwtRoleClaimKey'
  | 'jwtRoles'
  | 'jwtSecret'
  | 'jwtSecretIsBase64'
  | 'jwtTyp'
>

interface Known {
  /** that it was verified with */
  readonly keys: KeySource['keys']
  readonly claims: JsonObject
  readonly identity: Identity
}

/**
 * Made anew when the configuration changes, with an empty cache. No token outlives the keys that it was verified with.
 * @param reserved roles that requests never run as: the one that the server connects as
 * @param source the keys; those that the settings hold unless given
 * @throws ConfigError for unusable keys, db-anon-role or jwt-role-claim-key
 */
export function createAuthenticator(
  settings: AuthenticatorSettings,
  reserved: readonly string[] = [],
  source: KeySource = fixedKeys(settings),
): Authenticator {
  const { dbAnonRole } = settings
  const roleOf = roleClaim(settings.jwtRoleClaimKey, reserved, settings.jwtRoles)
  const deniedIds = new Set(settings.jwtDeniedIds)
  if (dbAnonRole !== null && (isNoRole(dbAnonRole) || reserved.includes(dbAnonRole))) {
    throw new ConfigError(`db-anon-role: requests never run as the role "${dbAnonRole}". Name a role of their own.`)
  }
  const anonymous = dbAnonRole === null ? null : identityOf(dbAnonRole, { values: {}, text: '{}' })
  const cache = new TokenCache<Known>(settings.jwtCacheMaxEntries)

  const verify = (token: string): Known => {
    const { keys } = source
    if (keys === null) throw secretMissing()
    const claims = verifyToken(token, keys)
    checkType(claims.type, settings.jwtTyp)
    checkClaims(claims.values, settings)
    checkId(claims.values, deniedIds)
    const role = roleOf(claims.values) ?? dbAnonRole
    if (role === null) throw tokenRequired()
    return { keys, claims: claims.values, identity: identityOf(role, claims) }
  }

  return {
    authenticate(header, now = Date.now()) {
      const token = header === undefined ? null : bearerToken(header)
      if (token === null) {
        if (anonymous === null) throw tokenRequired()
        return anonymous
      }
      let known = cache.get(token)
      if (known === undefined || known.keys !== source.keys) {
        known = verify(token)
        cache.set(token, known)
      }
      checkTimes(known.claims, now / 1000, settings.jwtMaxAge)
      checkAudience(known.claims, settings)
      return known.identity
    },
    lookForKey(header) {
      const token = header === undefined ? null : bearerToken(header)
      return token !== null && namesUnknownKey(token, source.keys ?? []) ? source.lookAgain() : null
    },
    get cached() {
      return cache.size
    },
    cacheCounts: cache.counts,
    warnings: source.warnings,
  }
}

const bearer = /^bearer(?:[ \t]+|$)/i

function bearerToken(header: string): string | null {
  const scheme = bearer.exec(header)
  return scheme === null ? null : header.slice(scheme[0].length)
}

/**
 * The claims as SQL sees them: as they came, so that no number loses digits, but with the role that the request runs as.
 */
function identityOf(role: string, { values, text }: Pick<Claims, 'values' | 'text'>): Identity {
  if (values.role === role) return { role, claims: text }
  if ('role' in values) return { role, claims: JSON.stringify({ ...values, role }) }
  const rest = text.slice(text.indexOf('{') + 1)
  const separator = Object.keys(values).length === 0 ? '' : ','
  return { role, claims: `{"role":${JSON.stringify(role)}${separator}${rest}` }
}
