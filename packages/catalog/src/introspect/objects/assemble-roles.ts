import type { DefaultAcl, Role, RoleSetting } from '../../model/catalog.js'
import { byNames, compareNames } from '../../postgres/names.js'
import { groupBy } from '../group.js'
import type { Names } from '../names.js'
import { parseAcl } from './acl.js'
import type { DefaultAclRow, MembershipRow, RoleRow, RoleSettingRow } from './rows.js'

/** PostgreSQL's own roles (`pg_…`) are listed only where somebody is a member: they differ between versions. */
export function assembleRoles(rows: readonly RoleRow[], memberships: readonly MembershipRow[], names: Names): Role[] {
  const used = new Set(memberships.filter(({ member }) => member >= firstUserId).map(({ role }) => role))
  const byMember = groupBy(memberships, ({ member }) => member)
  return rows
    .filter(({ oid, name }) => !name.startsWith('pg_') || used.has(oid))
    .map(({ oid, ...role }) => ({
      ...role,
      memberOf: (byMember.get(oid) ?? [])
        .map((row) => ({
          role: names.role(row.role),
          inherit: row.inherit ?? role.inherit,
          set: row.set,
          admin: row.admin,
        }))
        .sort(byNames(({ role }) => role)),
    }))
    .sort(byNames(({ name }) => name))
}

const firstUserId = 16384

/** Settings of PostgREST's in-database configuration that hold no secret; other custom ones may. */
const harmless = /^pgrst\.(?!.*(secret|uri|key|password|token))/i

export function assembleSettings(rows: readonly RoleSettingRow[], names: Names): RoleSetting[] {
  return rows
    .flatMap(({ role, thisDatabase, settings }) =>
      settings.map((setting) => {
        const { name, value } = splitSetting(setting)
        const mayShow = !name.includes('.') || harmless.test(name)
        return { role: role === 0 ? null : names.role(role), thisDatabase, name, value: mayShow ? value : null }
      }),
    )
    .sort((a, b) => compareNames(a.role ?? '', b.role ?? '') || compareNames(a.name, b.name))
}

export function splitSetting(setting: string): { name: string; value: string } {
  const at = setting.indexOf('=')
  return { name: setting.slice(0, at), value: setting.slice(at + 1) }
}

const objectKinds = {
  r: 'table',
  S: 'sequence',
  f: 'function',
  T: 'type',
  n: 'schema',
  L: 'large object',
} as const

export function assembleDefaultAcls(rows: readonly DefaultAclRow[], names: Names): DefaultAcl[] {
  return rows
    .map(({ role, namespace, kind, acl }) => ({
      role: names.role(role),
      schema: namespace === 0 ? null : names.schema(namespace),
      kind: objectKinds[kind],
      acl: parseAcl(acl) ?? [],
    }))
    .sort(
      byNames(
        ({ role }) => role,
        ({ schema }) => schema ?? '',
        ({ kind }) => kind,
      ),
    )
}
