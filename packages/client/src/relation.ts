import type { RelationMeta } from './metadata.js'
import { Builder } from './query/builder.js'
import { readNothing, readRows } from './query/read.js'
import { nothing, type State } from './query/state.js'

/** Where builders begin: in a schema of a client. `profile` is null for the API's default one, which needs no name. */
export interface Origin extends Pick<State, 'context' | 'schema'> {
  readonly profile: string | null
}

/** A relation of a client. */
export class Relation {
  declare readonly begin: (changes: Partial<State>) => State

  constructor(origin: Origin, meta: RelationMeta, property: string) {
    this.begin = (changes) => begin(origin, meta, meta[4] ?? property, changes)
  }

  select(...columns: string[]): Builder {
    return new Builder(this.begin({ read: readRows })).select(...columns)
  }
}

export function begin(
  { profile, ...origin }: Origin,
  meta: RelationMeta,
  name: string,
  changes: Partial<State>,
): State {
  const { method = 'GET', headers } = changes
  const schema = profile === null ? {} : { [`${method === 'GET' ? 'Accept' : 'Content'}-Profile`]: profile }
  const path = `/${encodeURIComponent(name)}`
  return {
    ...origin,
    ...nothing,
    meta,
    method,
    path,
    prefer: {},
    read: readNothing,
    ...changes,
    headers: { ...schema, ...headers },
  }
}
