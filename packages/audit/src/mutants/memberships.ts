import { type Catalog, quoteIdentifier } from '@rolecast/catalog'
import type { Mutant, MutantContext } from './mutant.js'

/** Every membership taken away, and the API roles and the authenticator made members of each other role. */
export function membershipMutants(
  { roles: all, serverVersion }: Catalog,
  { roles, authenticator }: MutantContext,
): readonly Mutant[] {
  const concerned = [...roles, ...(authenticator === null || roles.includes(authenticator) ? [] : [authenticator])]
  const user = all.filter(({ name }) => !name.startsWith('pg_'))
  const removed = user.flatMap(({ name, memberOf }) =>
    memberOf
      .filter((membership) => !membership.role.startsWith('pg_'))
      .map((membership): Mutant => {
        const [group, member] = [quoteIdentifier(membership.role), quoteIdentifier(name)]
        const options =
          serverVersion >= 160000
            ? ` WITH INHERIT ${membership.inherit}, SET ${membership.set}, ADMIN ${membership.admin}`
            : membership.admin
              ? ' WITH ADMIN OPTION'
              : ''
        return mutant(
          group,
          `revoke it from ${member}`,
          [`REVOKE ${group} FROM ${member}`],
          [`GRANT ${group} TO ${member}${options}`],
          false,
          [name],
        )
      }),
  )
  const added = concerned.flatMap((name) =>
    user
      .filter((group) => group.name !== name && !isMember(all, name, group.name) && !isMember(all, group.name, name))
      .map((group): Mutant => {
        const [of, to] = [quoteIdentifier(group.name), quoteIdentifier(name)]
        return mutant(of, `grant it to ${to}`, [`GRANT ${of} TO ${to}`], [`REVOKE ${of} FROM ${to}`], true, [name])
      }),
  )
  return [...removed, ...added]
}

function mutant(
  object: string,
  change: string,
  sql: string[],
  undo: string[],
  widens: boolean,
  roles: string[],
): Mutant {
  return { kind: 'membership', object, change, sql, undo, widens, relation: null, roles, holders: null }
}

function isMember(all: Catalog['roles'], name: string, group: string, seen: ReadonlySet<string> = new Set()): boolean {
  const memberOf = all.find((role) => role.name === name)?.memberOf ?? []
  return memberOf.some(
    ({ role }) => role === group || (!seen.has(role) && isMember(all, role, group, new Set([...seen, role]))),
  )
}
