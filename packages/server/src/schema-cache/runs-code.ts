import {
  type Catalog,
  type CodeUses,
  type ExpressionUses,
  type QualifiedName,
  qualifiedName,
  type Relation,
  splitQualifiedName,
  type Type,
} from '@rolecast/catalog'
import { type GraphNode, reachable } from './reachable.js'

/** Which relations run code of the database's own, or advance sequences, when they are asked. */
export interface RunningCode {
  onRead(relation: Relation): OfRelation
  onWrite(relation: Relation): OfRelation
}

export interface OfRelation {
  readonly runs: boolean
  readonly advances: boolean
}

/**
 * Code that somebody wrote for the database may do more than return a value, whatever its volatility says: it may leave
 * settings or locks in the session. A relation counts as plain only if nothing that PostgreSQL evaluates for it can lead
 * to such code: what is read or written is a graph of relations and types, and code anywhere behind a node counts.
 *
 * @param typesWithCode see `readTypesWithCode`
 */
export function runningCode(catalog: Catalog, typesWithCode: ReadonlySet<QualifiedName>): RunningCode {
  const nodes = new Graph(catalog, typesWithCode).nodes()
  const property = (name: 'runs' | 'advances') =>
    reachable(
      new Map<string, GraphNode>([...nodes].map(([key, { from, ...node }]) => [key, { has: node[name], from }])),
    )
  const runs = property('runs')
  const advances = property('advances')
  // An operator for any type at all may be chosen for every comparison.
  const everywhere = [...typesWithCode].some((type) => polymorphic.test(type))
  const at = (key: string): OfRelation => ({ runs: everywhere || runs.has(key), advances: advances.has(key) })
  return {
    onRead: (relation) => at(keys.read(keyOf(relation))),
    onWrite: (relation) => at(keys.write(keyOf(relation))),
  }
}

const polymorphic = /^pg_catalog\.(?:any|record$|_record$)/

const keys = {
  read: (relation: QualifiedName) => `read ${relation}`,
  write: (relation: QualifiedName) => `write ${relation}`,
  /** values of a type are shown or compared */
  show: (type: QualifiedName) => `show ${type}`,
  /** values of a type are made: a domain's are checked */
  make: (type: QualifiedName) => `make ${type}`,
}

interface Node extends OfRelation {
  readonly from: readonly string[]
}

class Graph {
  readonly #relations: ReadonlyMap<QualifiedName, Relation>
  readonly #children: ReadonlyMap<QualifiedName, readonly Relation[]>
  readonly #referencing: ReadonlyMap<QualifiedName, readonly Relation[]>

  constructor(
    private readonly catalog: Catalog,
    private readonly typesWithCode: ReadonlySet<QualifiedName>,
  ) {
    const { relations } = catalog
    this.#relations = new Map(relations.map((relation) => [keyOf(relation), relation]))
    this.#children = byKey(relations, ({ parents }) => parents)
    this.#referencing = byKey(relations, ({ constraints }) =>
      constraints.flatMap(({ references, acts }) => (references !== null && acts ? [references.relation] : [])),
    )
  }

  nodes(): Map<string, Node> {
    const nodes = new Map<string, Node>()
    for (const type of this.typesWithCode) nodes.set(keys.show(type), { runs: true, advances: false, from: [] })
    for (const type of this.catalog.types) this.#addType(type, nodes)
    for (const [key, relation] of this.#relations) {
      const types = relation.columns.map(({ type }) => type.type)
      if (!nodes.has(keys.show(key))) nodes.set(keys.show(key), joined(types.map(keys.show)))
      nodes.set(keys.make(key), joined([keys.show(key), ...types.map(keys.make)]))
      nodes.set(keys.read(key), this.#read(relation))
      nodes.set(keys.write(key), this.#write(key, relation))
    }
    return nodes
  }

  #addType(type: Type, nodes: Map<string, Node>): void {
    const key = qualifiedName(type.schema, type.name)
    const parts = partsOf(type)
    if (!nodes.has(keys.show(key))) nodes.set(keys.show(key), joined(parts.map(keys.show)))
    const checks = type.kind === 'domain' ? [this.#uses(type.defaultUses), ...type.checks.map(codeNode)] : []
    nodes.set(keys.make(key), joined([keys.show(key), ...parts.map(keys.make)], checks))
  }

  #read(relation: Relation): Node {
    const { kind, view, columns, rowSecurity, policies } = relation
    const from = [
      ...columns.map(({ type }) => keys.show(type.type)),
      ...(this.#children.get(keyOf(relation)) ?? []).map((child) => keys.read(keyOf(child))),
    ]
    const reading = policies.filter(({ command }) => rowSecurity.enabled && (command === 'all' || command === 'select'))
    return joined(from, [
      { ...nothing, runs: kind === 'foreign table' || (kind === 'view' && view === null) },
      ...reading.flatMap(({ using }) => (using === null ? [] : [this.#uses(using.uses)])),
      ...columns.flatMap(({ generated, defaultUses }) => (generated === 'virtual' ? [this.#uses(defaultUses)] : [])),
      ...(view === null || kind !== 'view' ? [] : [this.#uses(view)]),
    ])
  }

  #write(key: QualifiedName, relation: Relation): Node {
    const { kind, triggers, rules, columns, constraints, indexes, policies, partitioning, isPartition } = relation
    const isTable = kind === 'table' || kind === 'partitioned table'
    const others = [...(this.#children.get(key) ?? []), ...(this.#referencing.get(key) ?? [])].map(keyOf)
    const from = [
      keys.read(key),
      ...columns.map(({ type }) => keys.make(type.type)),
      ...[...others, ...(isPartition ? relation.parents : [])].map(keys.write),
    ]
    const hasExpressionKey = partitioning?.columns.includes(null) === true
    return joined(from, [
      { ...nothing, runs: !isTable || triggers.length > 0 || rules.length > 0 || hasExpressionKey },
      { ...nothing, advances: columns.some(({ identity }) => identity !== null) },
      ...columns.map(({ defaultUses }) => this.#uses(defaultUses)),
      ...constraints.map(codeNode),
      ...indexes.map(({ uses }) => this.#uses(uses)),
      ...policies.flatMap(({ using, check }) =>
        [using, check].flatMap((part) => (part ? [this.#uses(part.uses)] : [])),
      ),
    ])
  }

  #uses({ code, reads }: Pick<ExpressionUses, 'code' | 'reads'>): Node {
    const { runs, advances, from } = codeNode({ code })
    const isUnknown = reads.some(({ relation }) => !this.#relations.has(relation) && !isSystem(relation))
    return { runs: runs || isUnknown, advances, from: [...from, ...reads.map(({ relation }) => keys.read(relation))] }
  }
}

const nothing: Node = { runs: false, advances: false, from: [] }

function codeNode({ code }: { readonly code: CodeUses }): Node {
  return { runs: code.runs, advances: code.advances, from: code.types.map(keys.make) }
}

function joined(from: readonly string[], nodes: readonly Node[] = []): Node {
  return {
    runs: nodes.some(({ runs }) => runs),
    advances: nodes.some(({ advances }) => advances),
    from: [...from, ...nodes.flatMap((node) => node.from)],
  }
}

/** The types that a type's values are made of. */
function partsOf(type: Type): QualifiedName[] {
  switch (type.kind) {
    case 'domain':
      return [type.base.type]
    case 'composite':
      return type.attributes.map((attribute) => attribute.type.type)
    case 'range':
    case 'multirange':
      return [type.subtype.type]
    default:
      return []
  }
}

function byKey(relations: readonly Relation[], keysOf: (relation: Relation) => readonly QualifiedName[]) {
  const found = new Map<QualifiedName, Relation[]>()
  for (const relation of relations) {
    for (const key of keysOf(relation)) found.set(key, [...(found.get(key) ?? []), relation])
  }
  return found
}

const keyOf = ({ schema, name }: Relation): QualifiedName => qualifiedName(schema, name)

function isSystem(name: QualifiedName): boolean {
  const { schema } = splitQualifiedName(name)
  return schema === 'pg_catalog' || schema === 'information_schema'
}
