import type { Config } from '../config/config.js'
import type { JsonObject } from './strict-json.js'
import { claimsRefused } from './token-error.js'

export type ClaimSettings = Pick<Config, 'jwtAud' | 'jwtIss' | 'jwtMaxAge' | 'jwtRequireAud' | 'jwtRequireExp'>

/** Clocks may differ by this many seconds. */
const SKEW = 30

/**
 * Whether the claims are of the right form and for this server (RFC 7519, section 4.1). Their time is another matter:
 * `checkTimes`, which has to be asked each time a token is used.
 * @throws ApiError PGRST303
 */
export function checkClaims(claims: JsonObject, settings: ClaimSettings): void {
  for (const name of ['exp', 'nbf', 'iat'] as const) {
    const value = claims[name]
    if (value !== undefined && !(typeof value === 'number' && Number.isFinite(value))) {
      throw claimsRefused(`The JWT '${name}' claim must be a number`)
    }
  }
  if (settings.jwtRequireExp && claims.exp === undefined) throw claimsRefused("The JWT must have an 'exp' claim")
  if (settings.jwtMaxAge !== null && claims.iat === undefined) throw claimsRefused("The JWT must have an 'iat' claim")
}

/**
 * Whether a token is of the type that is wanted: in any case, and with `application/` or without (RFC 7515, section 4.1.9).
 * @param type the header's `typ`
 * @throws ApiError PGRST303
 */
export function checkType(type: unknown, wanted: string | null): void {
  if (wanted === null) return
  const plain = (text: string) => text.toLowerCase().replace(/^application\/(?=[^/]*$)/, '')
  if (typeof type !== 'string' || plain(type) !== plain(wanted)) throw claimsRefused('JWT not of the expected type')
}

/**
 * Whether a token has been revoked by its id (RFC 7519, section 4.1.7). Where ids are denied, one that cannot be compared
 * is refused as well.
 * @throws ApiError PGRST303
 */
export function checkId({ jti }: JsonObject, denied: ReadonlySet<string>): void {
  if (denied.size === 0 || jti === undefined) return
  if (typeof jti !== 'string') throw claimsRefused("The JWT 'jti' claim must be a string")
  if (denied.has(jti)) throw claimsRefused('JWT revoked')
}

/** @throws ApiError PGRST303 */
export function checkAudience(claims: JsonObject, { jwtAud, jwtIss, jwtRequireAud }: ClaimSettings): void {
  const { aud = null } = claims
  const audiences = aud === null ? [] : typeof aud === 'string' ? [aud] : aud
  if (!Array.isArray(audiences) || !audiences.every((audience) => typeof audience === 'string')) {
    throw claimsRefused("The JWT 'aud' claim must be a string or an array of strings")
  }
  const unnamed = audiences.length === 0 && !jwtRequireAud
  if (jwtAud !== null && !unnamed && !audiences.includes(jwtAud)) throw claimsRefused('JWT not in audience')
  if (jwtIss !== null && claims.iss !== jwtIss) throw claimsRefused('JWT not from the expected issuer')
}

/**
 * @param now seconds since 1970
 * @throws ApiError PGRST303
 */
export function checkTimes(claims: JsonObject, now: number, maxAge: number | null): void {
  const { exp, nbf, iat } = claims
  const second = Math.floor(now)
  if (typeof exp === 'number' && second - SKEW > exp) throw claimsRefused('JWT expired')
  if (typeof nbf === 'number' && second + SKEW < nbf) throw claimsRefused('JWT not yet valid')
  if (typeof iat === 'number' && second + SKEW < iat) throw claimsRefused('JWT issued at future')
  if (typeof iat === 'number' && maxAge !== null && second - SKEW - maxAge > iat) throw claimsRefused('JWT expired')
}
