import type { Constraint, ForeignKeyAction, Relation } from '../../model/catalog.js'
import { quoteIdentifier } from '../../postgres/names.js'
import { keyOf } from '../effective-privileges.js'
import { firstIn, firstOf, type Refusal, within } from '../refusal.js'
import type { Reading } from '../select/reading.js'
import { scanRefusal } from '../select/scanning.js'

/**
 * The queries that foreign keys run at the end of a statement (ri_triggers.c), each as the owner of the table that it
 * names: an owner who lost a grant on the table, or USAGE on its schema, makes the whole statement fail. Row-level
 * security is passed by.
 */
export class ForeignKeys {
  constructor(readonly reading: Reading) {}

  /** A new key is looked up in the table that it references. @param given columns with a new value that is not null */
  ofWrittenRows(relation: Relation, given: readonly string[], isUpdate: boolean): Refusal | null {
    return firstIn(relation.constraints, (constraint) => {
      if (constraint.references === null || constraint.enforcement?.isDeferred !== false) return null
      const isGiven = (name: string) => given.includes(name)
      if (isUpdate ? !constraint.columns.some(isGiven) : !constraint.columns.every(isGiven)) return null
      const referenced = this.reading.index.relations.get(constraint.references.relation)
      if (referenced === undefined) return null
      const lookUp = this.#locking(referenced, constraint.references.columns)
      return within(() => `${nameOf(relation, constraint)} is checked as the owner of ${keyOf(referenced)}.`, lookUp)
    })
  }

  /** Rows that reference a row which goes, or whose key changes. @param updated columns with a new value; null: it goes */
  ofReferencedRows(referenced: Relation, updated: readonly string[] | null): Refusal | null {
    return firstIn(this.reading.index.referencing.get(keyOf(referenced)) ?? [], ({ relation, constraint }) => {
      const { references, enforcement } = constraint
      if (references === null || enforcement === null || enforcement.isCopy) return null
      if (updated !== null && !references.columns.some((name) => updated.includes(name))) return null
      const action = updated === null ? enforcement.onDelete : enforcement.onUpdate
      if (action === 'no action' && enforcement.isDeferred) return null
      const refusal = firstOf(
        () => (action === 'no action' ? this.#locking(referenced, references.columns) : null),
        () => this.#acting(relation, constraint, action, updated === null),
      )
      return within(() => `${nameOf(relation, constraint)} acts as the owner of ${keyOf(relation)}.`, refusal)
    })
  }

  #acting(relation: Relation, { columns }: Constraint, action: ForeignKeyAction, isDelete: boolean): Refusal | null {
    if (action === 'no action' || action === 'restrict') return this.#locking(relation, columns)
    const owner = this.reading.as(relation.owner)
    const key = keyOf(relation)
    return firstOf(
      () => owner.schemaRefusal(relation.schema),
      () => scanRefusal(this.reading, relation, owner),
      () => owner.columnsRefusal(key, 'select', columns),
      () =>
        action === 'cascade' && isDelete ? owner.deleteRefusal(key) : owner.columnsRefusal(key, 'update', columns),
    )
  }

  /** SELECT ... FOR KEY SHARE, which asks for UPDATE on any column. */
  #locking(relation: Relation, columns: readonly string[]): Refusal | null {
    const owner = this.reading.as(relation.owner)
    const key = keyOf(relation)
    return firstOf(
      () => owner.schemaRefusal(relation.schema),
      () => scanRefusal(this.reading, relation, owner),
      () => owner.columnsRefusal(key, 'select', columns),
      () => owner.columnsRefusal(key, 'update', []),
    )
  }
}

function nameOf(relation: Relation, { name }: Constraint): string {
  return `The foreign key ${quoteIdentifier(name)} of ${keyOf(relation)}`
}
