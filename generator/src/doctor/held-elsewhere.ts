import {
  type AclItem,
  type Catalog,
  type CatalogIndex,
  indexCatalog,
  type QualifiedName,
  quoteIdentifier,
  type Relation,
  type Signature,
} from '@rolecast/catalog'
import type { GrantLink, Link, PolicyLink } from './link.js'

/**
 * One sentence for a missing link that other roles do hold: a grant or policy may stand at a role that this one does not
 * inherit from, or is no member of. Empty where nobody holds it.
 */
export function heldElsewhere(link: Link, catalog: Catalog): string {
  const index = indexCatalog(catalog)
  const own = new Set([link.who, ...(index.privileges.get(link.who)?.has ?? [])])
  const holders = holdersOf(link, index).filter((role) => !own.has(role))
  const what = link.kind === 'policy' ? 'A policy for that is there, but only for' : 'It is granted to'
  const inherited = holders.find((role) => isMember(index, link.who, role))
  const who = quoteIdentifier(link.who)
  if (inherited !== undefined) {
    const role = quoteIdentifier(inherited)
    return ` ${what} ${role}: ${who} is a member of ${role}, but does not inherit from it.`
  }
  const [first, ...others] = holders.map(quoteIdentifier)
  if (first === undefined) return ''
  const more = others.length === 0 ? '' : ` and ${others.length === 1 ? others[0] : `${others.length} other roles`}`
  return ` ${what} ${first}${more}, which ${who} is no member of.`
}

function holdersOf(link: Link, index: CatalogIndex): readonly string[] {
  switch (link.kind) {
    case 'usage':
      return granteesOf(index.schemas.get(link.schema)?.acl, 'USAGE')
    case 'function':
      return granteesOf(index.routines.get(link.signature as Signature)?.acl, 'EXECUTE')
    case 'sequence':
      return granteesOf(index.sequences.get(link.sequence as QualifiedName)?.acl, 'USAGE')
    case 'grant':
      return holdersOfGrant(link, index.relations.get(link.relation as QualifiedName))
    case 'policy':
      return rolesOfPolicies(link, index.relations.get(link.relation as QualifiedName))
    case 'restrictive':
      return []
  }
}

function holdersOfGrant({ verb, column }: GrantLink, relation: Relation | undefined): readonly string[] {
  const columnAcl = relation?.columns.find(({ name }) => name === column)?.acl
  const privilege = verb.toUpperCase()
  const grantees = [...granteesOf(relation?.acl, privilege), ...granteesOf(columnAcl, privilege)]
  return [...new Set(grantees)].filter((role) => role !== relation?.owner)
}

function rolesOfPolicies({ verb }: PolicyLink, relation: Relation | undefined): readonly string[] {
  const policies = relation?.policies ?? []
  const ofVerb = policies.filter(({ permissive, command }) => permissive && (command === 'all' || command === verb))
  return [...new Set(ofVerb.flatMap(({ roles }) => roles ?? []))]
}

function granteesOf(acl: readonly AclItem[] | null | undefined, wanted: string): readonly string[] {
  const items = (acl ?? []).filter(({ privileges }) => privileges.some(({ privilege }) => privilege === wanted))
  return items.flatMap(({ grantee }) => (grantee === null ? [] : [grantee]))
}

/** By any chain of memberships, inherited or not. */
function isMember(index: CatalogIndex, role: string, other: string): boolean {
  const seen = new Set([role])
  for (const name of seen) for (const { role: next } of index.roles.get(name)?.memberOf ?? []) seen.add(next)
  return seen.has(other)
}
