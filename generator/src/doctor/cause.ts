import { type Catalog, indexCatalog, type Policy, quoteIdentifier, type Relation } from '@rolecast/catalog'
import { heldElsewhere } from './held-elsewhere.js'
import type { GrantLink, Link, PolicyLink } from './link.js'

/** The one thing that a request fails for. */
export interface Cause {
  readonly kind:
    | 'configuration'
    | 'schema'
    | 'role'
    | 'usage'
    | 'grant'
    | 'view-owner'
    | 'function'
    | 'sequence'
    | 'policy'
    | 'check'
    | 'returning'
    | 'constraint'
    | 'request'
  /** in SQL's spelling; a column, policy or setting where it is one */
  readonly object: string
  readonly message: string
}

/** What is known of the request beside the links that it lacks. */
export interface CauseContext {
  readonly catalog: Catalog
  readonly role: string
  readonly claims: Readonly<Record<string, unknown>>
  /** the same write passes if it gives nothing back */
  readonly onlyReturning: boolean
  /** PostgreSQL refuses the new row, where otherwise no row is found */
  readonly isRowRefused: boolean
}

/** The first of the missing links that a request meets, in words. */
export function causeOf(links: readonly Link[], context: CauseContext): Cause | null {
  const [first] = links.toSorted((a, b) => rank(a) - rank(b))
  if (first === undefined) return null
  switch (first.kind) {
    case 'usage':
      return {
        kind: 'usage',
        object: quoteIdentifier(first.schema),
        message: `${quoteIdentifier(first.who)} has no USAGE on the schema ${quoteIdentifier(first.schema)}.${heldElsewhere(first, context.catalog)}`,
      }
    case 'function':
      return {
        kind: 'function',
        object: first.signature,
        message: `${quoteIdentifier(first.who)} has no EXECUTE on the function ${first.signature}.${heldElsewhere(first, context.catalog)}`,
      }
    case 'sequence':
      return {
        kind: 'sequence',
        object: first.sequence,
        message: `${quoteIdentifier(first.who)} has no USAGE on the sequence ${first.sequence}, which gives a column its default.${heldElsewhere(first, context.catalog)}`,
      }
    case 'grant':
      return grantCause(first, links, context)
    case 'restrictive': {
      const condition = first.using ?? first.check ?? 'true'
      return {
        kind: context.isRowRefused ? 'check' : 'policy',
        object: `${quoteIdentifier(first.policy)} ON ${first.relation}`,
        message:
          `The restrictive policy ${quoteIdentifier(first.policy)} on ${first.relation} holds the row back: ${condition}. ${claimsIn(condition, context.claims)}`.trim(),
      }
    }
    case 'policy':
      return policyCause(first, context)
  }
}

const order = ['usage', 'grant', 'view-owner', 'function', 'sequence', 'restrictive', 'policy']

function rank(link: Link): number {
  return order.indexOf(link.kind === 'grant' && link.through !== 'itself' ? 'view-owner' : link.kind)
}

function grantCause(first: GrantLink, links: readonly Link[], { catalog, onlyReturning }: CauseContext): Cause {
  const same = links.flatMap((link) =>
    link.kind === 'grant' && link.relation === first.relation && link.verb === first.verb && link.who === first.who
      ? [link.column]
      : [],
  )
  const columns = same.flatMap((column) => (column === null ? [] : [quoteIdentifier(column)]))
  const [only] = columns
  const object = columns.length === 1 && only !== undefined ? `${first.relation}.${only}` : first.relation
  const lack = `${quoteIdentifier(first.who)} has no ${first.verb.toUpperCase()} on ${first.relation}${columns.length > 0 ? ` (${columns.join(', ')})` : ''}`
  if (first.through === 'function') {
    return { kind: 'function', object, message: `${lack}: it owns a SECURITY DEFINER function that touches this.` }
  }
  if (first.through === 'view') {
    return {
      kind: 'view-owner',
      object,
      message: `${lack}: it owns the view that reads this, and a view reads as its owner.`,
    }
  }
  return onlyReturning && first.verb === 'select'
    ? {
        kind: 'returning',
        object,
        message: `${lack}. The write alone would pass: what it gives back, or ON CONFLICT, needs SELECT.`,
      }
    : { kind: 'grant', object, message: `${lack}.${heldElsewhere(first, catalog)}` }
}

function policyCause(link: PolicyLink, context: CauseContext): Cause {
  const { relation, verb, who } = link
  const { catalog, claims, isRowRefused, onlyReturning } = context
  const index = indexCatalog(catalog)
  const has = index.privileges.get(who)?.has ?? []
  const found = index.relations.get(relation as `${string}.${string}`)
  const applicable = found === undefined ? [] : applicableTo(found, verb, has)
  const role = quoteIdentifier(who)
  const [only] = applicable
  const isReturning = onlyReturning && verb === 'select'
  if (only === undefined) {
    const message = `Row-level security is enabled on ${relation}, and no policy for ${verb.toUpperCase()} applies to ${role}.${heldElsewhere(link, catalog)}`
    return isReturning
      ? {
          kind: 'returning',
          object: relation,
          message: `${message} The write alone would pass: what it gives back must be visible.`,
        }
      : { kind: 'policy', object: relation, message }
  }
  const isCheck = isRowRefused && (verb === 'insert' || verb === 'update')
  const conditions = applicable.map((policy) => `${quoteIdentifier(policy.name)}: ${conditionOf(policy, isCheck)}`)
  const known = claimsIn(conditions.join(' '), claims)
  const object = applicable.length === 1 ? `${quoteIdentifier(only.name)} ON ${relation}` : relation
  const message =
    `${isCheck ? 'The new row does not pass' : 'No row that is asked for passes'} the policies for ${verb.toUpperCase()} on ${relation}: ${conditions.join('; ')}. ${known}`.trim()
  return { kind: isReturning ? 'returning' : isCheck ? 'check' : 'policy', object, message }
}

function applicableTo({ policies }: Relation, verb: PolicyLink['verb'], has: readonly string[]): readonly Policy[] {
  return policies.filter(
    ({ permissive, command, roles }) =>
      permissive &&
      (command === 'all' || command === verb) &&
      (roles === null || roles.some((role) => has.includes(role))),
  )
}

function conditionOf({ using, check }: Policy, isCheck: boolean): string {
  const expression = isCheck ? (check ?? using) : (using ?? check)
  return expression?.text ?? 'true'
}

/** What the claims hold that a condition asks for. */
function claimsIn(condition: string, claims: Readonly<Record<string, unknown>>): string {
  const asked = new Set(
    [...condition.matchAll(/->>?\s*'((?:[^']|'')+)'|request\.jwt\.claim\.(\w+)/g)].map(([, a, b]) => a ?? b ?? ''),
  )
  const told = [...asked].map((name) =>
    Object.hasOwn(claims, name) ? `${name} is ${JSON.stringify(claims[name])}` : `${name} is missing`,
  )
  return told.length === 0 ? '' : `In the claims: ${told.join(', ')}.`
}
