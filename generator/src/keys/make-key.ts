import { printable } from '@rolecast/audit/printable'
import { ConfigError, parseKeys, parseStrictObject } from '@rolecast/server'
import {
  CompactSign,
  type CryptoKey,
  calculateJwkThumbprint,
  compactVerify,
  exportJWK,
  generateKeyPair,
  generateSecret,
  importJWK,
  type JWK,
} from 'jose'
import { UsageError } from '../errors.js'
import { publicHalf, type StoredKey } from './key-set.js'

/** What the server verifies (RFC 7518, RFC 8037). */
export const algorithmNames = [
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'HS256',
  'HS384',
  'HS512',
] as const

export type AlgorithmName = (typeof algorithmNames)[number]

/** Bits of new RSA keys: as strong as a curve of 256 bits, or nearly (NIST SP 800-57). */
const RSA_BITS = 3072

/**
 * A new key. Its name is its thumbprint (RFC 7638). One that begins with a hyphen would be taken for an option where a
 * command names the key, so such a key is made anew.
 * @param now ISO 8601
 */
export async function makeKey(alg: AlgorithmName, state: StoredKey['state'], now: string): Promise<StoredKey> {
  for (;;) {
    const key = await storedKey(await exportJWK(await newKey(alg)), alg, state, now)
    if (!key.kid.startsWith('-')) return key
  }
}

async function newKey(alg: AlgorithmName): Promise<CryptoKey | Uint8Array> {
  const options = { extractable: true, modulusLength: RSA_BITS }
  return alg.startsWith('HS') ? generateSecret(alg, options) : (await generateKeyPair(alg, options)).privateKey
}

/**
 * A key that is in use elsewhere, to be rotated without a logout: a private JWK, or the text of a secret for HS256. A
 * JWK keeps its kid, which tokens name.
 * @throws UsageError for what cannot sign, or is too weak for a server; it shows nothing of the key
 */
export async function importKey(text: string, now: string): Promise<StoredKey> {
  const isJwk = /^\s*\{/.test(text)
  const jwk = isJwk ? (parseStrictObject(text.trim()) as JWK | null) : secretJwk(text.replace(/\r?\n$/, ''))
  if (jwk === null || typeof jwk.kty !== 'string') {
    throw new UsageError('The file is no JWK (RFC 7517): it needs a JSON object with "kty".')
  }
  const alg = jwk.alg ?? (jwk.kty === 'oct' ? 'HS256' : undefined)
  if (!algorithmNames.some((name) => name === alg) || alg === undefined) {
    throw new UsageError(`The JWK must have an "alg": one of ${algorithmNames.join(', ')}.`)
  }
  try {
    parseKeys(isJwk ? JSON.stringify(jwk) : text.replace(/\r?\n$/, ''), false)
    if (await signs(jwk, alg)) return await storedKey(jwk, alg, 'verifies', now)
  } catch (error) {
    const reason = error instanceof ConfigError ? error.message.replace(/^jwt-secret: /, '') : 'it is not a valid key.'
    throw new UsageError(`The key cannot be used: ${reason}`)
  }
  throw new UsageError('The key has no private half that fits it, so it cannot sign.')
}

function secretJwk(secret: string): JWK {
  return { kty: 'oct', k: Buffer.from(secret).toString('base64url'), alg: 'HS256' }
}

/** Whether the two halves are there and of one key. */
async function signs(jwk: JWK, alg: string): Promise<boolean> {
  if (jwk.kty !== 'oct' && jwk.d === undefined) return false
  const token = await new CompactSign(Buffer.from('probe'))
    .setProtectedHeader({ alg })
    .sign((await importJWK(jwk, alg)) as CryptoKey | Uint8Array)
  const verifying = await importJWK(jwk.kty === 'oct' ? jwk : publicHalf(jwk), alg)
  return compactVerify(token, verifying as CryptoKey | Uint8Array).then(
    () => true,
    () => false,
  )
}

async function storedKey(jwk: JWK, alg: string, state: StoredKey['state'], now: string): Promise<StoredKey> {
  const kid = jwk.kid ?? (await calculateJwkThumbprint(jwk))
  if (kid === '' || kid.length > 200) throw new UsageError(`The kid ${printable(kid.slice(0, 20))} cannot be used.`)
  return { kid, alg, state, created: now, jwk: { ...jwk, kid, alg, use: 'sig' } }
}
