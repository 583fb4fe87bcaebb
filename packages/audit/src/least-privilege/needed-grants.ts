import { type CatalogIndex, quoteIdentifier, type Statement, StatementAccess } from '@rolecast/catalog'
import { fewest } from './fewest.js'
import type { Grant } from './grants.js'
import { type Reach, reachOf } from './reach.js'
import { ReducedIndex } from './reduced-index.js'

/** What one role asks of PostgreSQL. */
export interface RoleStatement {
  readonly role: string
  readonly statement: Statement
}

/** Grants that are needed, and by which role's statements. */
export interface NeededGrants {
  readonly needed: ReadonlySet<Grant>
  /** by role: those that its own statements need, whoever was granted them */
  readonly byRole: ReadonlyMap<string, ReadonlySet<Grant>>
  /** what is allowed now; the others are refused anyway, and need nothing */
  readonly answered: readonly RoleStatement[]
}

/**
 * The fewest of these grants with which every statement is still allowed that is allowed now: without any one of them some
 * statement is refused.
 */
export function neededGrants(
  index: CatalogIndex,
  grants: readonly Grant[],
  asked: readonly RoleStatement[],
): NeededGrants {
  const reduced = new ReducedIndex(index, grants)
  const accesses = new Map([...index.privileges.keys()].map((role) => [role, new StatementAccess(index, role)]))
  const demands = distinct(asked)
    .filter(({ role, statement }) => accesses.get(role)?.isAllowed(statement))
    .map((demand) => demandOf(demand, reduced, grants))
  const needed = new Set(demands.flatMap(({ needs }) => [...needs]))
  // Where one of two grants is enough, different statements may have taken different ones.
  for (const grant of needed) {
    const concerned = demands.filter(({ needs }) => needs.has(grant))
    const isSuperfluous = concerned.every(({ role, statement, candidates }) => {
      const removed = new Set(candidates.filter((other) => other === grant || !needed.has(other)))
      return new StatementAccess(reduced.without(removed), role).isAllowed(statement)
    })
    if (isSuperfluous) needed.delete(grant)
  }
  const byRole = new Map<string, Set<Grant>>()
  for (const { role, needs } of demands) {
    const ofRole = byRole.get(role) ?? new Set()
    byRole.set(role, ofRole)
    for (const grant of needs) ofRole.add(grant)
  }
  return { needed, byRole, answered: demands }
}

interface Demand extends RoleStatement {
  /** on objects that it may touch */
  readonly candidates: readonly Grant[]
  readonly needs: ReadonlySet<Grant>
}

function demandOf({ role, statement }: RoleStatement, reduced: ReducedIndex, grants: readonly Grant[]): Demand {
  const reach = reachOf(reduced.index, [statement])
  const schemas = schemasOf(reach, reduced.index)
  // A role's own grants are preferred to those that it inherits.
  const candidates = grants
    .filter((grant) => isReached(grant, reach, schemas))
    .sort((a, b) => Number(b.grantee === role) - Number(a.grantee === role))
  const all = new Set(candidates)
  const needs = fewest(candidates, (chosen) => {
    const removed = new Set(all)
    for (const grant of chosen) removed.delete(grant)
    return new StatementAccess(reduced.without(removed), role).isAllowed(statement)
  })
  return { role, statement, candidates, needs: new Set(needs) }
}

function isReached({ kind, object }: Grant, reach: Reach, schemas: ReadonlySet<string>): boolean {
  switch (kind) {
    case 'relation':
      return reach.relations.has(object)
    case 'routine':
      return reach.routines.has(object)
    case 'sequence':
      return reach.sequences.has(object)
    case 'schema':
      return schemas.has(object)
  }
}

function schemasOf({ relations, routines, sequences }: Reach, index: CatalogIndex): ReadonlySet<string> {
  const found = [
    ...[...relations].map((key) => index.relations.get(key)?.schema),
    ...[...routines].map((signature) => index.routines.get(signature)?.schema),
    ...[...sequences].map((key) => index.sequences.get(key)?.schema),
  ]
  return new Set(found.flatMap((name) => (name === undefined ? [] : [quoteIdentifier(name)])))
}

function distinct(asked: readonly RoleStatement[]): readonly RoleStatement[] {
  return [...new Map(asked.map((item) => [JSON.stringify(item), item])).values()]
}
