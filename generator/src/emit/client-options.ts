import type { ClientOptions } from '@rolecast/templates/client'
import type { Config } from '../config/config.js'
import { packageNameOf } from '../config/package-name.js'

/** The options of one role's client: the configuration's, with `{role}` in the package's name filled in. */
export function clientOptionsOf(client: Config['client'] = {}, role: string): ClientOptions {
  if (!client.package) return client
  return { ...client, package: { ...client.package, name: packageNameOf(client.package.name, role) } }
}
