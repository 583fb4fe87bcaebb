import { type CatalogIndex, compareNames, qualifiedName, type Statement } from '@rolecast/catalog'
import type { Grant } from './grants.js'

/** One thing that a role may do, as least privilege counts it. `verb`: PostgreSQL's privilege in lower case. */
export interface UsageCell {
  /** relation, function with its arguments, sequence or schema, in SQL's spelling */
  readonly object: string
  readonly verb: string
  /** as it is named, unquoted; absent where the verb is not about columns */
  readonly column?: string
}

/** A function's cell names its arguments, as those of `rolecast diff` do. */
export function cellOfGrant(index: CatalogIndex, { kind, object, privilege, column }: Grant): UsageCell {
  return {
    object: kind === 'routine' ? routineNamed(index, object) : object,
    verb: privilege.toLowerCase(),
    ...(column !== null && { column }),
  }
}

/** What a statement asks of the objects that it names itself. */
export function cellsOfStatement(index: CatalogIndex, statement: Statement): readonly UsageCell[] {
  const on = (object: string, verb: string, columns: readonly string[]) =>
    columns.map((column): UsageCell => ({ object, verb, column }))
  switch (statement.kind) {
    case 'read':
    case 'read while writing':
      return on(statement.relation, 'select', statement.columns)
    case 'insert':
    case 'update':
      return on(statement.relation, statement.kind, statement.columns)
    case 'delete':
      return [{ object: statement.relation, verb: 'delete' }]
    case 'call':
    case 'compute':
      return [{ object: routineNamed(index, statement.routine), verb: 'execute' }]
  }
}

export function routineNamed(index: CatalogIndex, signature: string): string {
  const routine = index.routines.get(signature)
  return routine ? `${qualifiedName(routine.schema, routine.name)}(${routine.identityArguments})` : signature
}

/** Each once, in order. */
export function sortedCells<C extends UsageCell>(cells: readonly C[]): readonly C[] {
  const byKey = new Map(cells.map((cell) => [keyOfUsage(cell), cell]))
  return [...byKey].sort(([a], [b]) => compareNames(a, b)).map(([, cell]) => cell)
}

export const keyOfUsage = ({ object, verb, column }: UsageCell) => JSON.stringify([object, verb, column ?? null])
