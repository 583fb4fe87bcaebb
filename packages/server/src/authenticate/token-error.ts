import type { ApiError } from '../errors/api-error.js'
import { pgrstError } from '../errors/pgrst-error.js'

/** What can be wrong with a token; each asks for a better one (RFC 6750, section 3). No message holds any of it. */

function refused(code: 'PGRST301' | 'PGRST303', message: string, details: string | null = null): ApiError {
  const challenge = `Bearer error="invalid_token", error_description="${message.replaceAll('"', '\\"')}"`
  return pgrstError(code, message, details, null, [['WWW-Authenticate', challenge]])
}

const noKey = 'No suitable key or wrong key type'

/** The token cannot be decoded, or its signature does not hold. */
export const undecodable = {
  empty: () => refused('PGRST301', 'Empty JWT is sent in Authorization header'),
  parts: (count: number) => refused('PGRST301', `Expected 3 parts in JWT; got ${count}`),
  unreadable: () => refused('PGRST301', 'JWT cryptographic operation failed'),
  malformed: () => refused('PGRST301', "JWT couldn't be decoded"),
  noKey: () => refused('PGRST301', noKey, 'No suitable key was found to decode the JWT'),
  signature: () => refused('PGRST301', noKey, 'None of the keys was able to decode the JWT'),
  algorithm: (details: string) => refused('PGRST301', 'Wrong or unsupported encoding algorithm', details),
} as const

/** The signature holds, but the claims do not allow the request. */
export function claimsRefused(message: string): ApiError {
  return refused('PGRST303', message)
}

export function secretMissing(): ApiError {
  return pgrstError('PGRST300', 'Server lacks JWT secret')
}

export function tokenRequired(): ApiError {
  return pgrstError('PGRST302', 'Anonymous access is disabled', null, null, [['WWW-Authenticate', 'Bearer']])
}
