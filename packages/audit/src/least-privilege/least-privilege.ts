import {
  type Catalog,
  type CatalogIndex,
  indexCatalog,
  quoteIdentifier,
  type Statement,
  signatureOfRoutine,
} from '@rolecast/catalog'
import { cellOfGrant, cellsOfStatement, sortedCells, type UsageCell } from './cells.js'
import { type Grant, grantsOf } from './grants.js'
import { narrowingSql } from './narrowing-sql.js'
import { neededGrants, type RoleStatement } from './needed-grants.js'
import { notesOf } from './notes.js'
import { isOwner, otherMembers } from './other-members.js'
import { publicCells } from './public-cells.js'
import { reachOf } from './reach.js'
import { StatementsOf } from './statements-of.js'
import { grantsOfUnreadableCode } from './unreadable-code.js'
import type { AppUse } from './usage.js'

export interface UnusedCell extends UsageCell {
  /** who was granted it: the role itself, or PUBLIC */
  readonly from: string
}

export interface RoleUsage {
  readonly role: string
  /** what its apps need, of what was granted to it, to roles that it inherits and to PUBLIC */
  readonly used: readonly UsageCell[]
  readonly unused: readonly UnusedCell[]
  /** what leaves of the role's own grants those that are used */
  readonly sql: readonly string[]
  /** what cannot be narrowed for this role alone, and why */
  readonly notes: readonly string[]
}

export interface LeastPrivilegeQuestion {
  /** with its security facts, which tell what functions name whose bodies are text */
  readonly catalog: Catalog
  /** the exposed ones, the default first */
  readonly schemas: readonly string[]
  /** those whose uses are all known */
  readonly roles: readonly string[]
  readonly uses: readonly AppUse[]
  /** the role that the server logs in as */
  readonly authenticator: string | null
  /** the function that the server calls before each request: schema and name */
  readonly preRequest: readonly [schema: string, name: string] | null
  /** whether a role may have what it does not use */
  readonly isAllowed: (role: string, cell: UsageCell) => boolean
}

/** Used beside granted, for each role, and the SQL that narrows grants on the exposed schemas to what is used. */
export function leastPrivilege(question: LeastPrivilegeQuestion): readonly RoleUsage[] {
  const { catalog, schemas, roles, uses, isAllowed, authenticator } = question
  const index = indexCatalog(catalog)
  const judged = new Set(roles)
  const grants = grantsOf(catalog, schemas, judged)
  const cellOf = (grant: Grant) => cellOfGrant(index, grant)
  const asked = [...statementsOf(index, question)]
  const { needed, byRole, answered } = neededGrants(index, grants, asked)
  const open = new Set([...grantsOfUnreadableCode(index, grants, asked), ...unknownGrants(index, grants, uses)])
  // The login role becomes others, and does nothing itself.
  const known = new Set([...roles, ...(authenticator === null ? [] : [authenticator])])
  const members = new Map(roles.map((role) => [role, otherMembers(index, role, known)]))
  const membersNeeding = (grant: Grant) =>
    (members.get(grant.grantee) ?? []).filter((member) => !isOwner(index, member, grant))
  const isKeptItself = (grant: Grant) =>
    needed.has(grant) || open.has(grant) || membersNeeding(grant).length > 0 || isAllowed(grant.grantee, cellOf(grant))
  const entered = new Set(grants.filter(isKeptItself).map((grant) => placeOf(index, grant)))
  const isKept = (grant: Grant) =>
    isKeptItself(grant) || (grant.kind === 'schema' && entered.has(placeOf(index, grant)))
  return roles.map((role) => {
    const own = grants.filter(({ grantee }) => grantee === role)
    const statements = answered.filter((item) => item.role === role).map(({ statement }) => statement)
    const used = [
      ...[...(byRole.get(role) ?? [])].map(cellOf),
      ...statements.flatMap((statement) => cellsOfStatement(index, statement)),
    ]
    const ofPublic = publicCells(index, schemas, role, reachOf(index, statements))
    const unused = [
      ...own.filter((grant) => !isKept(grant)).map((grant) => ({ ...cellOf(grant), from: role })),
      ...ofPublic.map((cell) => ({ ...cell, from: 'PUBLIC' })),
    ].filter((cell) => !isAllowed(role, cell))
    return {
      role,
      used: sortedCells(used),
      unused: sortedCells(unused),
      sql: narrowingSql(own, isKept),
      notes: notesOf(index, role, {
        own,
        isKept,
        members: [...new Set(own.flatMap(membersNeeding))],
        isPublic: ofPublic.length > 0,
      }),
    }
  })
}

function* statementsOf(
  index: CatalogIndex,
  { schemas, uses, preRequest, roles }: LeastPrivilegeQuestion,
): Generator<RoleStatement> {
  const statements = new StatementsOf(index, schemas)
  for (const { roles: callers, use } of uses) {
    if (use.kind === 'anything') continue
    for (const statement of statements.of(use)) for (const role of callers) yield { role, statement }
  }
  const before = index.catalog.routines.filter(
    ({ schema, name }) => preRequest !== null && schema === preRequest[0] && name === preRequest[1],
  )
  for (const routine of before) {
    const statement: Statement = { kind: 'call', routine: signatureOfRoutine(routine), omitted: [] }
    for (const role of roles) yield { role, statement }
  }
}

/** What calls may need of which it cannot be told what they ask. */
function unknownGrants(index: CatalogIndex, grants: readonly Grant[], uses: readonly AppUse[]): readonly Grant[] {
  return uses.flatMap(({ roles, use }) => {
    if (use.kind !== 'anything') return []
    const has = new Set(roles.flatMap((role) => index.privileges.get(role)?.has ?? [role]))
    return grants.filter(
      ({ grantee, privilege }) =>
        (roles.length === 0 || has.has(grantee)) && (use.privileges === null || use.privileges.includes(privilege)),
    )
  })
}

/** The role and the schema of a grant: what it needs USAGE on. */
function placeOf(index: CatalogIndex, { kind, object, grantee }: Grant): string {
  const schema = {
    schema: () => index.catalog.schemas.find(({ name }) => quoteIdentifier(name) === object)?.name,
    relation: () => index.relations.get(object)?.schema,
    routine: () => index.routines.get(object)?.schema,
    sequence: () => index.sequences.get(object)?.schema,
  }[kind]()
  return JSON.stringify([grantee, schema ?? null])
}
