import { ConfigError } from '../errors/config-error.js'
import type { Find } from './find.js'
import { evaluatePath } from './json-path/evaluate.js'
import { parsePath } from './json-path/parse.js'
import { compileOldPath } from './legacy-role-path.js'

/**
 * jwt-role-claim-key: a JSON Path (RFC 9535), of whose results the first counts, or the form it had before PostgREST 16
 * (`.path.to[0]."role"`).
 * @throws ConfigError
 */
export function compileRolePath(key: string): Find {
  if (key.startsWith('$')) {
    const path = parsePath(key)
    if (path !== null) return simplePath(path) ?? ((claims) => evaluatePath(path, claims)[0])
  }
  const old = compileOldPath(key)
  if (old !== null) return old
  throw new ConfigError(
    `jwt-role-claim-key: expected a JSON Path such as $.role or $.app.roles[0], found ${JSON.stringify(key)}`,
  )
}

/** `$.role`, which nearly everybody has, needs no evaluation. */
function simplePath(path: NonNullable<ReturnType<typeof parsePath>>): Find | null {
  const [segment, ...more] = path.segments
  const [selector, ...others] = segment?.selectors ?? []
  if (segment?.descendants !== false || more.length > 0 || others.length > 0 || selector?.kind !== 'name') return null
  const { name } = selector
  return (claims) => (Object.hasOwn(claims, name) ? claims[name] : undefined)
}
