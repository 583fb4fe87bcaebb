import {
  type Catalog,
  type Column,
  type ExpressionUses,
  type QualifiedName,
  qualifiedName,
  type Relation,
  type RelationRead,
  splitQualifiedName,
} from '@rolecast/catalog'

/** Which relations run code of the database's own when they are asked. */
export interface RunningCode {
  onRead(relation: Relation): boolean
  onWrite(relation: Relation): boolean
}

/**
 * Code that somebody wrote for the database may do more than return a value, whatever its volatility says: it may leave
 * settings or locks to the session. Built-in functions do that only where they are volatile; defaults of columns, where
 * those are usual, are not looked at for them. Operators of types that extensions bring are taken to be harmless.
 */
export function runningCode(catalog: Catalog): RunningCode {
  const relations = new Map(catalog.relations.map((relation) => [keyOf(relation), relation]))
  const known = new Map<Relation, boolean>()
  const checked = new Set(
    catalog.types.flatMap((type) =>
      type.kind === 'domain' && type.checks.some(({ functions }) => functions.length > 0)
        ? [qualifiedName(type.schema, type.name)]
        : [],
    ),
  )

  const onRead = (relation: Relation): boolean => {
    const answer = known.get(relation)
    if (answer !== undefined) return answer
    known.set(relation, false) // for views that lead back to themselves
    const runs = readRuns(relation)
    known.set(relation, runs)
    return runs
  }

  const isRead = ({ relation }: RelationRead): boolean => {
    const found = relations.get(relation)
    return found === undefined ? !isSystem(relation) : onRead(found)
  }

  const runs = (uses: ExpressionUses): boolean => uses.volatile || uses.functions.length > 0 || uses.reads.some(isRead)

  const hasPolicies = ({ rowSecurity, policies }: Relation, reading: boolean): boolean =>
    rowSecurity.enabled &&
    policies.some(
      ({ command, using, check }) =>
        !(reading && command !== 'all' && command !== 'select') &&
        [using, ...(reading ? [] : [check])].some((expression) => expression !== null && runs(expression.uses)),
    )

  const readRuns = (relation: Relation): boolean => {
    const { kind, view, columns } = relation
    if (kind === 'foreign table' || hasPolicies(relation, true)) return true
    if (columns.some(({ generated, defaultUses }) => generated === 'virtual' && runs(defaultUses))) return true
    if (kind !== 'view') return false
    return view === null || view.volatile || view.functions.length > 0 || view.reads.some(isRead)
  }

  const onWrite = (relation: Relation): boolean => {
    const { kind, triggers, rules, columns, constraints, indexes } = relation
    return (
      kind !== 'table' ||
      triggers.length > 0 ||
      rules.length > 0 ||
      hasPolicies(relation, false) ||
      columns.some(computes) ||
      constraints.some(({ functions }) => functions.length > 0) ||
      indexes.some(({ uses }) => uses.functions.length > 0) ||
      cascadesTo(relation).some((other) => other.triggers.length > 0)
    )
  }

  const computes = ({ defaultUses, type }: Column): boolean =>
    defaultUses.functions.length > 0 || (!type.array && checked.has(type.type))

  /** Tables whose rows PostgreSQL changes when rows of this one are changed, and so on. */
  const cascadesTo = (relation: Relation): Relation[] => {
    const found = new Set<Relation>()
    const waiting = [relation]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const other of cascades.get(keyOf(next)) ?? []) {
        if (found.has(other)) continue
        found.add(other)
        waiting.push(other)
      }
    }
    return [...found]
  }

  const cascades = new Map<QualifiedName, Relation[]>()
  for (const relation of catalog.relations) {
    for (const { references, enforcement } of relation.constraints) {
      if (references === null || enforcement === null) continue
      if (!acts.has(enforcement.onUpdate) && !acts.has(enforcement.onDelete)) continue
      cascades.set(references.relation, [...(cascades.get(references.relation) ?? []), relation])
    }
  }
  return { onRead, onWrite }
}

const acts: ReadonlySet<string> = new Set(['cascade', 'set null', 'set default'])

const keyOf = ({ schema, name }: Relation): QualifiedName => qualifiedName(schema, name)

function isSystem(name: QualifiedName): boolean {
  const { schema } = splitQualifiedName(name)
  return schema === 'pg_catalog' || schema === 'information_schema'
}
