import { type Column, compareNames } from '@rolecast/catalog'
import type { CachedRelation, CachedRoutine } from '../schema-cache/schema-cache.js'
import { routineKey } from './access.js'
import type { OpenApiInput } from './input.js'

/** A relation as far as the role may know of it. */
export interface DescribedRelation {
  readonly cached: CachedRelation
  readonly columns: readonly Column[]
}

/** By name. Columns that the role has no privilege on are left out, so the document names nothing that is hidden. */
export function describedRelations({ cache, schema, access }: OpenApiInput): DescribedRelation[] {
  const described: DescribedRelation[] = []
  for (const cached of cache.relations.values()) {
    if (cached.schema !== schema) continue
    const allowed = access?.relations.get(cached.name)
    if (access !== null && allowed === undefined) continue
    const { columns } = cached.relation
    described.push({ cached, columns: columns.filter(({ name }) => allowed?.has(name) ?? true) })
  }
  return described.sort((a, b) => compareNames(a.cached.name, b.cached.name))
}

/** By name; of overloads, which share a path, the last. */
export function describedRoutines({ cache, schema, access }: OpenApiInput): CachedRoutine[] {
  const described = new Map<string, CachedRoutine>()
  for (const overloads of cache.routines.values()) {
    for (const cached of overloads) {
      if (cached.schema === schema && (access?.routines.has(routineKey(cached)) ?? true))
        described.set(cached.name, cached)
    }
  }
  return [...described.values()].sort((a, b) => compareNames(a.name, b.name))
}
