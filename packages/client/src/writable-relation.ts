import { type PrintedRequest, printName } from '@rolecast/grammar'
import { countOf, wordOf } from './checks.js'
import { headerOf } from './http/response.js'
import type { RelationMeta } from './metadata.js'
import { jsonBody } from './query/body.js'
import type { FilterObject } from './query/conditions.js'
import { type Column, nameIn } from './query/items.js'
import { OnceBuilder } from './query/once.js'
import { readNothing, readRows } from './query/read.js'
import { send } from './query/send.js'
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
  insert(given: Row | readonly Row[], { onConflict, missing }: Conflict = {}, resolution?: string): WriteBuilder {
    const { meta } = this.start
    const rows = Array.isArray(given) ? given.map((row) => rowIn(meta, row)) : rowIn(meta, given as Row)
    const keys = [rows].flat().map((row) => Object.keys(row).filter((key) => (row as Row)[key] !== undefined))
    const columns = [...new Set(keys.flat())]
    const isMixed = resolution !== 'merge-duplicates' && keys.some(({ length }) => length < columns.length)
    const what = missing === undefined ? isMixed && 'default' : wordOf('missing', missing, 'default|null')
    const list = (name: string, names: readonly string[]) => [name, names.map(printName).join()] as const
    return this.write('POST', {
      where: [
        ...(onConflict
          ? [
              list(
                'on_conflict',
                onConflict.map((name) => nameIn(meta, name)),
              ),
            ]
          : []),
        ...(what ? [list('columns', columns)] : []),
      ],
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

  update(changes: Row): WriteBuilder {
    return this.write('PATCH', { ...jsonBody(rowIn(this.start.meta, changes)), unfiltered: true, read: readAffected })
  }

  delete(): WriteBuilder {
    return this.write('DELETE', { unfiltered: true })
  }

  private write(method: State['method'], changes: Partial<State>): WriteBuilder {
    return new WriteBuilder({ ...this.start, method, prefer: { return: 'minimal' }, read: readNothing, ...changes })
  }
}

/** A row by the database's names. */
function rowIn(meta: RelationMeta, row: Row): Row {
  return meta[5] ? Object.fromEntries(Object.entries(row).map(([name, value]) => [nameIn(meta, name), value])) : row
}

/** A write, and the rows that come back from it. */
export class WriteBuilder extends OnceBuilder {
  returning(...columns: Column[]): this {
    return this.select(...columns)
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

  /** @throws TypeError of an insert: servers bound updates and deletes only */
  maxAffected(rows: number): this {
    if (this.state.method === 'POST') throw new TypeError('maxAffected() is of update() and delete()')
    return this.prefer({ handling: 'strict', 'max-affected': countOf('maxAffected', rows) })
  }

  rollback(): this {
    return this.prefer({ tx: 'rollback' })
  }

  override withResponse(): this {
    const query = super.withResponse().prefer({ count: 'exact' })
    const { read } = query.state
    return query.change({
      read: (text, state, response) => ({
        ...(read(text, state, response) as object),
        location: headerOf(response, 'Location'),
        affected: affectedIn(response),
      }),
    })
  }

  override toRequest(): PrintedRequest {
    if (this.state.unfiltered) throw new TypeError('Say which rows are meant: where(…), or all()')
    return super.toRequest()
  }

  protected override async sendOnce(): Promise<unknown> {
    const { prefer } = this.state
    return send(this.state, this.toRequest(), (response) => {
      const applied = headerOf(response, 'Preference-Applied') ?? ''
      for (const name of ['tx', 'max-affected']) {
        if (name in prefer && !applied.includes(`${name}=${prefer[name]}`)) {
          throw new TypeError(`The server did not apply ${name}=${prefer[name]}: the write may have been committed`)
        }
      }
    })
  }
}

/** @throws TypeError where the answer does not say how many rows were hit */
const readAffected: State['read'] = (text, state, response) => {
  readNothing(text, state, response)
  const affected = affectedIn(response)
  if (affected === null) throw new TypeError('The answer does not say how many rows it is about')
  return affected
}

/**
 * How many rows a write hit: `Content-Range: 0-24/*` says which came, `0-24/25` the total as well, and without rows there
 * is nothing before the slash (PostgREST, "Counting"). Null where it does not say.
 */
function affectedIn(response: Response): number | null {
  const range = headerOf(response, 'Content-Range') ?? ''
  const [, from, to, total] = /^(?:(\d+)-(\d+)|\*)\/(\d+|\*)$/.exec(range) ?? []
  if (total === undefined) return null
  return total === '*' ? (to ? Number(to) - Number(from) + 1 : 0) : Number(total)
}
