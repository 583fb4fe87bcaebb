import type { Query } from '@rolecast/grammar'
import type { RelationMeta } from './metadata.js'
import { Builder } from './query/builder.js'
import { readNothing, readRows } from './query/read.js'
import { noSelection, type State } from './query/state.js'

/** Where builders begin: in a schema of a client. `profile` is null for the API's default one, which needs no name. */
export interface Origin extends Pick<State, 'context' | 'schema'> {
  readonly profile: string | null
}

const read = { kind: 'read', headOnly: false } as const

/** A relation of a client. */
export class Relation {
  readonly origin: Origin
  readonly meta: RelationMeta
  readonly relation: string

  constructor(origin: Origin, meta: RelationMeta, property: string) {
    this.origin = origin
    this.meta = meta
    this.relation = meta[4] ?? property
  }

  select(...columns: string[]): Builder {
    return this.begin(read)
      .change({ read: readRows })
      .select(...columns)
  }

  /** `query`: what makes its kind, besides what all have. */
  begin(query: { readonly kind: Query['kind'] }): Builder {
    const { origin, meta, relation } = this
    return begin(origin, meta, { relation, ...query })
  }
}

export function begin({ context, schema, profile }: Origin, meta: RelationMeta, query: object): Builder {
  const common = { selection: noSelection, profile, preferences: {}, accept: [] }
  return new Builder({ context, schema, meta, query: { ...common, ...query } as unknown as Query, read: readNothing })
}
