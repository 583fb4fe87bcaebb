import type { Relation } from '../../model/catalog.js'
import { type EffectivePrivileges, keyOf } from '../effective-privileges.js'
import { type Decision, refused } from '../refusal.js'
import { decideDiscarded } from './target.js'
import type { WriteParts } from './write-parts.js'

/**
 * What decides a write by the columns it names, wherever it leads: their values are read even where a rule discards it, and
 * grants are checked before what is behind. Null: nothing of this.
 */
export function decideNamed(
  { reading, rows }: WriteParts,
  relation: Relation,
  as: EffectivePrivileges,
  command: 'insert' | 'update',
  columns: readonly string[],
): Decision | null {
  const literals = rows.literalChecks(relation, columns)
  if (literals) return refused(literals)
  const discarded = decideDiscarded(reading.index, relation, command, columns)
  if (discarded) return discarded
  const grants = as.columnsRefusal(keyOf(relation), command, columns)
  return grants && refused(grants)
}
