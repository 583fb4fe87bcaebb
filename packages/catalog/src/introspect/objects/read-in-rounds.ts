import { parseSqlName } from '../../postgres/names.js'
import type { Trees } from '../expressions/trees.js'
import type { Ask } from '../snapshot.js'
import * as statements from '../statements.js'
import type { ReadRoutine } from './assemble-routines.js'
import type * as rows from './rows.js'

export async function readRelations(ask: Ask, trees: Trees, ids: readonly number[] | null) {
  const found = await ask<rows.RelationRow>(statements.relations, [ids])
  return found.map((row) => ({ ...row, uses: trees.uses(row.partitionTree) }))
}

/** The routines of schemas and those named by id; then those that these routines' defaults and bodies name, and so on. */
export async function readRoutines(ask: Ask, trees: Trees, schemas: readonly number[], ids: ReadonlySet<number>) {
  const known = new Map<number, ReadRoutine>()
  const asked = new Set<number>()
  let wanted = [...ids]
  do {
    for (const row of await ask<rows.RoutineRow>(statements.routines, [asked.size === 0 ? schemas : [], wanted])) {
      known.set(row.oid, {
        ...row,
        defaultUses: row.isBuiltIn ? [] : trees.list(row.defaultsTree),
        bodyUses: row.isBuiltIn || row.bodyTree === null ? null : trees.uses(row.bodyTree),
        bodyTree: null, // long, and read
      })
    }
    for (const oid of [0, ...wanted]) asked.add(oid)
    wanted = [...trees.functions].filter((oid) => !asked.has(oid))
  } while (wanted.length > 0)
  return [...known.values()]
}

/** The sequences that expressions name, by id or as text. */
export async function readSequences(ask: Ask, trees: Trees): Promise<rows.SequenceRow[]> {
  if (trees.sequences.size === 0) return []
  const ids = [...trees.sequences].filter((sequence) => typeof sequence === 'number')
  const named = [...trees.sequences].flatMap((sequence) =>
    typeof sequence === 'string' ? (parseSqlName(sequence) ?? []) : [],
  )
  return ask(statements.sequences, [ids, named.map(({ schema }) => schema), named.map(({ name }) => name)])
}
