import { ApiError } from '../errors/api-error.js'
import { decodeBase64url } from './base64url.js'
import { checkAudience, checkClaims } from './check-claims.js'
import type { VerificationKey } from './jwk.js'
import { parseKeys } from './keys.js'
import { decodeUtf8, type JsonObject, parseStrictObject } from './strict-json.js'
import { verifyToken } from './verify-token.js'

/** A token in compact form, read and not verified: anybody can write one. */
export interface DecodedToken {
  readonly header: JsonObject
  readonly claims: JsonObject
}

/** Why a token is refused. */
export type TokenFault =
  | 'malformed'
  | 'unsecured'
  | 'unknown-kid'
  | 'wrong-algorithm'
  | 'bad-signature'
  | 'refused-claims'
  | 'expired'
  | 'not-yet-valid'

export type TokenJudgement =
  | ({ readonly verified: true } & DecodedToken)
  | { readonly verified: false; readonly kind: TokenFault; readonly message: string }

/** What a judgement goes by, with the defaults of the configuration. */
export interface JudgeOptions {
  /** what `jwt-secret` may hold: a secret, a JWK or a JWK set */
  readonly keys: string
  /** the audience that the token must have; null: any */
  readonly audience: string | null
  /** the issuer that the token must have; null: any */
  readonly issuer: string | null
  /** seconds since 1970 */
  readonly now: number
}

/** The parts of a token, or null for what is no token. A signature may be missing or wrong. */
export function decodeToken(token: string): DecodedToken | null {
  const parts = token.split('.')
  const [header, claims] = parts.map(objectIn)
  return parts.length === 3 && header && claims ? { header, claims } : null
}

function objectIn(part: string): JsonObject | null {
  const bytes = decodeBase64url(part)
  const text = bytes === null ? null : decodeUtf8(bytes)
  return text === null ? null : parseStrictObject(text)
}

/**
 * Whether the server takes a token, and if not, why. The server's own code decides. Two things are stricter here: the
 * reason is told in full, which a server does not do for strangers, and clocks are not forgiven 30 seconds.
 * @throws ConfigError for keys that cannot be used
 */
export function judgeToken(token: string, { keys: text, audience, issuer, now }: JudgeOptions): TokenJudgement {
  const { keys } = parseKeys(text, false)
  const decoded = decodeToken(token)
  try {
    const { values } = verifyToken(token, keys)
    const settings = {
      jwtAud: audience,
      jwtIss: issuer,
      jwtMaxAge: null,
      jwtRequireAud: audience !== null,
      jwtRequireExp: false,
    }
    checkClaims(values, settings)
    checkAudience(values, settings)
    return timeFault(values, now) ?? { verified: true, header: decoded?.header ?? {}, claims: values }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.code === 'PGRST303') return refused('refused-claims', `${error.message}.`)
    return signatureFault(decoded, keys, error)
  }
}

function refused(kind: TokenFault, message: string): TokenJudgement {
  return { verified: false, kind, message }
}

function timeFault({ exp, nbf, iat }: JsonObject, now: number): TokenJudgement | null {
  if (typeof exp === 'number' && now >= exp) return refused('expired', `It expired at ${instant(exp)}.`)
  if (typeof nbf === 'number' && now < nbf) return refused('not-yet-valid', `It is valid from ${instant(nbf)} on.`)
  // Signers whose clock runs ahead by less than a second are not worth a refusal.
  if (typeof iat === 'number' && now + 1 < iat) {
    return refused('not-yet-valid', `It says that it was issued at ${instant(iat)}, which is in the future.`)
  }
  return null
}

/** Seconds since 1970 as people read them; numbers beyond the calendar as they are. */
function instant(seconds: number): string {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? `second ${seconds}` : date.toISOString()
}

function signatureFault(
  decoded: DecodedToken | null,
  keys: readonly VerificationKey[],
  error: ApiError,
): TokenJudgement {
  if (decoded === null)
    return refused('malformed', 'It is no JWT in compact form: header.claims.signature, in base64url.')
  const { alg, kid } = decoded.header
  if (typeof alg === 'string' && alg.toLowerCase() === 'none') {
    return refused('unsecured', 'Its algorithm is "none": it has no signature, so anybody can have written it.')
  }
  const named = keys.filter((key) => kid === undefined || key.kid === kid)
  if (typeof kid === 'string' && named.length === 0) {
    return refused('unknown-kid', `It names the key ${JSON.stringify(kid)}, which is not among those that verify.`)
  }
  if (typeof alg === 'string' && !named.some(({ verifiers }) => verifiers.has(alg))) {
    const known = [...new Set(named.flatMap(({ verifiers }) => [...verifiers.keys()]))].join(', ')
    return refused(
      'wrong-algorithm',
      `It is signed with ${JSON.stringify(alg)}, and the ${kid === undefined ? 'keys take' : 'key takes'} ${known} only.`,
    )
  }
  if (error.details === 'JWT has extensions that are not understood') {
    return refused('malformed', 'Its header asks for extensions (crit, b64) that are not understood.')
  }
  if (typeof alg !== 'string' || (kid !== undefined && typeof kid !== 'string')) {
    return refused('malformed', 'Its header has no algorithm, or a key name that is no text.')
  }
  return refused(
    'bad-signature',
    kid === undefined
      ? 'Its signature is of none of the keys: another key signed it, or it was changed.'
      : 'Its signature is not that of the key it names: another key signed it, or it was changed.',
  )
}
