import { compileRolePath } from './role-path.js'
import type { JsonObject } from './strict-json.js'
import { claimsRefused } from './token-error.js'

/** PostgreSQL's names are shorter than this many bytes; longer ones would be cut off, and be another role's. */
const LONGEST_NAME = 63

/**
 * Finds the role that claims name; null where they name none, which means the anonymous one. What is there but cannot
 * be a role is refused: it never becomes anonymous, nor the role that the server connects as.
 * @param key jwt-role-claim-key
 * @param reserved roles that no token may name
 * @param allowed roles that tokens may name; empty: all others
 * @throws ConfigError for a key that is no path; the returned function throws ApiError PGRST303
 */
export function roleClaim(
  key: string,
  reserved: readonly string[],
  allowed: readonly string[] = [],
): (claims: JsonObject) => string | null {
  const find = compileRolePath(key)
  const listed = new Set(allowed)
  return (claims) => {
    const role = find(claims)
    if (role === undefined) return null
    if (typeof role !== 'string') throw claimsRefused('The JWT role claim must be a string')
    const isName = role !== '' && !role.includes('\0') && Buffer.byteLength(role) <= LONGEST_NAME
    const isListed = listed.size === 0 || listed.has(role)
    if (!isName || !isListed || isNoRole(role) || reserved.includes(role)) {
      throw claimsRefused('The JWT role claim does not name a role for requests')
    }
    return role
  }
}

/** `none` is no role: it makes PostgreSQL go back to the one of the connection. */
export function isNoRole(name: string): boolean {
  return name.toLowerCase() === 'none'
}
