import { printName } from '@rolecast/grammar'
import { jsonBody } from './query/body.js'
import { Builder } from './query/builder.js'
import { countOf, wordOf } from './query/checks.js'
import type { FilterObject } from './query/conditions.js'
import { readRows } from './query/read.js'
import type { State } from './query/state.js'
import { Relation } from './relation.js'
import type { ConflictOptions } from './types/write.js'

type Row = Readonly<Record<string, unknown>>
type Conflict = ConflictOptions<readonly string[]>

/** A relation of a client whose role may write some of them: all verbs, whatever the generated types offer. */
export class WritableRelation extends Relation {
  /**
   * Rows with different keys need the columns named, and something said of what a missing key means. Of a merge the user
   * has to say it: a default would replace what is there.
   */
  insert(rows: Row | readonly Row[], { onConflict, missing }: Conflict = {}, resolution?: string): WriteBuilder {
    const keys = [rows].flat().map((row) => Object.keys(row).filter((key) => (row as Row)[key] !== undefined))
    const columns = [...new Set(keys.flat())]
    const isMixed = resolution !== 'merge-duplicates' && keys.some(({ length }) => length < columns.length)
    const what = missing === undefined ? isMixed && 'default' : wordOf('missing', missing, 'default|null')
    const list = (name: string, names: readonly string[]) => [name, names.map(printName).join()] as const
    return this.write('POST', {
      where: [...(onConflict ? [list('on_conflict', onConflict)] : []), ...(what ? [list('columns', columns)] : [])],
      ...jsonBody(rows),
      prefer: { ...(resolution && { resolution }), ...(what && { missing: what }), return: 'minimal' },
    })
  }

  upsert(rows: Row | readonly Row[], options?: Conflict): WriteBuilder {
    return this.insert(rows, options, 'merge-duplicates')
  }

  insertOrIgnore(rows: Row | readonly Row[], options?: Conflict): WriteBuilder {
    return this.insert(rows, options, 'ignore-duplicates')
  }

  update(changes: object): WriteBuilder {
    return this.write('PATCH', { ...jsonBody(changes), unfiltered: true })
  }

  delete(): WriteBuilder {
    return this.write('DELETE', { unfiltered: true })
  }

  private write(method: State['method'], changes: Partial<State>): WriteBuilder {
    return new WriteBuilder({ ...this.start, method, prefer: { return: 'minimal' }, ...changes })
  }
}

/** A write, and the rows that come back from it. */
export class WriteBuilder extends Builder {
  returning(...names: string[]): this {
    return this.select(...names)
      .prefer({ return: 'representation' })
      .change({ read: readRows })
  }

  override filter(filters: readonly FilterObject[], isTree?: boolean): this {
    const query = super.filter(filters, isTree)
    return query.state.where.length > this.state.where.length ? query.all() : query
  }

  all(): this {
    return this.change({ unfiltered: false })
  }

  maxAffected(rows: number): this {
    return this.prefer({ handling: 'strict', 'max-affected': countOf('maxAffected', rows) })
  }

  rollback(): this {
    return this.prefer({ tx: 'rollback' })
  }

  override async send(): Promise<unknown> {
    if (this.state.unfiltered) throw new TypeError('Say which rows are meant: where(…), or all()')
    return super.send()
  }
}
