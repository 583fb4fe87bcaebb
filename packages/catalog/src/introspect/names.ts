import type {
  CodeUses,
  ExpressionUses,
  QualifiedName,
  RangeTableEntryPrivileges,
  RelationRead,
  SequenceUse,
  Signature,
  TypeUse,
} from '../model/catalog.js'
import { byNames, compareNames, parseSqlName, qualifiedName, signatureOf, sortedNames } from '../postgres/names.js'
import type { ColumnOfRelation } from './expressions/column-of-relation.js'
import type { RelationUse, TreeUses } from './expressions/tree-dependencies.js'
import { constantOfFunction } from './objects/constant-function.js'
import type {
  ColumnRow,
  RelationRow,
  RoleRow,
  RoutineRow,
  SchemaRow,
  SequenceRow,
  TypeNameRow,
} from './objects/rows.js'
import { runsCode } from './objects/runs-code.js'

interface NamedRelation {
  readonly key: QualifiedName
  readonly columns: Map<number, string>
}

/** By object id (src/include/catalog/pg_proc.dat). */
const nextval = 1574

/** Object ids to names: the only way from PostgreSQL's rows to the catalog, which has no ids. */
export class Names {
  readonly #roles: ReadonlyMap<number, string>
  readonly #schemas: ReadonlyMap<number, string>
  readonly #types: ReadonlyMap<number, TypeNameRow>
  readonly #relations = new Map<number, NamedRelation>()
  readonly #routines = new Map<
    number,
    {
      signature: Signature
      isVolatile: boolean
      isImmutable: boolean
      isOpen: boolean
      runsCode: boolean
      constant: boolean | null
    }
  >()
  readonly #sequences = new Map<number, QualifiedName>()
  readonly #sequenceNames = new Set<QualifiedName>()
  readonly #uses = new Map<number, TypeUse>()

  constructor(roles: readonly RoleRow[], schemas: readonly SchemaRow[], types: readonly TypeNameRow[]) {
    this.#roles = new Map(roles.map(({ oid, name }) => [oid, name]))
    this.#schemas = new Map(schemas.map(({ oid, name }) => [oid, name]))
    this.#types = new Map(types.map((type) => [type.oid, type]))
  }

  addRelations(relations: readonly RelationRow[], columns: readonly ColumnRow[]): void {
    for (const row of relations) {
      this.#relations.set(row.oid, { key: qualifiedName(this.schema(row.namespace), row.name), columns: new Map() })
    }
    for (const row of columns) this.#relations.get(row.relation)?.columns.set(row.number, row.name)
  }

  addRoutines(routines: readonly RoutineRow[]): void {
    for (const row of routines) {
      this.#routines.set(row.oid, {
        signature: signatureOf(
          this.schema(row.namespace),
          row.name,
          row.inputs.map((type) => this.formatted(type)),
        ),
        isVolatile: row.volatility === 'v',
        isImmutable: row.volatility === 'i',
        isOpen: row.isBuiltIn && row.acl === null,
        runsCode: runsCode(row),
        constant: constantOfFunction(row),
      })
    }
  }

  addSequences(sequences: readonly SequenceRow[]): void {
    for (const row of sequences) {
      const name = qualifiedName(this.schema(row.namespace), row.name)
      this.#sequences.set(row.oid, name)
      this.#sequenceNames.add(name)
    }
  }

  /** A role that was dropped leaves its id behind, in ownership or grants: PostgreSQL prints that too. */
  role(oid: number): string {
    return this.#roles.get(oid) ?? String(oid)
  }
  schema(oid: number): string {
    return this.#schemas.get(oid) ?? String(oid)
  }
  relation(oid: number): QualifiedName | undefined {
    return this.#relations.get(oid)?.key
  }
  column(relation: number, number: number): string | undefined {
    return this.#relations.get(relation)?.columns.get(number)
  }
  columns(relation: number, numbers: readonly number[]): string[] {
    return numbers.flatMap((number) => this.column(relation, number) ?? [])
  }
  routine(oid: number): Signature | undefined {
    return this.#routines.get(oid)?.signature
  }
  formatted(type: number): string {
    return this.#types.get(type)?.formatted ?? '???'
  }

  /** @param formatted the type with its modifier, where it has one */
  type(oid: number, formatted?: string | null): TypeUse {
    if (formatted) return { ...this.type(oid), formatted }
    const known = this.#uses.get(oid)
    if (known !== undefined) return known
    const row = this.#types.get(oid)
    const item = row?.element ? this.#types.get(row.element) : row
    const use = {
      type: item ? qualifiedName(this.schema(item.namespace), item.name) : 'pg_catalog.unknown',
      array: Boolean(row?.element),
      formatted: this.formatted(oid),
    }
    this.#uses.set(oid, use)
    return use
  }

  /** What evaluating an expression calls, without the built-in functions that nobody has restricted. */
  functions(uses: TreeUses): Signature[] {
    return this.#listed(new Set([...uses.functions, ...this.#plannedIds(uses)]))
  }
  /** Those that the planner calls itself: immutable ones, called with constants. */
  planned(uses: TreeUses): Signature[] {
    return this.#listed(new Set(this.#plannedIds(uses)))
  }
  #plannedIds(uses: TreeUses): number[] {
    const made = uses.constantCalls.filter((call) => call.every((oid) => this.#isImmutable(oid)))
    return made.flatMap(([called]) => called ?? [])
  }
  #isImmutable(oid: number): boolean {
    return this.#routines.get(oid)?.isImmutable === true
  }
  #listed(oids: Iterable<number>): Signature[] {
    const listed = [...oids].flatMap((oid) => this.#routines.get(oid) ?? []).filter(({ isOpen }) => !isOpen)
    return sortedNames(listed.map(({ signature }) => signature))
  }
  /** A call without arguments, where the planner does more with it than calling it for each row. */
  plannedCall(oid: number): { call: Signature; value: boolean | null; immutable: boolean } | undefined {
    const routine = this.#routines.get(oid)
    if (routine === undefined || routine.isOpen || (routine.constant === null && !routine.isImmutable)) return undefined
    return { call: routine.signature, value: routine.constant, immutable: routine.isImmutable }
  }
  sequence(oid: number): QualifiedName | undefined {
    return this.#sequences.get(oid)
  }
  /** Each once. What text names without a schema is left out: the search path decides, and it is the session's. */
  sequenceUses({ sequences }: TreeUses): SequenceUse[] {
    const uses = sequences.flatMap(({ call, sequence: named }): SequenceUse[] => {
      const isLookedUp = typeof named === 'string'
      const sequence = isLookedUp ? this.#sequenceNamed(named) : this.sequence(named)
      return sequence === undefined ? [] : [{ call, sequence, isLookedUp }]
    })
    const once = new Map(uses.map((use) => [`${use.call} ${use.isLookedUp} ${use.sequence}`, use]))
    return [...once].sort(byNames(([key]) => key)).map(([, use]) => use)
  }
  #sequenceNamed(text: string): QualifiedName | undefined {
    const parts = parseSqlName(text)
    const name = parts && qualifiedName(parts.schema, parts.name)
    return name !== undefined && this.#sequenceNames.has(name) ? name : undefined
  }
  isVolatile(uses: TreeUses): boolean {
    return [...uses.functions, ...uses.foldedFunctions].some((oid) => this.#routines.get(oid)?.isVolatile)
  }

  code(uses: TreeUses): CodeUses {
    const functions = [...uses.functions, ...uses.foldedFunctions, ...uses.constantCalls.flat()]
    return {
      runs: functions.some((oid) => oid !== 0 && this.#routines.get(oid)?.runsCode !== false),
      advances: functions.includes(nextval),
      types: sortedNames([...uses.types].map((oid) => this.type(oid).type)).filter(
        (name) => !name.startsWith('pg_catalog.'),
      ),
    }
  }

  uses(uses: TreeUses, checkedAs: RelationRead['checkedAs'] = 'current'): ExpressionUses {
    return {
      functions: this.functions(uses),
      evaluatedAtPlanTime: this.planned(uses),
      sequences: this.sequenceUses(uses),
      volatile: this.isVolatile(uses),
      reads: this.reads(uses.relations, checkedAs),
      code: this.code(uses),
    }
  }

  reads(relations: readonly RelationUse[], checkedAs: RelationRead['checkedAs']): RelationRead[] {
    return relations.flatMap((use) => this.#read(use, checkedAs))
  }

  #read(use: RelationUse, checkedAs: RelationRead['checkedAs']): RelationRead[] {
    const relation = this.relation(use.relation)
    if (relation === undefined || use.select === null) return []
    return [{ relation, columns: this.columns(use.relation, use.select), wholeRow: use.select.includes(0), checkedAs }]
  }

  /** What one range table entry is checked for; a whole row is all of its columns. */
  access({
    relation: oid,
    select,
    insert,
    update,
    delete: isDeleted,
  }: RelationUse): RangeTableEntryPrivileges | undefined {
    const relation = this.#relations.get(oid)
    if (relation === undefined) return undefined
    const named = (numbers: readonly number[] | null) =>
      numbers && (numbers.includes(0) ? [...relation.columns.values()] : this.columns(oid, numbers))
    return {
      relation: relation.key,
      select: named(select),
      insert: named(insert),
      update: named(update),
      delete: isDeleted,
    }
  }

  inputs(inputs: readonly ColumnOfRelation[]): { relation: QualifiedName; column: string }[] {
    const named = inputs.flatMap(({ relation, attribute }) => {
      const key = this.relation(relation)
      const known = this.#relations.get(relation)?.columns
      const columns = attribute === 0 ? [...(known?.values() ?? [])] : [known?.get(attribute)]
      return key === undefined
        ? []
        : columns.flatMap((column) => (column === undefined ? [] : { relation: key, column }))
    })
    return named.sort((a, b) => compareNames(a.relation, b.relation) || compareNames(a.column, b.column))
  }
}
