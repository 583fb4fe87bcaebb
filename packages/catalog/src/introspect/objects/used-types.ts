import type { Names } from '../names.js'
import type * as rows from './rows.js'

/** PostgreSQL's own types are described where something described is of that type. */
export function usedTypes(
  columns: readonly rows.ColumnRow[],
  attributes: readonly rows.AttributeRow[],
  routines: readonly rows.RoutineRow[],
  types: readonly rows.TypeRow[],
  names: Names,
): Set<string> {
  const ids = new Set<number>()
  for (const { type } of columns) ids.add(type)
  for (const { type } of attributes) ids.add(type)
  for (const row of routines) for (const id of [...(row.allTypes ?? row.inputs), row.returns]) ids.add(id)
  for (const row of types) if (row.isUser) ids.add(row.base).add(row.subtype ?? 0)
  return new Set([...ids].map((id) => names.type(id).type))
}
