import type { Relation } from '../../model/catalog.js'
import type { Rows } from '../refusal.js'
import type { WriteCommand } from './target.js'

/** Whether a trigger runs before each row, and so may change it or leave it out. */
export function hasTrigger(relation: Relation, command: WriteCommand): boolean {
  return relation.triggers.some(
    ({ enabled, timing, level, events }) =>
      enabled && timing === 'before' && level === 'row' && events.includes(command),
  )
}

export function rowsAfterTriggers(relation: Relation, command: WriteCommand): Rows {
  return hasTrigger(relation, command) ? 'some' : 'all'
}
