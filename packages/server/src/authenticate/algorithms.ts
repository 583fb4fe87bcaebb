import { constants, createHmac, type KeyObject, timingSafeEqual, verify } from 'node:crypto'

/** Whether `signature` is that of `data`. */
export type Verify = (data: string, signature: Buffer) => boolean

/** A signature algorithm (RFC 7518, RFC 8037), and the kind of key that alone may be used with it. */
export interface Algorithm {
  readonly kty: 'oct' | 'RSA' | 'EC' | 'OKP'
  readonly crv: string | null
  /** least length of a secret, in bytes */
  readonly secretLength: number
  readonly verifier: (key: KeyObject) => Verify
}

function hmac(bits: 256 | 384 | 512): Algorithm {
  const verifier = (key: KeyObject): Verify => {
    return (data, signature) => {
      const expected = createHmac(`sha${bits}`, key).update(data).digest()
      return expected.length === signature.length && timingSafeEqual(expected, signature)
    }
  }
  return { kty: 'oct', crv: null, secretLength: bits / 8, verifier }
}

function rsa(bits: 256 | 384 | 512, padding: number): Algorithm {
  const verifier = (key: KeyObject): Verify => {
    const length = Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8)
    const options = { key, padding, ...(padding === constants.RSA_PKCS1_PSS_PADDING && { saltLength: bits / 8 }) }
    return (data, signature) =>
      signature.length === length && verify(`sha${bits}`, Buffer.from(data), options, signature)
  }
  return { kty: 'RSA', crv: null, secretLength: 0, verifier }
}

/** @param length bytes of r and of s */
function ecdsa(bits: 256 | 384 | 512, crv: string, length: number): Algorithm {
  const verifier = (key: KeyObject): Verify => {
    const options = { key, dsaEncoding: 'ieee-p1363' } as const
    return (data, signature) =>
      signature.length === 2 * length && verify(`sha${bits}`, Buffer.from(data), options, signature)
  }
  return { kty: 'EC', crv, secretLength: 0, verifier }
}

const ed25519: Algorithm = {
  kty: 'OKP',
  crv: 'Ed25519',
  secretLength: 0,
  verifier: (key) => (data, signature) => signature.length === 64 && verify(null, Buffer.from(data), key, signature),
}

export const algorithms: ReadonlyMap<string, Algorithm> = new Map([
  ['HS256', hmac(256)],
  ['HS384', hmac(384)],
  ['HS512', hmac(512)],
  ['RS256', rsa(256, constants.RSA_PKCS1_PADDING)],
  ['RS384', rsa(384, constants.RSA_PKCS1_PADDING)],
  ['RS512', rsa(512, constants.RSA_PKCS1_PADDING)],
  ['PS256', rsa(256, constants.RSA_PKCS1_PSS_PADDING)],
  ['PS384', rsa(384, constants.RSA_PKCS1_PSS_PADDING)],
  ['PS512', rsa(512, constants.RSA_PKCS1_PSS_PADDING)],
  ['ES256', ecdsa(256, 'P-256', 32)],
  ['ES384', ecdsa(384, 'P-384', 48)],
  ['ES512', ecdsa(512, 'P-521', 66)],
  ['EdDSA', ed25519],
  ['Ed25519', ed25519],
])

/** What RFC 7520 and others after it call ES512 by mistake. */
export const algorithmSynonyms: Readonly<Record<string, string>> = { ES521: 'ES512' }
