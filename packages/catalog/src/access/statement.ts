import type { QualifiedName, Relation, Signature } from '../model/catalog.js'
import type { CatalogIndex } from '../model/index-catalog.js'
import { bodyRefusal } from './body.js'
import { keyOf } from './effective-privileges.js'
import { valueRefusal } from './expressions.js'
import { firstIn, firstOf, type Refusal } from './refusal.js'
import { RelationAccess } from './relation-access.js'
import { Reading } from './select/reading.js'
import { type WriteCommand, writeTarget } from './write/target.js'

/** What a request of the API asks of PostgreSQL's privileges, one relation or routine at a time. */
export type Statement =
  /** these columns are selected, filtered or ordered by; none: rows are counted */
  | { readonly kind: 'read'; readonly relation: QualifiedName; readonly columns: readonly string[] }
  /** a function of the relation's row: a computed field or relationship */
  | { readonly kind: 'compute'; readonly relation: QualifiedName; readonly routine: Signature }
  | { readonly kind: 'insert' | 'update'; readonly relation: QualifiedName; readonly columns: readonly string[] }
  | { readonly kind: 'delete'; readonly relation: QualifiedName }
  /** RETURNING, ON CONFLICT and conditions: what a write reads */
  | {
      readonly kind: 'read while writing'
      readonly relation: QualifiedName
      readonly command: WriteCommand
      readonly columns: readonly string[]
    }
  /** `omitted`: names of arguments that are left out, so that their defaults are computed */
  | { readonly kind: 'call'; readonly routine: Signature; readonly omitted: readonly string[] }

/** Decides statements of one role by the catalog alone. */
export class StatementAccess {
  readonly #access: RelationAccess

  /** @throws UnknownNameError, MissingPrivilegesError */
  constructor(
    readonly index: CatalogIndex,
    role: string,
  ) {
    this.#access = new RelationAccess(new Reading(index, role))
  }

  /** Whether no privilege is missing. What else a statement may fail by, such as a value that is not given, is no matter. */
  isAllowed(statement: Statement): boolean {
    const refusal = this.#refusalOf(statement)
    return refusal === null || refusal.rule === 'required'
  }

  #refusalOf(statement: Statement): Refusal | null {
    if (statement.kind === 'call') return this.#callRefusal(statement.routine, statement.omitted)
    const relation = this.index.relations.get(statement.relation)
    if (relation === undefined) return null
    switch (statement.kind) {
      case 'read':
        return this.#readRefusal(relation, statement.columns)
      case 'compute':
        return firstOf(
          () =>
            this.#access.select(
              relation,
              relation.columns.map(({ name }) => name),
            ).refusal,
          () => this.#callRefusal(statement.routine, []),
        )
      case 'insert':
        return this.#access.insert(relation, statement.columns).refusal
      case 'update':
        return this.#access.update(relation, statement.columns).refusal
      case 'delete':
        return this.#access.delete(relation).refusal
      case 'read while writing':
        return this.#readWhileWritingRefusal(relation, statement.command, statement.columns)
    }
  }

  #readRefusal(relation: Relation, columns: readonly string[]): Refusal | null {
    const { reading } = this.#access
    return firstOf(
      () => this.#access.select(relation, columns).refusal,
      () => (columns.length === 0 ? null : reading.filterRefusal(relation)),
    )
  }

  #readWhileWritingRefusal(relation: Relation, command: WriteCommand, columns: readonly string[]): Refusal | null {
    if (writeTarget(relation, command).kind === 'none') return null
    const { reading } = this.#access
    const key = keyOf(relation)
    return firstOf(
      () => reading.current.columnsRefusal(key, 'select', columns),
      () => reading.columnsRefusal(key, columns),
      () => this.#access.readWhileWriting(relation, command).refusal,
    )
  }

  #callRefusal(signature: Signature, omitted: readonly string[]): Refusal | null {
    const routine = this.index.routines.get(signature)
    const { current } = this.#access.reading
    if (routine === undefined) return null
    return firstOf(
      () => current.schemaRefusal(routine.schema),
      () => current.functionRefusal(signature),
      () =>
        firstIn(routine.arguments, ({ name, defaultUses }) =>
          omitted.includes(name) ? valueRefusal(current, defaultUses, () => 'Its default is computed.') : null,
        ),
      () => bodyRefusal(routine, signature, this.#access),
    )
  }
}
