import type { Relation } from '../model/catalog.js'

/** Whether no two rows of a relation have the same values in these columns, unless one of these is null. */
export function isUnique({ keys }: Relation, columns: readonly string[]): boolean {
  return keys.some((key) => key.every((column) => columns.includes(column)))
}

/** A proven key whose columns are never null, and all among those given: what the rows can be told apart and paged by. */
export function keyOfRows({ keys, columns, view }: Relation, among: readonly string[]): readonly string[] {
  const isNullable = (name: string) => {
    const position = columns.findIndex((column) => column.name === name)
    return view === null ? columns[position]?.neverNull !== true : (view.nullable[position] ?? true)
  }
  const usable = keys.filter((key) => key.every((name) => among.includes(name) && !isNullable(name)))
  return usable.find((key) => key.length > 0) ?? []
}
