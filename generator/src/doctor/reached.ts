import {
  type Catalog,
  type CatalogIndex,
  type ExpressionUses,
  indexCatalog,
  qualifiedName,
  type Relation,
  type Routine,
  relationshipsOf,
  type Signature,
  signatureOfRoutine,
} from '@rolecast/catalog'
import type { Through } from './link.js'
import type { Mentioned } from './mentioned.js'

export interface ReachedRelation {
  readonly relation: Relation
  readonly who: string
  readonly through: Through
  /** code that cannot be read touches it: with any verb */
  readonly isSpokenOf: boolean
}

/** All that a request may touch, and as whom: what it names, and what views, policies, defaults and bodies reach from there. */
export interface Reached {
  readonly relations: readonly ReachedRelation[]
  readonly schemas: ReadonlySet<string>
  readonly functions: ReadonlySet<string>
  readonly sequences: ReadonlySet<string>
}

/**
 * @param schemas the exposed ones, the request's own first
 * @param more names that an error spoke of
 */
export function reachedBy(
  catalog: Catalog,
  role: string,
  mentioned: Mentioned,
  schemas: readonly string[],
  more: (name: string) => boolean,
): Reached {
  const walk = new Walk(indexCatalog(catalog), role)
  const schema = schemas[0] ?? ''
  walk.schemas.add(schema)
  if (mentioned.isCall)
    walk.routines(catalog.routines.filter((item) => item.schema === schema && item.name === mentioned.name))
  const named = catalog.relations.filter(
    (relation) =>
      schemas.includes(relation.schema) &&
      (relation.name === mentioned.name ? !mentioned.isCall : mentioned.mentions(relation.name)),
  )
  const spoken = catalog.relations.filter(({ name }) => more(name))
  for (const relation of named) walk.relation(relation, role)
  const keys = new Set(named.map(keyOf))
  for (const { source, target, junction } of relationshipsOf(catalog, schemas)) {
    const between = keys.has(source) && keys.has(target) ? junction?.relation : undefined
    const relation = between === undefined ? undefined : walk.index.relations.get(between)
    if (relation !== undefined) walk.relation(relation, role)
  }
  walk.routines(
    catalog.routines.filter(
      (item) =>
        more(item.name) || (item.kind === 'function' && schemas.includes(item.schema) && mentioned.mentions(item.name)),
    ),
  )
  for (const sequence of catalog.sequences)
    if (more(sequence.name)) walk.sequences.add(qualifiedName(sequence.schema, sequence.name))
  for (const { name } of catalog.schemas) if (more(name)) walk.schemas.add(name)
  for (const relation of spoken) walk.spokenOf(relation)
  return {
    relations: [...walk.seen.values()],
    schemas: walk.schemas,
    functions: walk.functions,
    sequences: walk.sequences,
  }
}

const keyOf = ({ schema, name }: Relation) => qualifiedName(schema, name)

class Walk {
  readonly seen = new Map<string, ReachedRelation>()
  /** owners of the SECURITY DEFINER functions among these */
  private readonly definers = new Set<string>()
  readonly schemas = new Set<string>()
  readonly functions = new Set<string>()
  readonly sequences = new Set<string>()

  constructor(
    readonly index: CatalogIndex,
    readonly role: string,
  ) {}

  /** By code that only PostgreSQL can read: a function's text, which runs as the role or as its owner. */
  spokenOf(relation: Relation): void {
    this.relation(relation, this.role, 'itself', true)
    for (const owner of this.definers) this.relation(relation, owner, 'function', true)
  }

  relation(relation: Relation, who: string, through: Through = 'itself', isSpokenOf = false): void {
    const key = JSON.stringify([keyOf(relation), who])
    const known = this.seen.get(key)
    if (known !== undefined && (known.isSpokenOf || !isSpokenOf)) return
    this.seen.set(key, { relation, who, through, isSpokenOf })
    for (const { function: name } of relation.triggers) this.definer(this.index.routines.get(name))
    for (const read of relation.view?.reads ?? []) {
      const base = this.index.relations.get(read.relation)
      if (base !== undefined) {
        const isInvoker = relation.securityInvoker
        this.relation(base, isInvoker ? this.role : relation.owner, isInvoker ? 'itself' : 'view')
      }
    }
    for (const name of relation.view?.functions ?? []) this.functions.add(name)
    for (const { using, check } of relation.policies) {
      for (const expression of [using, check]) if (expression !== null) this.uses(expression.uses, who)
    }
    for (const column of relation.columns) {
      this.uses(column.defaultUses, who)
      const type = this.index.types.get(column.type.type)
      if (type !== undefined && this.index.schemas.has(type.schema)) this.schemas.add(type.schema)
      if (type?.kind === 'domain') for (const { functions } of type.checks) this.names(functions)
    }
    for (const { functions } of relation.constraints) this.names(functions)
    for (const { uses } of relation.indexes) this.uses(uses, who)
    for (const { conditionUses } of relation.triggers) this.uses(conditionUses, who)
    this.names(relation.partitionFunctions)
  }

  routines(routines: readonly Routine[]): void {
    for (const routine of routines) {
      this.functions.add(signatureOfRoutine(routine))
      this.definer(routine)
      for (const read of routine.body?.relations ?? []) {
        const relation = this.index.relations.get(read.relation)
        if (relation !== undefined) this.reads(relation, routine)
      }
      if (!routine.securityDefiner) this.names(routine.body?.functions ?? [])
      for (const { sequence } of routine.body?.sequences ?? []) this.sequences.add(sequence)
    }
  }

  private reads(relation: Relation, { securityDefiner, owner }: Routine): void {
    if (securityDefiner) this.relation(relation, owner, 'function', true)
    else this.relation(relation, this.role, 'itself', true)
  }

  private definer(routine: Routine | undefined): void {
    if (routine?.securityDefiner) this.definers.add(routine.owner)
  }

  private uses({ functions, sequences, reads }: ExpressionUses, who: string): void {
    this.names(functions)
    for (const { sequence, isLookedUp } of sequences) {
      this.sequences.add(sequence)
      const schema = isLookedUp ? this.index.sequences.get(sequence)?.schema : undefined
      if (schema !== undefined) this.schemas.add(schema)
    }
    for (const read of reads) {
      const relation = this.index.relations.get(read.relation)
      if (relation !== undefined) this.relation(relation, who)
    }
  }

  private names(functions: readonly string[]): void {
    for (const name of functions) {
      this.functions.add(name)
      this.definer(this.index.routines.get(name as Signature))
    }
  }
}
