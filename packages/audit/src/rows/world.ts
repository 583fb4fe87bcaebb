import { type Catalog, indexCatalog, type QualifiedName, type Relation, type Security } from '@rolecast/catalog'
import { keyOfColumn, keyOfRelation, type MinedClaims, mineClaims } from './claims.js'
import { type ToldApart, toldApart } from './interesting.js'
import type { Persona, RowDraft, SeedRow } from './row.js'
import { candidatesFor, isRequired } from './values.js'

/** What the claims of a persona say, by path (as JSON). */
export type ClaimValues = ReadonlyMap<string, string>

/**
 * Drafts the rows that tests need: for each table one of persona a and one of persona b, who refer to rows of their own
 * only, and variations of these in the columns that conditions look at.
 */
export class World {
  readonly mined: MinedClaims
  readonly toldApart: ToldApart
  /** tables, those before that others refer to */
  readonly order: readonly QualifiedName[]
  readonly #bound = new Map<string, readonly string[]>()
  readonly #claims: Readonly<Record<Persona, ClaimValues>>
  #serial = 0

  constructor(
    readonly catalog: Catalog,
    security: Security,
    exposed: readonly string[],
  ) {
    this.mined = mineClaims(catalog, security)
    this.toldApart = toldApart(catalog, security)
    this.order = parentsFirst(catalog, tablesNeeded(catalog, security, exposed))
    this.#spreadBinding()
    this.#claims = { a: this.#valuesOf(1), b: this.#valuesOf(2) }
  }

  claimsOf(persona: Persona): ClaimValues {
    return this.#claims[persona]
  }

  /** The path of the claim that a column is compared with, itself or by way of its foreign keys. */
  claimOf(relation: QualifiedName, column: string): readonly string[] | undefined {
    return this.#bound.get(keyOfColumn({ relation, column }))
  }

  /** The values of a column that conditions tell apart. */
  toldApartOf(relation: QualifiedName, column: string): readonly (string | null)[] {
    return this.toldApart.get(keyOfColumn({ relation, column })) ?? []
  }

  /** A row of a persona's own. `made`: the rows that are there, which it may refer to. */
  draft(key: QualifiedName, persona: Persona, made: readonly SeedRow[]): RowDraft {
    const relation = this.#relation(key)
    this.#serial += 1
    const columns: Record<string, readonly (string | null)[]> = {}
    const primary = primaryKey(relation)
    const unique = new Set(
      [
        ...relation.constraints.filter(({ kind }) => kind === 'unique'),
        ...relation.indexes.filter(({ unique }) => unique),
      ].flatMap(({ columns: names }) => names),
    )
    for (const column of relation.columns) {
      if (column.generated !== null) continue
      const path = this.claimOf(key, column.name)
      const claim = path && this.#claims[persona].get(JSON.stringify(path))
      const told = this.toldApart.get(keyOfColumn({ relation: key, column: column.name }))
      const checks = relation.constraints.flatMap(({ kind, expression, columns: names }) =>
        kind === 'check' && expression !== null && names.includes(column.name) ? [expression] : [],
      )
      // What triggers take from must have something in it.
      const isLimited =
        checks.some((check) => /> ?=?/.test(check)) &&
        /^(smallint|integer|bigint|numeric|real|double)/.test(column.type.formatted)
      const isWanted =
        isLimited ||
        isRequired(this.catalog, column) ||
        primary.includes(column.name) ||
        told !== undefined ||
        claim !== undefined
      if (!isWanted && !(unique.has(column.name) && column.default === null && column.identity === null)) continue
      const plain =
        column.type.formatted === 'name'
          ? [...(this.catalog.security?.apiRoles ?? []), 'rolecast']
          : candidatesFor(this.catalog, column.type, this.#serial, checks)
      const isKey = primary.includes(column.name) || unique.has(column.name)
      const preferred = claim !== undefined ? [claim] : isKey ? [] : (told ?? (isLimited ? ['100'] : []))
      columns[column.name] = [...new Set([...preferred, ...plain])]
    }
    this.#refer(relation, persona, made, columns)
    return {
      label: `${relation.name} of ${persona}`,
      relation: key,
      persona,
      columns,
      key: primary.length > 0 ? primary : Object.keys(columns),
      varied: null,
    }
  }

  /** The same row, but for one column that a condition looks at, and its key. Empty: there is nothing to vary. */
  variations(key: QualifiedName, persona: Persona, made: readonly SeedRow[]): readonly RowDraft[] {
    const relation = this.#relation(key)
    const referring = new Set(
      relation.constraints.filter(({ kind }) => kind === 'foreign key').flatMap(({ columns }) => columns),
    )
    return relation.columns.flatMap(({ name }) => {
      const values = this.toldApart.get(keyOfColumn({ relation: key, column: name })) ?? []
      const isOwn = this.claimOf(key, name) !== undefined || referring.has(name) || primaryKey(relation).includes(name)
      return isOwn
        ? []
        : values.slice(1).map((value) => {
            const draft = this.draft(key, persona, made)
            const label = `${draft.label}, ${name} ${value ?? 'null'}`
            return { ...draft, label, columns: { ...draft.columns, [name]: [value] }, varied: name }
          })
    })
  }

  /** New values for a row's own key, so that a second one like it can be made; `isFresh` false: its key is not its own to choose. */
  fresh(
    row: SeedRow,
    made: readonly SeedRow[],
  ): { readonly values: Readonly<Record<string, string | null>>; readonly isFresh: boolean } {
    const relation = this.#relation(row.relation)
    const { columns } = this.draft(row.relation, row.persona, made)
    const referring = relation.constraints
      .filter(({ kind }) => kind === 'foreign key')
      .flatMap(({ columns: names }) => names)
    const isOwn = (name: string) => !referring.includes(name) && this.claimOf(row.relation, name) === undefined
    const keys = [
      ...relation.constraints
        .filter(({ kind }) => kind === 'primary key' || kind === 'unique')
        .map(({ columns: names }) => names),
      ...relation.indexes
        .filter(({ unique }) => unique)
        .map(({ columns: names }) => names.filter((name) => name !== null)),
    ]
    const own = keys.flat().filter((name) => isOwn(name) && columns[name] !== undefined)
    return {
      values: Object.fromEntries(own.map((name) => [name, columns[name]?.[0] ?? null])),
      isFresh: keys.every((names) => names.some((name) => own.includes(name))),
    }
  }

  /** Foreign keys lead to the persona's own rows, where there are such. */
  #refer(
    relation: Relation,
    persona: Persona,
    made: readonly SeedRow[],
    columns: Record<string, readonly (string | null)[]>,
  ) {
    for (const { kind, columns: names, references } of relation.constraints) {
      if (kind !== 'foreign key' || references === null) continue
      const parent = made.find(
        (row) => row.relation === references.relation && row.persona === persona && row.varied === null,
      )
      names.forEach((name, index) => {
        const column = relation.columns.find((item) => item.name === name)
        const value = parent?.values[references.columns[index] ?? '']
        if (column === undefined || column.generated !== null) return
        if (value !== undefined && value !== null) columns[name] = [value]
        else if (!column.notNull) columns[name] = [null]
      })
    }
  }

  #relation(key: QualifiedName): Relation {
    const relation = indexCatalog(this.catalog).relations.get(key)
    if (relation === undefined) throw new Error(`No such relation: ${key}`)
    return relation
  }

  /** What a foreign key refers to has the same values, so a claim that one is compared with is that of the other, too. */
  #spreadBinding() {
    const edges: (readonly [string, string])[] = this.catalog.relations.flatMap((relation) =>
      relation.constraints.flatMap(({ columns, references }) =>
        references === null
          ? []
          : columns.map((column, index): readonly [string, string] => [
              keyOfColumn({ relation: keyOfRelation(relation), column }),
              keyOfColumn({ relation: references.relation, column: references.columns[index] ?? '' }),
            ]),
      ),
    )
    for (const { path, ...ref } of this.mined.bound) {
      const key = keyOfColumn(ref)
      if (!this.#bound.has(key)) this.#bound.set(key, path)
    }
    for (let size = -1; size !== this.#bound.size; ) {
      size = this.#bound.size
      for (const [from, to] of edges) {
        const [own, other] = [this.#bound.get(from), this.#bound.get(to)]
        if (own !== undefined && other === undefined) this.#bound.set(to, own)
        else if (own === undefined && other !== undefined) this.#bound.set(from, other)
      }
    }
  }

  #valuesOf(n: number): ClaimValues {
    return new Map(
      this.mined.paths.map(({ path, type }) => {
        const key = JSON.stringify(path)
        const constant = this.mined.constants.find((item) => JSON.stringify(item.path) === key)
        const isBound = this.mined.bound.some((item) => JSON.stringify(item.path) === key)
        const name = type.replace(/\(.*$/, '')
        const value =
          candidatesFor(this.catalog, { type: `pg_catalog.${name}`, array: false, formatted: name }, n, [])[0] ?? ''
        return [key, isBound || constant === undefined ? value : 'rolecast-other']
      }),
    )
  }
}

export const primaryKey = ({ constraints }: Relation): readonly string[] =>
  constraints.find(({ kind }) => kind === 'primary key')?.columns ?? []

/** Tables of the exposed schemas, and those that their views, policies, functions and foreign keys lead to. */
function tablesNeeded(catalog: Catalog, security: Security, exposed: readonly string[]): ReadonlySet<QualifiedName> {
  const { relations } = indexCatalog(catalog)
  const needed = new Set<QualifiedName>()
  const add = (key: QualifiedName) => {
    const relation = relations.get(key)
    if (relation === undefined || needed.has(key) || relation.extension !== null) return
    needed.add(key)
    const reads = [
      ...(relation.view?.reads ?? []),
      ...relation.policies.flatMap(({ using, check }) => [...(using?.uses.reads ?? []), ...(check?.uses.reads ?? [])]),
    ]
    for (const read of reads) add(read.relation)
    for (const { references } of relation.constraints) if (references !== null) add(references.relation)
    const functions = [
      ...(relation.view?.functions ?? []),
      ...relation.policies.flatMap(({ using, check }) => [
        ...(using?.uses.functions ?? []),
        ...(check?.uses.functions ?? []),
      ]),
    ]
    for (const signature of functions) for (const read of security.code[signature]?.relations ?? []) add(read)
  }
  for (const relation of catalog.relations) if (exposed.includes(relation.schema)) add(keyOfRelation(relation))
  for (const routine of catalog.routines) {
    if (!exposed.includes(routine.schema)) continue
    for (const [signature, code] of Object.entries(security.code)) {
      if (signature.startsWith(`${keyOfRelation(routine)}(`)) for (const read of code.relations) add(read)
    }
  }
  return needed
}

function parentsFirst(catalog: Catalog, needed: ReadonlySet<QualifiedName>): readonly QualifiedName[] {
  const { relations } = indexCatalog(catalog)
  const order: QualifiedName[] = []
  const begun = new Set<QualifiedName>()
  const visit = (key: QualifiedName) => {
    const relation = relations.get(key)
    if (relation === undefined || begun.has(key) || !needed.has(key)) return
    begun.add(key)
    const keys = relation.constraints.filter(({ kind }) => kind === 'foreign key')
    const isOptional = (columns: readonly string[]) =>
      columns.some((name) => relation.columns.find((column) => column.name === name)?.notNull === false)
    for (const { columns, references } of keys) if (references && !isOptional(columns)) visit(references.relation)
    for (const { columns, references } of keys) if (references && isOptional(columns)) visit(references.relation)
    order.push(key)
  }
  for (const key of needed) visit(key)
  return order.filter((key) => {
    const relation = relations.get(key)
    return (relation?.kind === 'table' || relation?.kind === 'partitioned table') && !relation.isPartition
  })
}
