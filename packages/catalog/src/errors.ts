import { closestName } from './closest-name.js'
import { hasFeature, oldestMajor } from './postgres/version.js'

/** What this package throws when it is asked for something that cannot be: the message says what, and what there is. */
export class CatalogError extends Error {
  override name = 'CatalogError'
}

/** Something named in the options is not in the database. The message says what is there instead. */
export class UnknownNameError extends CatalogError {
  override name = 'UnknownNameError'
  constructor(
    readonly kind: 'role' | 'schema',
    readonly missing: string,
    readonly known: readonly string[],
  ) {
    super(`There is no ${kind} ${JSON.stringify(missing)} in this database. ${adviceOf(kind, missing, known)}`)
  }
}

/** The oldest version whose catalogs can be read. */

/** A PostgreSQL whose catalogs cannot be read. */
export class UnsupportedVersionError extends CatalogError {
  override name = 'UnsupportedVersionError'

  /** @param serverVersion as `server_version_num`: 130023 */
  constructor(readonly serverVersion: number) {
    const version = `${Math.floor(serverVersion / 10_000)}.${serverVersion % 10_000}`
    super(`PostgreSQL ${version} is not supported; ${oldestMajor} or later is required.`)
  }
}

export function isSupported(serverVersion: number): boolean {
  return hasFeature(serverVersion, 'rolecast')
}

/** The API's login role may not SET ROLE to a role, so no request could ever run as it. */
export class UnreachableRoleError extends CatalogError {
  override name = 'UnreachableRoleError'
  constructor(
    readonly role: string,
    readonly authenticator: string,
    readonly reachable: readonly string[],
  ) {
    const others = reachable.length > 0 ? ` It can become: ${list(reachable)}.` : ' It can become no other role.'
    super(
      `${JSON.stringify(authenticator)} may not become the role ${JSON.stringify(role)}.${others} ` +
        `Allow it with: GRANT ${quoted(role)} TO ${quoted(authenticator)};`,
    )
  }
}

/** A catalog that was stored without the answers about a role cannot say what that role may do. */
export class MissingPrivilegesError extends CatalogError {
  override name = 'MissingPrivilegesError'
  constructor(
    readonly role: string,
    readonly known: readonly string[],
  ) {
    super(
      `The catalog has no answers about the role ${JSON.stringify(role)}, only about: ${list(known) || 'none'}. ` +
        'Introspect it again with this role among `roles`.',
    )
  }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
const shown = 12
const list = (names: readonly string[]) =>
  names
    .slice(0, shown)
    .map((name) => JSON.stringify(name))
    .join(', ') + (names.length > shown ? ` and ${names.length - shown} more` : '')

function adviceOf(kind: string, missing: string, known: readonly string[]): string {
  const closest = closestName(missing, known)
  if (closest !== undefined) return `Did you mean ${JSON.stringify(closest)}?`
  return known.length > 0 ? `There is: ${list(known)}.` : `It has no ${kind} of its own.`
}
