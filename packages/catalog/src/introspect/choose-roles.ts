import { UnknownNameError, UnreachableRoleError } from '../errors.js'
import { compareNames } from '../postgres/names.js'
import { settingPrivilege } from '../postgres/version.js'
import type { IntrospectOptions } from './introspect-options.js'
import type { RoleRow } from './objects/rows.js'
import type { Ask } from './snapshot.js'

/** Object ids of the roles whose privileges are asked for, checked against what the authenticator can become. */
export async function chooseRoles(
  ask: Ask,
  serverVersion: number,
  roles: readonly RoleRow[],
  currentUser: string,
  options: IntrospectOptions,
): Promise<number[]> {
  if (options.roles?.length === 0) return []
  const known = roles
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('pg_'))
    .sort(compareNames)
  const roleNamed = (name: string) => {
    const found = roles.find((role) => role.name === name)
    if (found === undefined) throw new UnknownNameError('role', name, known)
    return found
  }
  const named = options.roles?.map(roleNamed)
  const authenticator = roleNamed(options.authenticator ?? currentUser)
  if (named && options.authenticator === undefined) return named.map(({ oid }) => oid)
  const answers = await ask<{ oid: number }>(
    `SELECT r.id AS oid FROM unnest($2::oid[]) r(id)
     WHERE r.id <> $1::oid AND pg_has_role($1::oid, r.id, '${settingPrivilege(serverVersion)}')`,
    [authenticator.oid, roles.map(({ oid }) => oid)],
  )
  const reachable = new Set(answers.map(({ oid }) => oid))
  const offered = roles.filter(
    ({ oid, name, superuser }) => reachable.has(oid) && !superuser && !name.startsWith('pg_'),
  )
  for (const role of named ?? []) {
    if (!reachable.has(role.oid)) {
      const others = offered.map(({ name }) => name).sort(compareNames)
      throw new UnreachableRoleError(role.name, authenticator.name, others)
    }
  }
  return [...(named ?? offered), authenticator].map(({ oid }) => oid)
}
