import type { QualifiedName, Relation } from '../catalog.js'
import { quoteIdentifier } from '../names.js'
import { keyOf } from './answers.js'
import { type Refusal, refuse } from './refusal.js'

export type WriteCommand = 'insert' | 'update' | 'delete'

/** How PostgreSQL carries out a write ("Updatable Views", "Rules on INSERT, UPDATE, and DELETE" in its manual). */
export type WriteTarget =
  | { readonly kind: 'table' }
  /** an INSTEAD OF trigger does it */
  | { readonly kind: 'trigger' }
  /** rules without condition replace it */
  | { readonly kind: 'rules' }
  /** passed on to the one relation that a view selects from */
  | { readonly kind: 'view'; readonly base: QualifiedName }
  | { readonly kind: 'none'; readonly refusal: Refusal }

export function writeTarget(relation: Relation, command: WriteCommand): WriteTarget {
  const key = keyOf(relation)
  const rules = relation.rules.filter(({ event, instead }) => event === command && instead)
  if (rules.some(({ conditional }) => !conditional)) {
    if (command !== 'delete' && rules.every(({ nothing }) => nothing)) {
      return none(() => `A rule on ${key} does nothing instead of ${command.toUpperCase()}.`)
    }
    return { kind: 'rules' }
  }
  switch (relation.kind) {
    case 'table':
    case 'partitioned table':
      return { kind: 'table' }
    case 'foreign table':
      if (relation.updatable[command]) return { kind: 'table' }
      return none(() => `The foreign table ${key} does not take ${command.toUpperCase()}.`)
    case 'materialized view':
      return none(() => `${key} is a materialized view, which is read only.`)
    case 'view':
      return viewTarget(relation, command)
  }
}

function viewTarget(relation: Relation, command: WriteCommand): WriteTarget {
  const { triggers, view, updatable } = relation
  if (triggers.some(({ timing, events }) => timing === 'instead of' && events.includes(command)))
    return { kind: 'trigger' }
  const [table] = view?.tables ?? []
  if (!updatable[command] || table === undefined) {
    return none(
      () =>
        `The view ${keyOf(relation)} cannot pass ${command.toUpperCase()} on, and has no INSTEAD OF trigger or rule for it.`,
    )
  }
  return { kind: 'view', base: table.relation }
}

function none(fact: () => string): WriteTarget {
  return { kind: 'none', refusal: refuse('not updatable', fact) }
}

/** The column of the base relation that a column of an auto-updatable view stands for. */
export function baseColumn(relation: Relation, base: QualifiedName, column: string): string | null {
  const position = relation.columns.findIndex(({ name }) => name === column)
  const origin = relation.view?.origins[position] ?? null
  return origin !== null && origin.relation === base ? origin.column : null
}

/** A column that an insert or update cannot give a value. */
export function unwritable(relation: Relation, column: string): Refusal | null {
  const found = relation.columns.find(({ name }) => name === column)
  const what = () => `${keyOf(relation)}.${quoteIdentifier(column)}`
  if (found?.generated) return refuse('generated', () => `${what()} is a generated column.`)
  if (found?.identity === 'always') return refuse('generated', () => `${what()} is GENERATED ALWAYS AS IDENTITY.`)
  return null
}
