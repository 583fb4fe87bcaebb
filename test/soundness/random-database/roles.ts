import type { Draft } from './draft.js'
import { quote } from './names.js'

export function makeRoles(draft: Draft): void {
  for (let count = draft.random.between(6, 8); count > 0; count -= 1) {
    const name = `s${draft.seed}_${draft.names.next('role')}`
    const options = [draft.random.chance(0.3) ? 'NOINHERIT' : 'INHERIT', draft.random.chance(0.1) ? 'BYPASSRLS' : '']
    draft.sql.push(`CREATE ROLE ${quote(name)} ${options.join(' ')}`)
    for (const parent of draft.random.some(draft.roles, 0.2)) grantRole(draft, quote(parent), name)
    if (draft.random.chance(0.07)) grantRole(draft, 'pg_read_all_data', name)
    if (draft.random.chance(0.07)) grantRole(draft, 'pg_write_all_data', name)
    if (draft.version >= 17 && draft.random.chance(0.1)) grantRole(draft, 'pg_maintain', name)
    draft.roles.push(name)
  }
}

/** A role is granted with options, since PostgreSQL 16; a second grant, by one of its admins, may have others. */
function grantRole(draft: Draft, parent: string, member: string): void {
  const isAdmin = draft.random.chance(0.2)
  if (draft.version < 16) {
    draft.sql.push(`GRANT ${parent} TO ${quote(member)}${isAdmin ? ' WITH ADMIN OPTION' : ''}`)
    return
  }
  const options = () => `WITH INHERIT ${draft.random.chance(0.6)}, SET ${draft.random.chance(0.7)}`
  draft.sql.push(`GRANT ${parent} TO ${quote(member)} ${options()}${isAdmin ? ', ADMIN TRUE' : ''}`)
  const admin = draft.admins.get(parent)
  if (admin !== undefined) draft.sql.push(`GRANT ${parent} TO ${quote(member)} ${options()} GRANTED BY ${admin}`)
  else if (isAdmin) draft.admins.set(parent, quote(member))
}

export function makeSchemas(draft: Draft): void {
  for (let count = 3; count > 0; count -= 1) {
    const name = `s${draft.seed}_${draft.names.next('schema')}`
    draft.sql.push(`CREATE SCHEMA ${quote(name)}`)
    if (draft.random.chance(0.3)) {
      draft.late.push(`ALTER SCHEMA ${quote(name)} OWNER TO ${quote(draft.random.pick(draft.roles))}`)
    }
    for (const grantee of draft.grantees(0.5)) draft.late.push(`GRANT USAGE ON SCHEMA ${quote(name)} TO ${grantee}`)
    draft.schemas.push(name)
  }
}
