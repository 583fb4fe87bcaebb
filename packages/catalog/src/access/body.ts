import type { RangeTableEntryPrivileges, Routine, Signature } from '../model/catalog.js'
import { quoteIdentifier } from '../postgres/names.js'
import { firstIn, firstOf, type Refusal, within } from './refusal.js'
import { RelationAccess } from './relation-access.js'
import { Reading } from './select/reading.js'

/**
 * What the statements of a function's body need, where PostgreSQL keeps it as a tree (BEGIN ATOMIC, RETURN): of the owner if
 * the function is SECURITY DEFINER. Of a body that is text nothing is known.
 */
export function bodyRefusal(
  routine: Routine,
  signature: Signature,
  access: RelationAccess,
  around: ReadonlySet<Signature> = new Set(),
): Refusal | null {
  const { body, securityDefiner, owner } = routine
  const { index } = access.reading
  if (body === null || around.has(signature)) return null
  if (securityDefiner && !index.privileges.has(owner)) return null
  const as = securityDefiner ? new RelationAccess(new Reading(index, owner)) : access
  const { current } = as.reading
  const inside = new Set([...around, signature])
  const refusal = firstOf(
    () => firstIn(body.functions, (called) => current.functionRefusal(called)),
    () => firstIn(body.sequences, (sequence) => current.sequenceRefusal(sequence)),
    () => firstIn(body.relations, (need) => needRefusal(need, as)),
    () =>
      firstIn(body.functions, (called) => {
        const next = index.routines.get(called)
        return next ? bodyRefusal(next, called, as, inside) : null
      }),
  )
  return within(
    () =>
      `The statements of ${signature} run as ${securityDefiner ? `its owner ${quoteIdentifier(owner)}` : 'whoever calls it'}.`,
    refusal,
  )
}

/** A value that is not given is no question of privileges. */
const ofPrivileges = (refusal: Refusal | null) => (refusal?.rule === 'required' ? null : refusal)

function needRefusal(
  { relation, select, insert, update, delete: isDeleted }: RangeTableEntryPrivileges,
  access: RelationAccess,
): Refusal | null {
  const { reading, writing } = access
  const { current, index } = reading
  const target = index.relations.get(relation)
  return firstOf(
    () => (select === null ? null : reading.read(relation, current, select).refusal),
    () => (insert === null || !target ? null : ofPrivileges(writing.insert(target, current, insert).refusal)),
    () => (update === null || !target ? null : ofPrivileges(writing.update(target, current, update).refusal)),
    () => (isDeleted && target ? ofPrivileges(writing.delete(target, current).refusal) : null),
  )
}
