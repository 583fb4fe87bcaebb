import { groupBy } from '../group.js'
import type { IndexRow, RelationRow } from '../objects/rows.js'
import { type Key, type KeyContext, keysOfQuery } from './query-keys.js'
import type { QueryShape } from './query-shape.js'

/** What PostgreSQL says of operators and collations, as far as keys are concerned. */
export interface EqualityFacts {
  /** the equality operators of the families of B-trees */
  readonly equalities: readonly { readonly family: number; readonly operator: number }[]
  /** collations under which different texts may be equal */
  readonly looseCollations: readonly number[]
}

export interface KeyParts extends EqualityFacts {
  readonly relations: readonly RelationRow[]
  readonly indexes: readonly IndexRow[]
  readonly shapes: ReadonlyMap<number, QueryShape | null>
}

/**
 * The unique keys of relations, by object id, as their rows show it to whoever reads them: of tables unique indexes, of
 * views what their query keeps of these. Rows of inheriting tables come with a table's own, and no index is over both. A
 * materialized view has its own indexes alone: it may hold rows from before those of its tables. Foreign tables promise
 * nothing.
 */
export function keysOfRelations(parts: KeyParts): (relation: number) => readonly Key[] {
  const relations = new Map(parts.relations.map((row) => [row.oid, row]))
  const indexes = groupBy(parts.indexes.filter(isKey), ({ relation }) => relation)
  const parents = new Set(parts.relations.filter(({ isPartition }) => !isPartition).flatMap((row) => row.parents))
  const families = familiesByOperator(parts.equalities)
  const loose = new Set(parts.looseCollations)
  const views = new Map<number, readonly Key[]>()

  const context: KeyContext = {
    familiesOf: (operator) => families.get(operator) ?? none,
    isLoose: (collation) => loose.has(collation),
    keysOf: (oid, isOnly) => {
      const relation = relations.get(oid)
      if (relation === undefined || relation.kind === 'f') return []
      if (relation.kind === 'v') return keysOfView(oid)
      if (parents.has(oid) && !isOnly) return []
      return (indexes.get(oid) ?? []).toSorted(primaryFirst).map(keyOfIndex)
    },
  }

  function keysOfView(oid: number): readonly Key[] {
    const known = views.get(oid)
    if (known !== undefined) return known
    views.set(oid, []) // for views that lead back to themselves
    const shape = parts.shapes.get(oid)
    const keys = shape ? keysOfQuery(shape, context) : []
    views.set(oid, keys)
    return keys
  }

  return (relation) => context.keysOf(relation, false)
}

const none: ReadonlySet<number> = new Set()

/** An index that no two rows are equal in: for all rows, and by what the columns' own types call equal. */
function isKey({ unique, valid, predicate, columns, isDefault }: IndexRow): boolean {
  return unique && valid && isDefault && predicate === null && columns.every((column) => column > 0)
}

function primaryFirst(a: IndexRow, b: IndexRow): number {
  return Number(b.primary) - Number(a.primary) || a.columns.length - b.columns.length || (a.name < b.name ? -1 : 1)
}

function keyOfIndex({ columns, families }: IndexRow): Key {
  return columns.map((attribute, index) => ({ attribute, family: families[index] ?? null }))
}

function familiesByOperator(equalities: EqualityFacts['equalities']): ReadonlyMap<number, ReadonlySet<number>> {
  const families = new Map<number, Set<number>>()
  for (const { family, operator } of equalities) {
    const known = families.get(operator)
    if (known) known.add(family)
    else families.set(operator, new Set([family]))
  }
  return families
}
