import type { Query } from '@rolecast/grammar'
import type { RelationMeta } from './metadata.js'
import { Builder } from './query/builder.js'
import { readJson, readNothing } from './query/read.js'
import { noSelection, type State } from './query/state.js'
import { insertOf, jsonBody } from './query/write.js'
import type { ConflictOptions } from './types/write.js'

type Rows = Parameters<typeof insertOf>[0]
type Conflict = ConflictOptions<readonly string[]>

/** Where builders begin: in a schema of a client. `profile` is null for the API's first one, which needs not be named. */
export interface Origin extends Pick<State, 'context' | 'schema'> {
  readonly profile: string | null
}

const read = { kind: 'read', headOnly: false } as const

/** A relation of a client: all verbs, whatever the generated types offer of them. */
export class Relation {
  readonly #origin: Origin
  readonly #meta: RelationMeta
  readonly #name: string

  constructor(origin: Origin, meta: RelationMeta, property: string) {
    this.#origin = origin
    this.#meta = meta
    this.#name = meta[4] ?? property
  }

  select(...columns: string[]): Builder {
    return this.#begin(read, { read: readJson }).select(...columns)
  }

  insert(rows: Rows, options?: Conflict): Builder {
    return this.#begin({ kind: 'insert', ...insertOf(rows, options) }).prefer({ return: 'minimal' })
  }

  upsert(rows: Rows, options?: Conflict): Builder {
    return this.insert(rows, options).prefer({ resolution: 'merge-duplicates' })
  }

  insertOrIgnore(rows: Rows, options?: Conflict): Builder {
    return this.insert(rows, options).prefer({ resolution: 'ignore-duplicates' })
  }

  update(changes: object): Builder {
    const query = { kind: 'update', body: jsonBody(changes), columns: null } as const
    return this.#begin(query, { unfiltered: true }).prefer({ return: 'minimal' })
  }

  delete(): Builder {
    return this.#begin({ kind: 'delete' }, { unfiltered: true }).prefer({ return: 'minimal' })
  }

  #begin(query: Pick<Query, 'kind'> & object, state?: Partial<State>): Builder {
    const { profile, context, schema } = this.#origin
    const common = { relation: this.#name, selection: noSelection, profile, preferences: {}, accept: [] }
    return new Builder({
      context,
      schema,
      meta: this.#meta,
      query: { ...common, ...query } as unknown as Query,
      reviver: [],
      read: readNothing,
      ...state,
    })
  }
}
