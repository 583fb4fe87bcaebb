import { createPublicKey, createSecretKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { type Algorithm, algorithmSynonyms, algorithms, type Verify } from './algorithms.js'
import { decodeBase64url } from './base64url.js'
import { rsaWeakness } from './rsa-strength.js'
import type { JsonObject } from './strict-json.js'
import { secretDoubt, secretWeakness } from './weak-secrets.js'

/** A key, with the algorithms that it alone decides on: a token's header only chooses among them. */
export interface VerificationKey {
  readonly kid: string | null
  readonly verifiers: ReadonlyMap<string, Verify>
}

/** A JWK that verifies tokens, or why it does not. */
export type ReadJwk =
  | { readonly kind: 'key'; readonly key: VerificationKey; readonly warnings: readonly string[] }
  /** it is for something else, as encryption, or of a kind that is not known here: sets may have such keys */
  | { readonly kind: 'foreign'; readonly reason: string }
  /** it should verify tokens, and cannot */
  | { readonly kind: 'unusable'; readonly reason: string }

/**
 * Reads a JSON Web Key (RFC 7517).
 * @param allowInsecure take secrets that are short or published, with a warning
 */
export function readJwk(jwk: JsonObject, allowInsecure: boolean): ReadJwk {
  const { kid, use, key_ops: operations, alg } = jwk
  if (use !== undefined && use !== 'sig') return foreign('is not for signatures')
  if (operations !== undefined && !isFor(operations, ['verify', 'sign'])) return foreign('is not for signatures')
  if (kid !== undefined && typeof kid !== 'string') return unusable('has a kid that is not a string')
  const fitting = fittingAlgorithms(jwk)
  if (fitting.length === 0) {
    const isKnown = typeof alg === 'string' && (algorithms.has(alg) || Object.hasOwn(algorithmSynonyms, alg))
    return isKnown
      ? unusable(`does not fit its algorithm ${alg}`)
      : foreign('is of a kind that this server does not verify')
  }
  return jwk.kty === 'oct' ? readSecret(jwk, fitting, allowInsecure) : readPublicKey(jwk, fitting)
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

function readSecret(jwk: JsonObject, fitting: readonly [string, Algorithm][], allowInsecure: boolean): ReadJwk {
  const bytes = typeof jwk.k === 'string' ? decodeBase64url(jwk.k) : null
  if (bytes === null || bytes.length === 0) return unusable('has no secret in base64url')
  const weakness = secretWeakness(bytes)
  if (weakness !== null && !allowInsecure) return unusable(weakness)
  const long = fitting.filter(([, { secretLength }]) => bytes.length >= secretLength || allowInsecure)
  if (long.length === 0) return unusable('is too short for its algorithm')
  return usable(jwk, createSecretKey(bytes), long, [weakness ?? secretDoubt(bytes) ?? []].flat())
}

/** What only the private half of a key pair has (RFC 7518, section 6). */
export const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv']

function readPublicKey(jwk: JsonObject, fitting: readonly [string, Algorithm][]): ReadJwk {
  const { kty, crv, x, y, n, e } = jwk
  if (kty === 'RSA') {
    const modulus = typeof n === 'string' ? decodeBase64url(n) : null
    const exponent = typeof e === 'string' ? decodeBase64url(e) : null
    if (modulus === null || exponent === null) return unusable('has no modulus and exponent in base64url')
    const weakness = rsaWeakness(modulus, exponent)
    if (weakness !== null) return unusable(`has ${weakness}`)
  }
  const isPrivate = privateMembers.some((member) => jwk[member] !== undefined)
  const warnings = isPrivate
    ? ['is private: the public key is enough here, and who reads the private one can sign tokens']
    : []
  try {
    // Only the public members are read: the private ones are not kept.
    const publicJwk = { kty, ...(kty === 'RSA' ? { n, e } : { crv, x, y }) } as JsonWebKey
    return usable(jwk, createPublicKey({ key: publicJwk, format: 'jwk' }), fitting, warnings)
  } catch {
    return unusable('is not a valid public key')
  }
}

function usable(
  { kid }: JsonObject,
  key: KeyObject,
  fitting: readonly [string, Algorithm][],
  warnings: readonly string[],
): ReadJwk {
  const verifiers = new Map(fitting.map(([name, algorithm]) => [name, algorithm.verifier(key)]))
  return { kind: 'key', key: { kid: typeof kid === 'string' ? kid : null, verifiers }, warnings }
}

function foreign(reason: string): ReadJwk {
  return { kind: 'foreign', reason }
}

function unusable(reason: string): ReadJwk {
  return { kind: 'unusable', reason }
}

function isFor(operations: unknown, wanted: readonly string[]): boolean {
  return Array.isArray(operations) && operations.some((operation) => wanted.includes(operation))
}
