import { type CatalogIndex, quoteIdentifier } from '@rolecast/catalog'
import type { Grant } from './grants.js'
import { ownerOf } from './other-members.js'

export interface NoteFacts {
  /** the role's own grants */
  readonly own: readonly Grant[]
  readonly isKept: (grant: Grant) => boolean
  /** roles that have its privileges, and of which nobody said what they use */
  readonly members: readonly string[]
  /** PUBLIC has what the role does not use */
  readonly isPublic: boolean
}

/** What cannot be narrowed for one role alone, in sentences. */
export function notesOf(index: CatalogIndex, role: string, facts: NoteFacts): readonly string[] {
  const { own, isKept, members, isPublic } = facts
  const name = quoteIdentifier(role)
  const { superuser = false } = index.roles.get(role) ?? {}
  const has = index.privileges.get(role)?.has ?? []
  const inherited = has.filter((other) => other !== role)
  const owned = index.catalog.relations.filter(({ owner }) => has.includes(owner)).length
  const revoked = own.filter((grant) => !isKept(grant))
  const grantors = [...new Set(revoked.filter((grant) => isByAnother(index, grant)).map(({ grantor }) => grantor))]
  return [
    ...(superuser ? [`${name} is a superuser: grants do not limit it.`] : []),
    ...(owned > 0 && !superuser ? [`${name} owns relations, or inherits an owner: grants do not limit it there.`] : []),
    ...(inherited.length > 0
      ? [
          `${name} inherits ${listed(inherited)}: what they may do it may do, used or not. Only leaving them narrows that.`,
        ]
      : []),
    ...(members.length > 0
      ? [
          `${listed(members)} ${members.length > 1 ? 'inherit' : 'inherits'} ${name}, and no app was given that runs as ${members.length > 1 ? 'them' : 'it'}: nothing is revoked from ${name}. Give those apps too, or name the roles with --roles if no app uses them.`,
        ]
      : []),
    ...(isPublic
      ? [`What PUBLIC has, ${name} has: revoke it from PUBLIC, and grant it to the roles that use it.`]
      : []),
    ...(grantors.length > 0
      ? [`Some of it was granted by ${listed(grantors)}, not by the owner: only they can revoke that.`]
      : []),
    ...(revoked.some(({ isGrantable }) => isGrantable)
      ? [`Some of it was granted WITH GRANT OPTION: if ${name} granted it on, REVOKE needs CASCADE.`]
      : []),
  ]
}

function isByAnother(index: CatalogIndex, grant: Grant): boolean {
  const owner = ownerOf(index, grant)
  return owner !== undefined && owner !== grant.grantor
}

const listed = (names: readonly string[]) => names.map(quoteIdentifier).join(', ')
