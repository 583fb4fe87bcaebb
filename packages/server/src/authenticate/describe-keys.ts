import { ConfigError } from '../errors/config-error.js'
import { decodeBase64url } from './base64url.js'
import { privateMembers, readJwk } from './jwk.js'
import { keyUrlOf } from './key-source/key-url.js'
import { parseKeys } from './keys.js'
import { type JsonObject, parseStrictObject } from './strict-json.js'

/** A key of jwt-secret, without the key. */
export interface KeyDescription {
  readonly kid: string | null
  readonly kty: string
  /** null: the key does not say which algorithm it is for */
  readonly alg: string | null
  /** of secrets: how many bytes */
  readonly secretBytes: number | null
  /** of secrets: what guessing it takes at most, from its length and its different bytes */
  readonly secretBits: number | null
  /** a private half, which verifying does not need */
  readonly isPrivate: boolean
  /** why the server does not verify with it, or null */
  readonly refusal: string | null
}

/** What jwt-secret holds, for reports: nothing of the keys is in it. */
export interface KeysDescription {
  /** why the server refuses to start with it, or null */
  readonly problem: string | null
  /** what the server warns of: keys that it leaves out, secrets that are easy to guess */
  readonly doubts: readonly string[]
  readonly keys: readonly KeyDescription[]
}

/**
 * Describes the value of jwt-secret. Of a URL nothing is fetched, so no keys are described.
 * @param isBase64 jwt-secret-is-base64
 */
export function describeKeys(secret: string, isBase64: boolean): KeysDescription {
  if (!isBase64 && keyUrlOf(secret, isBase64) !== null) return { problem: null, doubts: [], keys: [] }
  const bytes = isBase64 ? Buffer.from(secret, 'base64') : Buffer.from(secret, 'utf8')
  const keys = describedJwks(bytes.toString('utf8').trim()) ?? [
    { kid: null, kty: 'oct', alg: 'HS256', ...ofSecret(bytes), isPrivate: false, refusal: null },
  ]
  try {
    return { problem: null, doubts: parseKeys(secret, isBase64).warnings, keys }
  } catch (error) {
    if (error instanceof ConfigError) return { problem: error.message, doubts: [], keys }
    throw error
  }
}

function describedJwks(text: string): KeyDescription[] | null {
  const json = text.startsWith('{') ? parseStrictObject(text) : null
  if (json === null) return null
  const jwks: unknown = 'keys' in json ? json.keys : [json]
  return Array.isArray(jwks) ? jwks.filter((jwk) => typeof jwk === 'object' && jwk !== null).map(described) : null
}

function described(jwk: JsonObject): KeyDescription {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  const secret = jwk.kty === 'oct' && typeof jwk.k === 'string' ? decodeBase64url(jwk.k) : null
  const read = readJwk(jwk, false)
  return {
    kid: text(jwk.kid),
    kty: text(jwk.kty) ?? 'unknown',
    alg: text(jwk.alg),
    ...(secret === null ? { secretBytes: null, secretBits: null } : ofSecret(secret)),
    isPrivate: privateMembers.some((member) => jwk[member] !== undefined),
    refusal: read.kind === 'key' ? null : read.reason,
  }
}

function ofSecret(bytes: Buffer): Pick<KeyDescription, 'secretBytes' | 'secretBits'> {
  return {
    secretBytes: bytes.length,
    secretBits: Math.floor(bytes.length * Math.log2(Math.max(1, new Set(bytes).size))),
  }
}
