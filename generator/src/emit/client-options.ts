import type { ClientOptions } from '@rolecast/templates/client'
import type { Config } from '../config/schema.js'

/** The options of one role's client: the configuration's, with `{role}` in the package's name filled in. */
export function clientOptionsOf(client: Config['client'], role: string): ClientOptions {
  // zod types absent keys as possibly undefined; the emitter treats both alike.
  const options = withoutUndefined(client ?? {}) as ClientOptions
  if (!options.package) return options
  return {
    ...options,
    package: { ...options.package, name: options.package.name.replaceAll('{role}', packagePart(role)) },
  }
}

/** npm's package names are lower case and URL-safe. */
function packagePart(role: string): string {
  return (
    role
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'role'
  )
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (inner === undefined) return []
      return [[key, inner !== null && typeof inner === 'object' ? withoutUndefined(inner) : inner]]
    }),
  )
}
