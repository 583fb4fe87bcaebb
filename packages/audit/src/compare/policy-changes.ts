import {
  type Catalog,
  type Policy,
  qualifiedName,
  quoteIdentifier,
  type Relation,
  type RelationPrivileges,
} from '@rolecast/catalog'
import type { Cell, Change } from './change.js'

const verbs = ['select', 'insert', 'update', 'delete'] as const

/**
 * Policies that came, went or changed on relations that a role has a privilege on, whichever rows that may concern: no
 * surface tells one condition from another.
 */
export function policyChanges(
  before: Catalog,
  after: Catalog,
  role: string,
  member: (cell: Cell) => string,
): readonly Change[] {
  const held = after.privileges.find((privileges) => privileges.role === role)
  if (held === undefined) return []
  const was = new Map(before.relations.map((relation) => [keyOf(relation), relation]))
  return after.relations.flatMap((relation) => {
    const object = keyOf(relation)
    const old = was.get(object)
    if (
      old === undefined ||
      !old.rowSecurity.enabled ||
      !relation.rowSecurity.enabled ||
      held.relations[object] === undefined
    )
      return []
    return verbs
      .filter((verb) => isHeld(held.relations[object], verb))
      .flatMap((verb) =>
        differences(applicable(old, verb, held.has), applicable(relation, verb, held.has), verb).map(
          ({ change, what }): Change => ({
            role,
            object,
            verb,
            change,
            grade: change === 'widened' ? 'review' : 'breaking',
            message: `${object}, ${verb}: ${what}`,
            member: member({ object, verb }),
          }),
        ),
      )
  })
}

function isHeld(held: RelationPrivileges | undefined, verb: (typeof verbs)[number]): boolean {
  return held?.table.includes(verb) === true || (verb !== 'delete' && (held?.columns[verb]?.length ?? 0) > 0)
}

const keyOf = ({ schema, name }: Relation) => qualifiedName(schema, name)

function applicable({ policies }: Relation, verb: (typeof verbs)[number], has: readonly string[]): readonly Policy[] {
  return policies.filter(
    ({ command, roles }) =>
      (command === 'all' || command === verb) && (roles === null || roles.some((role) => has.includes(role))),
  )
}

interface Difference {
  readonly change: 'widened' | 'narrowed'
  readonly what: string
}

function differences(before: readonly Policy[], after: readonly Policy[], verb: (typeof verbs)[number]): Difference[] {
  const was = new Map(before.map((policy) => [policy.name, policy]))
  const is = new Map(after.map((policy) => [policy.name, policy]))
  const came = after.flatMap((policy): Difference[] => {
    const old = was.get(policy.name)
    const name = quoteIdentifier(policy.name)
    if (old === undefined)
      return [
        {
          change: policy.permissive ? 'widened' : 'narrowed',
          what: `policy ${name} is new: ${conditionOf(policy, verb)}.`,
        },
      ]
    if (conditionOf(old, verb) === conditionOf(policy, verb)) return []
    return [
      {
        change: 'widened',
        what: `policy ${name} was ${conditionOf(old, verb)} and is ${conditionOf(policy, verb)} now.`,
      },
    ]
  })
  const went = before
    .filter(({ name }) => !is.has(name))
    .map((policy): Difference => {
      const what = `policy ${quoteIdentifier(policy.name)} is gone: ${conditionOf(policy, verb)}.`
      return { change: policy.permissive ? 'narrowed' : 'widened', what }
    })
  return [...came, ...went]
}

/** What a policy asks of rows for a verb. */
function conditionOf({ permissive, using, check }: Policy, verb: (typeof verbs)[number]): string {
  const isRead = verb !== 'insert' && using
  // without WITH CHECK, USING is asked of new rows, too
  const isWritten = verb === 'insert' ? (check ?? using) : verb === 'update' && check
  const parts = [
    ...(isRead ? [`USING (${isRead.text})`] : []),
    ...(isWritten ? [`WITH CHECK (${isWritten.text})`] : []),
  ]
  return `${permissive ? '' : 'restrictive '}${parts.join(' ') || 'without a condition'}`
}
