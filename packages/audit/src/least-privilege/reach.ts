import {
  type CatalogIndex,
  type ExpressionUses,
  qualifiedName,
  type Relation,
  type Routine,
  type Signature,
  type Statement,
  signatureOfRoutine,
} from '@rolecast/catalog'

/** Objects that a statement may touch, however indirectly, by their names in SQL. */
export interface Reach {
  readonly relations: ReadonlySet<string>
  readonly routines: ReadonlySet<Signature>
  readonly sequences: ReadonlySet<string>
}

/**
 * All that statements lead to: through views, policies, defaults, checks, triggers, rules and functions' bodies. Foreign keys
 * are PostgreSQL's own to check, as the tables' owners.
 */
export function reachOf(index: CatalogIndex, statements: Iterable<Statement>): Reach {
  const walk = new Walk(index)
  for (const statement of statements) {
    if ('relation' in statement) walk.relation(statement.relation, isWrite(statement))
    if ('routine' in statement) walk.routine(statement.routine)
  }
  return walk
}

const isWrite = ({ kind }: Statement) => kind === 'insert' || kind === 'update' || kind === 'delete'

class Walk implements Reach {
  readonly #written = new Set<string>()
  readonly relations = new Set<string>()
  readonly routines = new Set<Signature>()
  readonly sequences = new Set<string>()

  constructor(readonly index: CatalogIndex) {}

  relation(key: string, isWritten = false): void {
    const relation = this.index.relations.get(key)
    if (relation === undefined) return
    if (isWritten && !this.#written.has(key)) {
      this.#written.add(key)
      this.#triggersAndRules(relation)
      for (const read of relation.view?.tables ?? []) this.relation(read.relation, true)
      for (const { schema, name } of this.index.children.get(key) ?? [])
        this.relation(qualifiedName(schema, name), true)
    }
    if (this.relations.has(key)) return
    this.relations.add(key)
    for (const read of relation.view?.reads ?? []) this.relation(read.relation)
    this.#named(relation.view?.functions ?? [])
    for (const { using, check } of relation.policies) {
      for (const expression of [using, check]) if (expression) this.#uses(expression.uses)
    }
    for (const column of relation.columns) {
      this.#uses(column.defaultUses)
      this.#domain(column.type.type)
    }
    for (const { functions } of relation.constraints) this.#named(functions)
    for (const { uses } of relation.indexes) this.#uses(uses)
    this.#named(relation.partitionFunctions)
  }

  #triggersAndRules({ triggers, rules }: Relation): void {
    for (const { function: signature, conditionUses } of triggers) {
      this.routine(signature)
      this.#uses(conditionUses)
    }
    for (const { uses } of rules) {
      this.#named(uses.functions)
      for (const { sequence } of uses.sequences) this.sequences.add(sequence)
      for (const { relation } of uses.relations) this.relation(relation, true)
    }
  }

  routine(signature: Signature): void {
    if (this.routines.has(signature)) return
    this.routines.add(signature)
    const routine = this.index.routines.get(signature)
    if (routine) this.#bodyOf(routine)
  }

  #bodyOf(routine: Routine): void {
    for (const { defaultUses, type } of routine.arguments) {
      this.#uses(defaultUses)
      this.#domain(type.type)
    }
    this.#named(routine.body?.functions ?? [])
    for (const { sequence } of routine.body?.sequences ?? []) this.sequences.add(sequence)
    for (const { relation, ...needs } of routine.body?.relations ?? []) {
      this.relation(relation, needs.delete || needs.insert !== null || needs.update !== null)
    }
    if (routine.body === null) this.#spokenOf(routine)
  }

  /** Of a body that only PostgreSQL can read: all that it names. */
  #spokenOf(routine: Routine): void {
    const code = this.index.catalog.security?.code[signatureOfRoutine(routine)]
    for (const relation of code?.relations ?? []) this.relation(relation, code?.writes.includes(relation) ?? false)
    for (const name of code?.calls ?? []) {
      for (const called of this.index.routinesByName.get(name) ?? []) this.routine(signatureOfRoutine(called))
    }
  }

  #domain(key: string): void {
    const type = this.index.types.get(key)
    if (type?.kind === 'domain') for (const { functions } of type.checks) this.#named(functions)
  }

  #uses({ functions, sequences, reads }: ExpressionUses): void {
    this.#named(functions)
    for (const { sequence } of sequences) this.sequences.add(sequence)
    for (const { relation } of reads) this.relation(relation)
  }

  #named(functions: readonly Signature[]): void {
    for (const signature of functions) this.routine(signature)
  }
}
