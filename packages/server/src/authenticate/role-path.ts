import { compile, JSONPathError, type JSONPathQuery } from 'json-p3'
import { ConfigError } from '../errors/config-error.js'
import type { Find } from './find.js'
import { compileOldPath } from './legacy-role-path.js'
import { claimsRefused } from './token-error.js'

/**
 * jwt-role-claim-key: a JSON Path (RFC 9535), of whose results the first counts, or the form it had before PostgREST 16
 * (`.path.to[0]."role"`).
 * @throws ConfigError; the returned function throws ApiError PGRST303 for claims that are nested too deeply
 */
export function compileRolePath(key: string): Find {
  const find = key.startsWith('$') ? (findMember(key) ?? findByPath(key)) : compileOldPath(key)
  if (find !== null) return find
  throw new ConfigError(
    `jwt-role-claim-key: expected a JSON Path such as $.role or $.app.roles[0], found ${JSON.stringify(key)}`,
  )
}

/** `$.role`, which nearly everybody has, needs no evaluation. */
function findMember(key: string): Find | null {
  const [, name] = /^\$\.([A-Za-z_]\w*)$/.exec(key) ?? []
  return name === undefined ? null : (claims) => (Object.hasOwn(claims, name) ? claims[name] : undefined)
}

function findByPath(key: string): Find | null {
  const path = compiled(key)
  if (path === null) return null
  return (claims) => {
    try {
      return path.match(claims as Parameters<typeof path.match>[0])?.value
    } catch (error) {
      throw error instanceof JSONPathError ? claimsRefused('The JWT role claim cannot be looked up') : error
    }
  }
}

function compiled(key: string): JSONPathQuery | null {
  try {
    return compile(key)
  } catch (error) {
    if (error instanceof JSONPathError) return null
    throw error
  }
}
