/** What is known of every request of a role. A claim that is null is never there; of those that are not named nothing is known. */
export interface RoleFacts {
  readonly claims: Readonly<Record<string, unknown>>
}

/** A claim's value where facts tell it; undefined where they do not. A part of what they name is known as well. */
export function claimAt({ claims }: RoleFacts, path: readonly string[]): unknown {
  let value: unknown = claims
  for (const [depth, key] of path.entries()) {
    if (value === null) return null
    if (typeof value !== 'object' || Array.isArray(value)) return undefined
    const isNamed = Object.hasOwn(value, key)
    if (!isNamed) return depth === 0 ? undefined : null
    value = (value as Readonly<Record<string, unknown>>)[key]
  }
  return path.length === 0 ? undefined : value
}
