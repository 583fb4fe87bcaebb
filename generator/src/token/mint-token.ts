import { type CryptoKey, importJWK, SignJWT } from 'jose'
import type { StoredKey } from '../keys/key-set.js'

/** What a new token says. */
export interface TokenContent {
  readonly role: string
  readonly subject?: string | undefined
  readonly audience?: string | undefined
  readonly issuer?: string | undefined
  /** seconds until it expires */
  readonly lifetime: number
  /** further claims, none of those above */
  readonly claims: Readonly<Record<string, unknown>>
}

/**
 * A signed token.
 * @param now seconds since 1970
 */
export async function mintToken(key: StoredKey, content: TokenContent, now: number): Promise<string> {
  const { role, subject, audience, issuer, lifetime, claims } = content
  const issued = Math.floor(now)
  const token = new SignJWT({
    role,
    ...(subject !== undefined && { sub: subject }),
    ...(audience !== undefined && { aud: audience }),
    ...(issuer !== undefined && { iss: issuer }),
    ...claims,
    iat: issued,
    exp: issued + lifetime,
  })
  const signer = (await importJWK(key.jwk, key.alg)) as CryptoKey | Uint8Array
  return token.setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT' }).sign(signer)
}
