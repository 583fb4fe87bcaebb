import type { QualifiedName, Relation } from '../model/catalog.js'
import { keyOf } from './effective-privileges.js'
import { type Decision, firstOf, type Refusal, refuse, refused } from './refusal.js'
import type { Reading } from './select/reading.js'
import { decideDiscarded, type WriteCommand, writeTarget } from './write/target.js'
import { requiredOf } from './write/write-columns.js'
import { Writing } from './write/writing.js'

/** What the role that runs statements may do with relations named in them: rules 2 to 18, one question at a time. */
export class RelationAccess {
  readonly writing: Writing

  constructor(readonly reading: Reading) {
    this.writing = new Writing(reading)
  }

  /** `SELECT c, … FROM r`; without columns `SELECT count(*)`. */
  select(relation: Relation, columns: readonly string[]): Decision {
    const { current } = this.reading
    const schema = current.schemaRefusal(relation.schema)
    return schema ? refused(schema) : this.reading.read(keyOf(relation), current, columns)
  }

  /** `INSERT INTO r (c, …) VALUES (…)` */
  insert(relation: Relation, columns: readonly string[]): Decision {
    const { current } = this.reading
    const schema = current.schemaRefusal(relation.schema)
    return schema ? refused(schema) : this.writing.insert(relation, current, columns)
  }

  /** `UPDATE r SET c = …, …` */
  update(relation: Relation, columns: readonly string[]): Decision {
    const { current } = this.reading
    const schema = current.schemaRefusal(relation.schema)
    return schema ? refused(schema) : this.writing.update(relation, current, columns)
  }

  /** `DELETE FROM r` */
  delete(relation: Relation): Decision {
    const { current } = this.reading
    const schema = current.schemaRefusal(relation.schema)
    return schema ? refused(schema) : this.writing.delete(relation, current)
  }

  /** What a write needs on top once it also reads: returns, filters, or looks for conflicts. */
  readWhileWriting(relation: Relation, command: WriteCommand): Decision {
    const target = writeTarget(relation, command)
    const { current } = this.reading
    if (target.kind === 'trigger' && command === 'insert') return { refusal: null, rows: 'all' }
    const body = this.reading.body(keyOf(relation), current)
    if (target.kind === 'rules') return { refusal: this.reading.rowsRefusal(relation), rows: body.rows }
    if (target.kind !== 'view') return body
    const ruled = this.#ruledBehind(target.base, command)
    return {
      refusal: firstOf(
        () => body.refusal,
        () => this.reading.tablesRefusal(relation),
        () => ruled && this.reading.rowsRefusal(ruled),
      ),
      rows: body.rows,
    }
  }

  /** The relation behind views whose rules replace the write. */
  #ruledBehind(base: QualifiedName, command: WriteCommand): Relation | null {
    const relation = this.reading.index.relations.get(base)
    const target = relation && writeTarget(relation, command)
    if (target?.kind === 'view') return this.#ruledBehind(target.base, command)
    return relation && target?.kind === 'rules' ? relation : null
  }

  /** Whether an insert with everything that may be given can succeed at all. */
  insertOf(relation: Relation, columns: readonly string[]): Decision {
    if (decideDiscarded(this.reading.index, relation, 'insert', columns)) return refused(discarded(relation))
    const required = requiredOf(relation, this.writing)
    const missing = required.columns.find((column) => !columns.includes(column))
    if (required.isImpossible || missing !== undefined) return refused(notGiven(relation, missing))
    return columns.length === 0 ? refused(notGiven(relation, undefined)) : this.insert(relation, columns)
  }
}

function discarded(relation: Relation): Refusal {
  return refuse('not updatable', () => `A rule on ${keyOf(relation)} does nothing instead of INSERT.`)
}

function notGiven(relation: Relation, column: string | undefined): Refusal {
  const what = column === undefined ? 'A column' : `The column ${JSON.stringify(column)}`
  return refuse('required', () => `${what} of ${keyOf(relation)} must be given, and cannot be.`)
}
