import type { ViewDefinition, ViewPartUses } from '../catalog.js'
import type { Names } from './names.js'
import { isOnOption } from './options.js'
import type { RelationRow } from './rows.js'
import type { ColumnOfRelation, ViewTree, ViewTreeColumn } from './view-tree.js'

/** A view's tree, and the answer to whether a column of another relation may be null. */
export interface ReadView {
  readonly tree: ViewTree
  readonly isNullable: (column: ColumnOfRelation) => boolean
}

export function assembleView(row: RelationRow, text: string, view: ReadView, names: Names): ViewDefinition {
  const { tree } = view
  const checkedAs = isOnOption(row.options, 'security_invoker') ? 'current' : 'owner'
  const kept = tree.columns.filter((column) => column.isKept || names.isVolatile(column.uses))
  const always: ViewPartUses = {
    uses: names.uses(merged([tree.always, ...kept.map(({ uses }) => uses)]), checkedAs),
    inputs: names.inputs(distinct([...tree.alwaysInputs, ...kept.flatMap(({ inputs }) => inputs)])),
  }
  const total = names.uses(tree.uses, checkedAs)
  return {
    text,
    reads: total.reads,
    functions: total.functions,
    always,
    columnUses: tree.columns.map((column) => ({
      uses: names.uses(column.uses, checkedAs),
      inputs: names.inputs(column.inputs),
    })),
    origins: tree.columns.map(({ origin }) => {
      const relation = origin && names.relation(origin.relation)
      const column = origin && names.column(origin.relation, origin.attribute)
      return relation && column ? { relation, column } : null
    }),
    nullable: tree.columns.map((column) => isNullable(column, view)),
  }
}

function isNullable({ nullable }: ViewTreeColumn, view: ReadView): boolean {
  return typeof nullable === 'boolean' ? nullable : view.isNullable(nullable)
}

function merged(parts: readonly ViewTree['uses'][]): ViewTree['uses'] {
  return {
    functions: new Set(parts.flatMap(({ functions }) => [...functions])),
    sequences: new Set(parts.flatMap(({ sequences }) => [...sequences])),
    relations: [...new Set(parts.flatMap(({ relations }) => relations))],
  }
}

function distinct(columns: readonly ColumnOfRelation[]): ColumnOfRelation[] {
  return [...new Map(columns.map((column) => [`${column.relation}.${column.attribute}`, column])).values()]
}
