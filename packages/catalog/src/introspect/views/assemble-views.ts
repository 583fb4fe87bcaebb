import type { ViewDefinition, ViewPartUses } from '../../model/catalog.js'
import type { ColumnOfRelation } from '../expressions/column-of-relation.js'
import { assembleCondition } from '../expressions/condition.js'
import type { Names } from '../names.js'
import { isOnOption } from '../objects/options.js'
import type { RelationRow } from '../objects/rows.js'
import type { KeptPart, ViewTree, ViewTreePart } from './view-tree.js'

/** A view's tree, and the answer to whether a column may be null. */
export interface ReadView {
  readonly tree: ViewTree
  readonly isNullable: (column: ColumnOfRelation) => boolean
}

export function assembleView(row: RelationRow, text: string, view: ReadView, names: Names): ViewDefinition {
  const { tree } = view
  const checkedAs = isOnOption(row.options, 'security_invoker') ? 'current' : 'owner'
  const part = ({ uses, inputs }: ViewTreePart): ViewPartUses => ({
    uses: names.uses(uses, checkedAs),
    inputs: names.inputs(inputs),
  })
  const kept = (one: KeptPart) => ({ ...part(one), isKept: one.isKept || names.isVolatile(one.uses) })
  const total = names.uses(tree.uses, checkedAs)
  return {
    text,
    reads: total.reads,
    functions: total.functions,
    volatile: total.volatile,
    code: total.code,
    tables: names.reads(tree.tables, checkedAs),
    isSimple: tree.isSimple,
    condition: assembleCondition(tree.condition, names, checkedAs),
    conditionInputs: names.inputs(tree.conditionInputs),
    always: part(tree.always),
    columnUses: tree.columns.map(kept),
    hiddenUses: tree.hidden.map(kept),
    origins: tree.columns.map(({ origin }) => {
      const relation = origin && names.relation(origin.relation)
      const column = origin && names.column(origin.relation, origin.attribute)
      return relation && column ? { relation, column } : null
    }),
    nullable: tree.columns.map((_, index) => view.isNullable({ relation: row.oid, attribute: index + 1 })),
  }
}
