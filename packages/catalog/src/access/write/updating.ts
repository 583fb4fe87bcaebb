import type { Relation } from '../../model/catalog.js'
import type { CatalogIndex } from '../../model/index-catalog.js'
import { hasFeature } from '../../postgres/version.js'
import { type EffectivePrivileges, keyOf } from '../effective-privileges.js'
import { descendantsOf } from '../inheritance.js'
import { noPolicy } from '../policies.js'
import { both, type Decision, firstIn, firstOf, type Refusal, refused } from '../refusal.js'
import { membersRefusal, scanRefusal } from '../select/scanning.js'
import { notDescribed, throughView } from '../select/through-view.js'
import { rowsAfterTriggers } from './before-triggers.js'
import { conditionOfView, insteadOf, rowsForRules } from './found-rows.js'
import { decideNamed } from './named-columns.js'
import { mapColumns, unwritable, writeTarget } from './target.js'
import type { WriteParts } from './write-parts.js'

/** `UPDATE r SET c = …, …` */
export class Updating {
  constructor(readonly parts: WriteParts) {}

  /**
   * @param isEmpty no row is ever reached: what is asked row by row is not asked
   * @param isChecked a view in front has a CASCADED CHECK OPTION: the conditions behind it check new rows
   */
  update(
    relation: Relation,
    as: EffectivePrivileges,
    columns: readonly string[],
    isEmpty = false,
    isChecked = false,
  ): Decision {
    const { reading, rules } = this.parts
    const target = writeTarget(relation, 'update')
    if (target.kind === 'none') return refused(target.refusal)
    const unable = target.kind === 'table' ? firstIn(columns, (column) => unwritable(relation, column)) : null
    if (unable) return refused(unable)
    const named = decideNamed(this.parts, relation, as, 'update', columns)
    if (named) return named
    if (target.kind === 'table') return this.#updateTable(relation, as, columns, isEmpty)
    const ofRules = rules.decide(relation, 'update')
    if (target.kind === 'rules') return ofRules
    if (ofRules.refusal) return refused(ofRules.refusal)
    if (target.kind === 'trigger') return insteadOf(this.parts, relation, as, 'update', columns)
    const base = target.kind === 'view' ? reading.index.relations.get(target.base) : undefined
    if (base === undefined) return notDescribed(relation)
    const mapped = mapColumns(relation, keyOf(base), columns)
    if ('fact' in mapped) return refused(mapped)
    const replaced = rowsForRules(reading, relation, base, 'update')
    if (replaced) return refused(replaced)
    const isCascaded = isChecked || relation.checkOption === 'cascaded'
    const behind = reading.checkedFor(relation)
    const decision = this.update(base, behind, mapped, isEmpty || reading.isEmptyView(relation), isCascaded)
    const condition = () =>
      isChecked || relation.checkOption
        ? reading.conditionOfView(relation)
        : conditionOfView(reading, relation, isEmpty, decision.rows)
    const refusal = decision.refusal ?? condition()
    return throughView(relation, { ...decision, refusal })
  }

  #updateTable(relation: Relation, as: EffectivePrivileges, columns: readonly string[], isEmpty: boolean): Decision {
    const { reading, rows, rules } = this.parts
    const using = reading.policies(relation, as, 'update', 'using')
    const check = reading.policies(relation, as, 'update', 'check')
    const isUnreached = using.rows === 'none' || isEmpty
    const refusal = firstOf(
      () => using.refusal,
      () => scanRefusal(reading, relation),
      () => check.refusal,
      () => (using.rows === 'some' && !isEmpty ? membersRefusal(reading, relation) : null),
      () => rules.decide(relation, 'update').refusal,
      () =>
        firstIn(relation.columns, (column) =>
          columns.includes(column.name) ? rows.domainChecks(relation, column, true) : null,
        ),
      () => (preparesGenerated(relation, reading.index) ? rows.generated(relation, columns) : null),
      // run even where no row is reached
      () => rows.conditionsOfTriggers(relation, 'update', columns, { level: 'statement' }),
    )
    if (refusal) return refused(refusal)
    if (isUnreached) return { refusal: null, rows: 'none' }
    const perRow = firstOf(
      () => (check.rows === 'none' ? noPolicy(relation, as, 'UPDATE') : null),
      () =>
        firstIn([relation, ...descendantsOf(reading.index, relation)], (table) => this.#ofUpdatedRows(table, columns)),
    )
    const reached = both(both(using.rows, check.rows), rowsAfterTriggers(relation, 'update'))
    return { refusal: perRow, rows: perRow ? 'none' : reached }
  }

  #ofUpdatedRows(relation: Relation, columns: readonly string[]): Refusal | null {
    const { rows, keys } = this.parts
    return firstOf(
      () => rows.ofUpdatedRows(relation, columns),
      () => keys.ofWrittenRows(relation, columns, true),
      () => keys.ofReferencedRows(relation, columns),
    )
  }
}

/**
 * Whether an update prepares generated columns even where no row is reached: always before PostgreSQL 16, since then to
 * tell triggers for each statement, in force or not, which columns are new (ExecGetAllUpdatedCols).
 */
function preparesGenerated({ triggers }: Relation, { catalog }: CatalogIndex): boolean {
  if (!hasFeature(catalog.serverVersion, 'lazyGeneratedColumns')) return true
  return triggers.some(({ level, events }) => level === 'statement' && events.includes('update'))
}
