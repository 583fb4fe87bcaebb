import type { Relation } from '../../model/catalog.js'
import { quoteIdentifier } from '../../postgres/names.js'
import { keyOf } from '../effective-privileges.js'
import { functionsRefusal } from '../expressions.js'
import { descendantsOf } from '../inheritance.js'
import { firstIn, type Refusal } from '../refusal.js'
import type { StatementRoles } from './statement-roles.js'

type Scan = Pick<StatementRoles, 'index' | 'current'>

/**
 * Partitions and inheriting tables are left out of a plan where their CHECK constraints say that none of their rows passes
 * its conditions: to know, the planner calls immutable functions itself (constraint_exclusion).
 */
export function membersRefusal({ index, current }: Scan, relation: Relation): Refusal | null {
  const descendants = descendantsOf(index, relation)
  if (descendants.length === 0) return null
  const members = relation.kind === 'table' ? [relation, ...descendants] : descendants
  return firstIn(members, (member) =>
    firstIn(member.constraints, ({ name, evaluatedAtPlanTime }) =>
      functionsRefusal(
        current,
        evaluatedAtPlanTime,
        () => `The planner looks at the CHECK ${quoteIdentifier(name)} of ${keyOf(member)}, which calls it.`,
      ),
    ),
  )
}

/** Looking at the indexes of what is scanned calls immutable functions in them that have constants. */
export function scanRefusal({ index, current }: Scan, relation: Relation, as = current): Refusal | null {
  return firstIn([relation, ...descendantsOf(index, relation)], (table) => indexesRefusal(table, as))
}

/** The same for a table that rows are put into. */
export function indexesRefusal(table: Relation, as: Scan['current']): Refusal | null {
  return firstIn(table.indexes, ({ name, valid, uses }) =>
    valid
      ? functionsRefusal(
          as,
          uses.evaluatedAtPlanTime,
          () => `PostgreSQL looks at the index ${quoteIdentifier(name)} of ${keyOf(table)}, which calls it.`,
        )
      : null,
  )
}
