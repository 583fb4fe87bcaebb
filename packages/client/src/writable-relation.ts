import type { Builder } from './query/builder.js'
import { insertOf, jsonBody } from './query/write.js'
import { Relation } from './relation.js'
import type { ConflictOptions } from './types/write.js'

type Rows = Parameters<typeof insertOf>[0]
type Conflict = ConflictOptions<readonly string[]>

/** A relation of a client whose role may write some of them: all verbs, whatever the generated types offer. */
export class WritableRelation extends Relation {
  insert(rows: Rows, options?: Conflict): Builder {
    return this.write({ kind: 'insert', ...insertOf(rows, options) })
  }

  upsert(rows: Rows, options?: Conflict): Builder {
    return this.insert(rows, options).prefer({ resolution: 'merge-duplicates' })
  }

  insertOrIgnore(rows: Rows, options?: Conflict): Builder {
    return this.insert(rows, options).prefer({ resolution: 'ignore-duplicates' })
  }

  update(changes: object): Builder {
    const query = { kind: 'update', body: jsonBody(changes), columns: null } as const
    return this.write(query).change({ unfiltered: true })
  }

  delete(): Builder {
    return this.write({ kind: 'delete' }).change({ unfiltered: true })
  }

  private write(query: Parameters<Relation['begin']>[0]): Builder {
    return this.begin(query).prefer({ return: 'minimal' })
  }
}
