import type { Relation } from '../../model/catalog.js'
import { type EffectivePrivileges, keyOf } from '../effective-privileges.js'
import { dropsBesideFalse } from '../policies.js'
import { type Decision, firstIn, firstOf, type Refusal, type Rows } from '../refusal.js'
import type { Reading } from '../select/reading.js'
import { writeTarget } from './target.js'
import type { WriteParts } from './write-parts.js'

/**
 * Conditions of views that pass a write on are joined by AND: beside one that is never true, the others are dropped,
 * unless a security barrier keeps them apart.
 */
export function conditionOfView(reading: Reading, view: Relation, isEmpty: boolean, behind: Rows): Refusal | null {
  if (isEmpty && !view.securityBarrier) return null
  return reading.conditionOfView(view, behind === 'none' && dropsBesideFalse(reading.index))
}

/** A view on top of one whose rules replace a write finds the rows for them by its condition, which reads that one. */
export function rowsForRules(
  reading: Reading,
  view: Relation,
  base: Relation,
  command: 'update' | 'delete',
): Refusal | null {
  if (view.view === null || view.view.conditionInputs.length === 0) return null
  return writeTarget(base, command).kind === 'rules' ? reading.rowsRefusal(base) : null
}

/** The rows that an INSTEAD OF trigger is run for are read from the view. */
export function insteadOf(
  { reading, rows }: WriteParts,
  relation: Relation,
  as: EffectivePrivileges,
  command: 'update' | 'delete',
  updated: readonly string[],
): Decision {
  const body = reading.body(keyOf(relation), as)
  const all = relation.columns.map(({ name }) => name)
  const refusal = firstOf(
    () => body.refusal,
    () =>
      firstIn(relation.columns, (column) =>
        updated.includes(column.name) ? rows.domainChecks(relation, column, true) : null,
      ),
    () => reading.columnsRefusal(keyOf(relation), all),
    () => reading.carriedRefusal(relation),
    () => rows.conditionsOfTriggers(relation, command, []),
  )
  return { refusal, rows: body.rows === 'none' ? 'none' : 'some' }
}
