import type { RelationMeta } from './metadata.js'
import { Builder } from './query/builder.js'
import type { Aggregates, Column } from './query/items.js'
import { readRows } from './query/read.js'
import { nothing } from './query/selection.js'
import type { State } from './query/state.js'

/** Where builders begin: in a schema of a client. */
export type Origin = Pick<State, 'context' | 'schema' | 'profile'>

/** A relation of a client. */
export class Relation {
  declare readonly start: State

  constructor(origin: Origin, meta: RelationMeta, property: string) {
    const value = startOf(origin, meta, `/${encodeURIComponent(meta[4] || property)}`)
    Object.defineProperty(this, 'start', { value })
  }

  get columns(): readonly string[] {
    return this.start.meta[0]
  }

  select(...columns: Column[]): Builder {
    return this.rows().select(...columns)
  }

  as(alias: string): Builder {
    return this.rows().change({ alias })
  }

  aggregate(aggregates: Aggregates): Builder {
    return this.rows().aggregate(aggregates)
  }

  private rows(): Builder {
    return new Builder(this.start)
  }
}

export function startOf(origin: Origin, meta: RelationMeta, path: string): State {
  return { ...origin, ...nothing, meta, method: 'GET', path, headers: {}, prefer: {}, read: readRows }
}
