import { createSecretKey } from 'node:crypto'
import { ConfigError } from '../errors/config-error.js'
import { algorithms } from './algorithms.js'
import { type ReadJwk, readJwk, type VerificationKey } from './jwk.js'
import { isDerKey, mistakenForm } from './secret-form.js'
import { decodeUtf8, type JsonObject, parseStrictObject } from './strict-json.js'
import { secretDoubt, secretWeakness } from './weak-secrets.js'

export interface Keys {
  readonly keys: readonly VerificationKey[]
  /** what works, but should not stay; they hold nothing of the keys */
  readonly warnings: readonly string[]
}

/**
 * The keys of jwt-secret: a secret for HS256, a JWK or a JWK set (RFC 7517). It is judged by what it is: what looks like
 * a URL, PEM, JSON or a key in DER and is not usable is never a secret.
 * @param isBase64 jwt-secret-is-base64
 * @param allowInsecure jwt-allow-insecure-secret: take secrets that are short or published, with a warning
 * @throws ConfigError for keys that cannot be used; it shows none of them
 */
export function parseKeys(secret: string, isBase64: boolean, allowInsecure = false): Keys {
  const bytes = isBase64 ? decodeSecret(secret) : Buffer.from(secret, 'utf8')
  const text = bytes.toString('utf8')
  const json = /^\s*\{/.test(text) ? parseStrictObject(text.trim()) : null
  if (json !== null && 'keys' in json) return keysOfSet(json.keys, allowInsecure)
  if (json !== null && 'kty' in json) return keyOfJwk(json, allowInsecure)
  const mistake = isText(bytes) ? mistakenForm(text) : isBase64 ? derForm(bytes) : binary
  if (mistake !== null) throw refused(mistake)
  return keyOfSecret(bytes, allowInsecure)
}

/**
 * The keys of a JWK set that was fetched from a URL. Secrets in it are left out: what is published is none.
 * @throws ConfigError where no key is left
 */
export function parseFetchedKeys(text: string): Keys {
  const set = parseStrictObject(text.trim())
  if (set === null || !Array.isArray(set.keys)) {
    throw new ConfigError('jwt-secret: what the URL gives is not a JWK set (RFC 7517).')
  }
  const isSecret = (jwk: unknown): jwk is JsonObject => isObject(jwk) && jwk.kty === 'oct'
  const refusals = set.keys
    .filter(isSecret)
    .map((jwk) => problemOf(jwk, 'is symmetric, which a published key cannot be'))
  const others = set.keys.filter((jwk) => !isSecret(jwk))
  if (others.length === 0 && refusals.length > 0) throw new ConfigError(refusals.join(' '))
  const { keys, warnings } = keysOfSet(others, false)
  return { keys, warnings: [...refusals, ...warnings] }
}

const binary = 'is binary data or not UTF-8: encode it in base64 and set jwt-secret-is-base64 = true'

/** A file that is not UTF-8 was read with U+FFFD in place of its bytes, so they are lost. */
function isText(bytes: Buffer): boolean {
  const text = decodeUtf8(bytes)
  return text !== null && !/[\uFFFD\0]/.test(text)
}

function refused(problem: string): ConfigError {
  return new ConfigError(`jwt-secret: the value ${problem}.`)
}

function derForm(bytes: Buffer): string | null {
  return isDerKey(bytes) ? 'is a key or certificate in DER: convert the public key to a JWK (RFC 7517)' : null
}

/** base64 and base64url, padded or not, as PostgREST reads it. */
function decodeSecret(secret: string): Buffer {
  const text = secret.trim().replaceAll('.', '=')
  const [, digits = '', padding = ''] = /^([A-Za-z0-9+/_-]*)(={0,2})$/.exec(text) ?? []
  const isComplete = padding === '' ? digits.length % 4 !== 1 : text.length % 4 === 0
  if (digits === '' || !isComplete) {
    throw refused(mistakenForm(secret) ?? 'is not base64 on one line, although jwt-secret-is-base64 is true')
  }
  return Buffer.from(text, 'base64')
}

function keyOfSecret(bytes: Buffer, allowInsecure: boolean): Keys {
  const weakness = secretWeakness(bytes)
  if (bytes.length === 0 || (weakness !== null && !allowInsecure)) {
    const remedy = 'Make another with `openssl rand -base64 48`; for tests, jwt-allow-insecure-secret = true takes it.'
    throw new ConfigError(`jwt-secret: the secret ${weakness}. ${remedy}`)
  }
  const doubt = weakness ?? secretDoubt(bytes)
  const key = createSecretKey(bytes)
  const hs256 = algorithms.get('HS256')
  const verifiers = new Map(hs256 === undefined ? [] : [['HS256', hs256.verifier(key)] as const])
  return {
    keys: [{ kid: null, verifiers }],
    warnings: doubt === null ? [] : [`jwt-secret: the secret ${doubt}.`],
  }
}

function keyOfJwk(jwk: JsonObject, allowInsecure: boolean): Keys {
  const read = readJwk(jwk, allowInsecure)
  if (read.kind !== 'key') throw new ConfigError(problemOf(jwk, read.reason))
  return { keys: [read.key], warnings: read.warnings.map((warning) => problemOf(jwk, warning)) }
}

/**
 * Keys of a set that are not for this server are left out (RFC 7517, section 5): an identity provider publishes keys for
 * encryption beside the others. Those that should verify tokens and cannot are left out with a warning. Secrets and
 * public keys may stand side by side, for each token is only tried against keys of its own algorithm.
 */
function keysOfSet(value: unknown, allowInsecure: boolean): Keys {
  if (!Array.isArray(value) || !value.every(isObject)) {
    throw new ConfigError('jwt-secret: the member "keys" of the JWK set must be an array of JWKs.')
  }
  const read = value.map((jwk): [JsonObject, ReadJwk] => [jwk, readJwk(jwk, allowInsecure)])
  const keys = read.flatMap(([, result]) => (result.kind === 'key' ? [result.key] : []))
  const reasons = read.flatMap(([jwk, result]) => (result.kind === 'key' ? [] : [problemOf(jwk, result.reason)]))
  if (keys.length === 0) {
    throw new ConfigError(['jwt-secret: the JWK set has no key that verifies tokens.', ...reasons].join(' '))
  }
  checkNames(read.flatMap(([jwk, result]) => (result.kind === 'foreign' ? [] : [jwk])))
  const warnings = read.flatMap(([jwk, result]) =>
    result.kind === 'key'
      ? result.warnings.map((warning) => problemOf(jwk, warning))
      : result.kind === 'unusable'
        ? [`${problemOf(jwk, result.reason)} It is left out.`]
        : [],
  )
  return { keys, warnings }
}

/** Keys of different types may share a kid (RFC 7517, section 4.5); of one type it is not clear which is meant. */
function checkNames(jwks: readonly JsonObject[]): void {
  const seen = new Set<string>()
  for (const { kid, kty } of jwks.filter((jwk) => typeof jwk.kid === 'string')) {
    const name = JSON.stringify([kid, kty])
    if (seen.has(name)) {
      throw new ConfigError(`jwt-secret: two keys of the JWK set have the kid ${shown(kid)} and the same type.`)
    }
    seen.add(name)
  }
}

function shown(kid: unknown): string {
  return JSON.stringify(String(kid).slice(0, 60))
}

function problemOf({ kid }: JsonObject, problem: string): string {
  const name = typeof kid === 'string' ? `${shown(kid)} ` : ''
  return `jwt-secret: the key ${name}${problem}.`
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
