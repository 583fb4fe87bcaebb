import type { Relation } from '../../model/catalog.js'
import { type EffectivePrivileges, keyOf } from '../effective-privileges.js'
import { descendantsOf } from '../inheritance.js'
import { both, type Decision, firstIn, firstOf, type Refusal, refused } from '../refusal.js'
import { membersRefusal, scanRefusal } from '../select/scanning.js'
import { notDescribed, throughView } from '../select/through-view.js'
import { rowsAfterTriggers } from './before-triggers.js'
import { conditionOfView, insteadOf, rowsForRules } from './found-rows.js'
import { decideDiscarded, writeTarget } from './target.js'
import type { WriteParts } from './write-parts.js'

/** `DELETE FROM r` */
export class Deleting {
  constructor(readonly parts: WriteParts) {}

  /** @param isEmpty no row is ever reached: what is asked row by row is not asked */
  delete(relation: Relation, as: EffectivePrivileges, isEmpty = false): Decision {
    const { reading, rules } = this.parts
    const target = writeTarget(relation, 'delete')
    if (target.kind === 'none') return refused(target.refusal)
    const discarded = decideDiscarded(reading.index, relation, 'delete', [])
    if (discarded) return discarded
    const grants = as.deleteRefusal(keyOf(relation))
    if (grants) return refused(grants)
    if (target.kind === 'table') return this.#deleteFromTable(relation, as, isEmpty)
    const ofRules = rules.decide(relation, 'delete')
    if (target.kind === 'rules') return ofRules
    if (ofRules.refusal) return refused(ofRules.refusal)
    if (target.kind === 'trigger') return insteadOf(this.parts, relation, as, 'delete', [])
    const base = target.kind === 'view' ? reading.index.relations.get(target.base) : undefined
    if (base === undefined) return notDescribed(relation)
    const replaced = rowsForRules(reading, relation, base, 'delete')
    if (replaced) return refused(replaced)
    const decision = this.delete(base, reading.checkedFor(relation), isEmpty || reading.isEmptyView(relation))
    const refusal = decision.refusal ?? conditionOfView(reading, relation, isEmpty, decision.rows)
    return throughView(relation, { ...decision, refusal })
  }

  #deleteFromTable(relation: Relation, as: EffectivePrivileges, isEmpty: boolean): Decision {
    const { reading, rows, rules } = this.parts
    const using = reading.policies(relation, as, 'delete', 'using')
    const isUnreached = using.rows === 'none' || isEmpty
    const refusal = firstOf(
      () => using.refusal,
      () => scanRefusal(reading, relation),
      () => (using.rows === 'some' && !isEmpty ? membersRefusal(reading, relation) : null),
      () => rules.decide(relation, 'delete').refusal,
      () => rows.conditionsOfTriggers(relation, 'delete', [], { level: 'statement' }),
      () => (isUnreached ? null : this.#ofDeletedRows(relation)),
    )
    const reached = both(using.rows, rowsAfterTriggers(relation, 'delete'))
    return { refusal, rows: refusal || isEmpty ? 'none' : reached }
  }

  #ofDeletedRows(relation: Relation): Refusal | null {
    const { reading, rows, keys } = this.parts
    return firstIn([relation, ...descendantsOf(reading.index, relation)], (table) =>
      firstOf(
        () => rows.conditionsOfTriggers(table, 'delete', [], { level: 'row' }),
        () => keys.ofReferencedRows(table, null),
      ),
    )
  }
}
