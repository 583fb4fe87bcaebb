import { algorithms } from './algorithms.js'
import { decodeBase64url } from './base64url.js'
import type { VerificationKey } from './jwk.js'
import { decodeUtf8, type JsonObject, parseStrictObject } from './strict-json.js'
import { claimsRefused, undecodable } from './token-error.js'

/** The claims of a token whose signature holds. */
export interface Claims {
  readonly values: JsonObject
  /** as they came */
  readonly text: string
  /** `typ` of the header, or undefined where it says none */
  readonly type: unknown
}

/**
 * Verifies a JWT in compact form (RFC 7515, section 5.2; RFC 8725). The header chooses among what the keys allow; keys
 * and addresses in it (`jwk`, `jku`, `x5c`) mean nothing here, and extensions (`crit`, `b64`) are not understood.
 * @throws ApiError PGRST301, or PGRST303 for claims that are no JSON object or name one twice
 */
export function verifyToken(token: string, keys: readonly VerificationKey[]): Claims {
  const { payload, type } = verifySignature(token, keys)
  const text = decodeUtf8(payload)
  const values = text === null ? null : parseStrictObject(text)
  if (text === null || values === null) throw claimsRefused('Parsing claims failed')
  return { values, text, type }
}

/**
 * The payload's bytes, and the header's `typ`. Apart from `verifyToken` for test vectors, whose payloads are no claims.
 * @throws ApiError PGRST301
 */
export function verifySignature(
  token: string,
  keys: readonly VerificationKey[],
): { readonly payload: Buffer; readonly type: unknown } {
  if (token === '') throw undecodable.empty()
  const first = token.indexOf('.')
  const second = token.indexOf('.', first + 1)
  if (first === -1 || second === -1 || token.includes('.', second + 1)) {
    throw undecodable.parts(token.split('.').length)
  }
  const part = token.slice(0, first)
  const header = headers.get(part) ?? readHeader(part)
  const { alg, kid } = header
  const verifiers = keys.flatMap((key) => (kid === undefined || kid === key.kid ? (key.verifiers.get(alg) ?? []) : []))
  if (verifiers.length === 0) throw undecodable.noKey()
  const signature = decodeBase64url(token.slice(second + 1))
  const payload = decodeBase64url(token.slice(first + 1, second))
  if (signature === null || payload === null) throw undecodable.signature()
  const signed = token.slice(0, second)
  if (!verifiers.some((verify) => verify(signed, signature))) throw undecodable.signature()
  if (headers.size < MOST_HEADERS) headers.set(part, header)
  return { payload, type: header.type }
}

/** Whether a token names a key by a `kid` that none of the keys has: a newer set may have it. */
export function namesUnknownKey(token: string, keys: readonly VerificationKey[]): boolean {
  const text = decodedText(token.split('.', 1)[0] ?? '')
  const kid = text === null ? null : parseStrictObject(text)?.kid
  return typeof kid === 'string' && !keys.some((key) => key.kid === kid)
}

function decodedText(part: string): string | null {
  const bytes = decodeBase64url(part)
  return bytes === null ? null : decodeUtf8(bytes)
}

interface Header {
  readonly alg: string
  readonly kid: string | undefined
  readonly type: unknown
}

/** Servers see few different headers, again and again: those of tokens that were good, since anybody can send others. */
const headers = new Map<string, Header>()
const MOST_HEADERS = 100

function readHeader(part: string): Header {
  const text = decodedText(part)
  const header = text === null ? null : parseStrictObject(text)
  if (header === null) throw text !== null && isJson(text) ? undecodable.malformed() : undecodable.unreadable()
  const { alg, kid, typ: type, crit, b64 } = header
  if (typeof alg === 'string' && alg.toLowerCase() === 'none') {
    throw undecodable.algorithm("JWT is unsecured but expected 'alg' was not 'none'")
  }
  // What is no algorithm at all is no header; of the others some have no key here.
  if (typeof alg !== 'string' || !algorithms.has(alg)) throw undecodable.malformed()
  if (crit !== undefined || b64 !== undefined) throw undecodable.algorithm('JWT has extensions that are not understood')
  if (kid !== undefined && typeof kid !== 'string') throw undecodable.malformed()
  return { alg, kid, type }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
