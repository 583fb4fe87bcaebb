import type { ClaimValues, World } from '../rows/world.js'
import type { Caller } from './permission-test.js'

/**
 * Whom the tests ask as: each role as persona a, once more for each value that a condition compares a claim with, and with
 * a token that has no claims.
 */
export function callersFor(world: World, roles: readonly string[], anonymous: readonly string[]): readonly Caller[] {
  return roles.flatMap((role): Caller[] => {
    const own = world.claimsOf('a')
    if (anonymous.includes(role) || own.size === 0) return [{ name: role, role, claims: {} }]
    const variants = distinctConstants(world).map(
      ({ path, value }): Caller => ({
        name: `${role} as a with ${path.join('.')} ${value}`,
        role,
        claims: claimsOf(new Map([...own, [JSON.stringify(path), value]])),
      }),
    )
    return [
      { name: `${role} as a`, role, claims: claimsOf(own) },
      ...variants,
      { name: `${role} without claims`, role, claims: {}, isWithoutClaims: true },
    ]
  })
}

function distinctConstants({ mined }: World) {
  const seen = new Set<string>()
  return mined.constants.filter(({ path, value }) => {
    const key = JSON.stringify([path, value])
    return !seen.has(key) && Boolean(seen.add(key))
  })
}

/** `["app_metadata","team"]` → `{ app_metadata: { team: … } }` */
function claimsOf(values: ClaimValues): Readonly<Record<string, unknown>> {
  const claims: Record<string, unknown> = {}
  for (const [key, value] of values) {
    const path = JSON.parse(key) as string[]
    let place = claims
    for (const name of path.slice(0, -1)) {
      const inner = Object.hasOwn(place, name) ? place[name] : undefined
      const next: Record<string, unknown> =
        typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {}
      define(place, name, next)
      place = next
    }
    define(place, path.at(-1) ?? '', value)
  }
  return claims
}

/** `__proto__` is a name like any other. */
function define(target: Record<string, unknown>, name: string, value: unknown) {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
}
