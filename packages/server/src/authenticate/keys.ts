import { createPublicKey, createSecretKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { ConfigError } from '../errors/config-error.js'
import { type Algorithm, algorithmSynonyms, algorithms, type Verify } from './algorithms.js'
import { decodeBase64url } from './base64url.js'
import { rsaWeakness } from './rsa-strength.js'
import type { JsonObject } from './strict-json.js'

/** A key, with the algorithms that it alone decides on: a token's header only chooses among them. */
export interface VerificationKey {
  readonly kid: string | null
  readonly verifiers: ReadonlyMap<string, Verify>
}

const SHORTEST_SECRET = 32

/**
 * The keys of jwt-secret: a secret for HS256, a JWK or a JWK set (RFC 7517).
 * @param isBase64 jwt-secret-is-base64
 * @throws ConfigError for keys that are too weak, not for signatures, or ambiguous; it shows none of them
 */
export function parseKeys(secret: string, isBase64: boolean): readonly VerificationKey[] {
  const bytes = isBase64 ? decodeSecret(secret) : Buffer.from(secret, 'utf8')
  const jwks = readJwks(bytes.toString('utf8'))
  if (jwks === null) return [keyOfSecret(bytes)]
  if (jwks.length === 0) throw new ConfigError('jwt-secret: the JWK set has no keys')
  const isSymmetric = jwks.map(({ kty }) => kty === 'oct')
  if (isSymmetric.includes(true) && isSymmetric.includes(false)) {
    throw new ConfigError('jwt-secret: a JWK set cannot have both secrets and public keys')
  }
  const keys = jwks.map(keyOfJwk)
  const kids = keys.flatMap(({ kid }) => (kid === null ? [] : [kid]))
  if (new Set(kids).size < kids.length) throw new ConfigError('jwt-secret: two keys of the JWK set have the same kid')
  return keys
}

/** base64 and base64url, padded or not, as PostgREST reads it. */
function decodeSecret(secret: string): Buffer {
  const text = secret.trim().replaceAll('.', '=')
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) throw new ConfigError('jwt-secret: it is not base64')
  return Buffer.from(text, 'base64')
}

function readJwks(text: string): readonly JsonObject[] | null {
  if (!text.trimStart().startsWith('{')) return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!isObject(value)) return null
  if (!('keys' in value)) return 'kty' in value ? [value] : null
  if (Array.isArray(value.keys) && value.keys.every(isObject)) return value.keys
  throw new ConfigError('jwt-secret: `keys` of the JWK set must be an array of JWKs')
}

function keyOfSecret(bytes: Buffer): VerificationKey {
  if (bytes.length < SHORTEST_SECRET) {
    throw new ConfigError(`jwt-secret: the secret must have at least ${SHORTEST_SECRET} bytes; it has ${bytes.length}`)
  }
  return keyFor(null, createSecretKey(bytes), bytes.length, [['HS256', algorithms.get('HS256')]])
}

function keyOfJwk(jwk: JsonObject): VerificationKey {
  const kid = typeof jwk.kid === 'string' ? jwk.kid : null
  const fail = (problem: string): never => {
    throw new ConfigError(`jwt-secret: the key ${kid === null ? '' : `${JSON.stringify(kid)} `}${problem}`)
  }
  if (jwk.kid !== undefined && kid === null) fail('has a kid that is no text')
  if (jwk.use !== undefined && jwk.use !== 'sig') fail('is not for signatures')
  if (jwk.key_ops !== undefined && !isFor(jwk.key_ops, ['verify', 'sign'])) fail('is not for verifying signatures')
  const fitting = fittingAlgorithms(jwk)
  if (fitting.length === 0) fail('has no algorithm that this server verifies, or not one of its type and curve')
  const { key, length } = importJwk(jwk, fail)
  const result = keyFor(kid, key, length, fitting)
  if (result.verifiers.size === 0) fail('is too short for its algorithm')
  return result
}

/** What the key says, or what its type and curve can do; never what a token says. */
function fittingAlgorithms({ kty, crv, alg }: JsonObject): [string, Algorithm][] {
  const wanted = typeof alg === 'string' ? (algorithmSynonyms[alg] ?? alg) : alg
  return [...algorithms].filter(
    ([name, algorithm]) =>
      algorithm.kty === kty &&
      (algorithm.crv === null || algorithm.crv === crv) &&
      (wanted === undefined || wanted === name),
  )
}

function importJwk(jwk: JsonObject, fail: (problem: string) => never): { key: KeyObject; length: number } {
  if (jwk.kty === 'oct') {
    const bytes = typeof jwk.k === 'string' ? decodeBase64url(jwk.k) : null
    if (bytes === null || bytes.length === 0) return fail('has no secret in base64url')
    return { key: createSecretKey(bytes), length: bytes.length }
  }
  if (jwk.kty === 'RSA') {
    const modulus = typeof jwk.n === 'string' ? decodeBase64url(jwk.n) : null
    const exponent = typeof jwk.e === 'string' ? decodeBase64url(jwk.e) : null
    if (modulus === null || exponent === null) return fail('has no modulus and exponent in base64url')
    const weakness = rsaWeakness(modulus, exponent)
    if (weakness !== null) fail(`has ${weakness}`)
  }
  const { kty, crv, x, y, n, e } = jwk
  try {
    // Only the public members: a private key has no business here, and is not kept.
    const publicJwk = { kty, ...(kty === 'RSA' ? { n, e } : { crv, x, y }) } as JsonWebKey
    return { key: createPublicKey({ key: publicJwk, format: 'jwk' }), length: Number.POSITIVE_INFINITY }
  } catch {
    return fail('is no valid public key')
  }
}

function keyFor(
  kid: string | null,
  key: KeyObject,
  length: number,
  fitting: readonly (readonly [string, Algorithm | undefined])[],
): VerificationKey {
  const verifiers = new Map<string, Verify>()
  for (const [name, algorithm] of fitting) {
    if (algorithm !== undefined && length >= algorithm.secretLength) verifiers.set(name, algorithm.verifier(key))
  }
  return { kid, verifiers }
}

function isFor(operations: unknown, wanted: readonly string[]): boolean {
  return Array.isArray(operations) && operations.some((operation) => wanted.includes(operation))
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
