import type { ClientOptions } from '@rolecast/templates/client'
import { packageNameOf } from '../config/package-name.js'
import type { Config } from '../config/schema.js'

/** The options of one role's client: the configuration's, with `{role}` in the package's name filled in. */
export function clientOptionsOf(client: Config['client'], role: string): ClientOptions {
  // zod types absent keys as possibly undefined; the emitter treats both alike.
  const options = withoutUndefined(client ?? {}) as ClientOptions
  if (!options.package) return options
  return {
    ...options,
    package: { ...options.package, name: packageNameOf(options.package.name, role) },
  }
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (inner === undefined) return []
      return [[key, inner !== null && typeof inner === 'object' ? withoutUndefined(inner) : inner]]
    }),
  )
}
