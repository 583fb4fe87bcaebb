import { candidatesFor, type RowDraft, type SeedRow, seedSql, type World } from '@rolecast/audit'
import { type Catalog, indexCatalog, type Relation } from '@rolecast/catalog'
import type pg from 'pg'
import type { Laboratory } from './laboratory.js'

export interface MadeRows {
  /** in the order in which they were made */
  readonly rows: readonly SeedRow[]
  /** tables that no row could be made of, with PostgreSQL's reason */
  readonly failed: readonly { readonly relation: string; readonly reason: string }[]
  /** variations that cannot stand beside the rows that were made */
  readonly unmade: readonly RowDraft[]
}

const mostAttempts = 200

/** Makes the rows that a world drafts, as the login role, in the laboratory's transaction. */
export async function makeRows(laboratory: Laboratory, world: World): Promise<MadeRows> {
  const rows: SeedRow[] = []
  const failed: { relation: string; reason: string }[] = []
  const unmade: RowDraft[] = []
  for (const key of world.order) {
    const relation = indexCatalog(world.catalog).relations.get(key)
    if (relation === undefined) continue
    for (const persona of ['a', 'b'] as const) {
      const made = await makeRow(laboratory, world.catalog, relation, world.draft(key, persona, rows))
      if ('row' in made) rows.push(made.row)
      else failed.push({ relation: key, reason: made.reason })
    }
    for (const persona of ['a', 'b'] as const) {
      for (const draft of world.variations(key, persona, rows)) {
        const made = await makeRow(laboratory, world.catalog, relation, draft)
        if ('row' in made) rows.push(made.row)
        else unmade.push(draft)
      }
    }
  }
  return {
    rows,
    unmade,
    failed: failed.filter((item, at) => failed.findIndex(({ relation }) => relation === item.relation) === at),
  }
}

/** Tries values until PostgreSQL takes them: of the columns that it objects to, one after the other. */
async function makeRow(
  laboratory: Laboratory,
  catalog: Catalog,
  relation: Relation,
  draft: RowDraft,
): Promise<{ readonly row: SeedRow } | { readonly reason: string }> {
  const columns: Record<string, readonly (string | null)[]> = { ...draft.columns }
  const at = new Map<string, number>()
  const involved = new Set<string>()
  let reason = ''
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const values = Object.fromEntries(
      Object.entries(columns).map(([name, all]) => [name, all[at.get(name) ?? 0] ?? null]),
    )
    const error = await laboratory.attempt(seedSql(relation, values))
    if (error === null) {
      const { columns: _, ...rest } = draft
      return { row: { ...rest, values } }
    }
    reason = error.message
    const missing = error.code === '23502' ? relation.columns.find(({ name }) => name === error.column) : undefined
    if (missing !== undefined && columns[missing.name] === undefined) {
      columns[missing.name] = candidatesFor(catalog, missing.type, 50 + attempt, [])
      continue
    }
    for (const name of blamed(catalog, relation, error, Object.keys(columns))) {
      if ((columns[name]?.length ?? 0) > 1) involved.add(name)
    }
    if (!advance(columns, at, [...involved])) break
  }
  return { reason }
}

function blamed(
  catalog: Catalog,
  relation: Relation,
  error: pg.DatabaseError,
  all: readonly string[],
): readonly string[] {
  const { types } = indexCatalog(catalog)
  const constraint = relation.constraints.find(({ name }) => name === error.constraint)
  if (constraint !== undefined && constraint.columns.length > 0) return constraint.columns
  const ofDomain = relation.columns.filter(({ type }) => {
    const domain = types.get(type.type)
    return (
      domain?.kind === 'domain' &&
      (domain.checks.some(({ name }) => name === error.constraint) || domain.name === error.dataType)
    )
  })
  return ofDomain.length > 0 ? ofDomain.map(({ name }) => name) : all
}

/** The next combination, as an odometer has it. */
function advance(
  columns: Readonly<Record<string, readonly unknown[]>>,
  at: Map<string, number>,
  names: readonly string[],
): boolean {
  for (const name of names) {
    const next = (at.get(name) ?? 0) + 1
    if (next < (columns[name]?.length ?? 0)) {
      at.set(name, next)
      return true
    }
    at.set(name, 0)
  }
  return false
}
