import type { Constraint, QualifiedName, Relation } from '../model/catalog.js'
import type { CatalogIndex } from '../model/index-catalog.js'
import type { Relationship } from '../model/relationship.js'
import { isUnique } from './proven-keys.js'
import { namesIn, type Trace, tracesOfViews } from './view-traces.js'

/**
 * Many-to-one and one-to-one relationships of the foreign keys, from the side that holds the key: between tables, and
 * between all views that pass the key's columns on. A partition's copy of its parent's key is left out.
 */
export function foreignKeysOf(index: CatalogIndex, schemas: ReadonlySet<string>): Relationship[] {
  const traces = tracesOfViews(index, schemas)
  const seenAs = (key: QualifiedName): Trace[] => {
    const relation = index.relations.get(key)
    const views = traces.get(key) ?? []
    return relation && schemas.has(relation.schema) ? [itself(key, relation), ...views] : views
  }
  return [...index.relations].flatMap(([key, relation]) =>
    relation.constraints.flatMap((constraint) => {
      const { references } = constraint
      if (constraint.kind !== 'foreign key' || constraint.inherited || references === null) return []
      const isOneToOne = hasKey(relation, constraint.columns)
      const targets = seenAs(references.relation)
      return seenAs(key).flatMap((source) =>
        targets.flatMap((target) => between(source, target, { ...constraint, references }, isOneToOne, index)),
      )
    }),
  )
}

function itself(key: QualifiedName, relation: Relation): Trace {
  return {
    relation: key,
    isCurrent: true,
    isWhole: true,
    columns: new Map(relation.columns.map(({ name }) => [name, [name]])),
  }
}

function hasKey(relation: Relation, columns: readonly string[]): boolean {
  return relation.constraints.some(
    ({ kind, columns: key }) =>
      (kind === 'primary key' || kind === 'unique') &&
      key.length === columns.length &&
      key.every((column) => columns.includes(column)),
  )
}

type ForeignKey = Constraint & { readonly references: NonNullable<Constraint['references']> }

function between(
  source: Trace,
  target: Trace,
  key: ForeignKey,
  isOneToOne: boolean,
  index: CatalogIndex,
): Relationship[] {
  const relation = index.relations.get(target.relation)

  const targets = namesIn(target, key.references.columns)
  return namesIn(source, key.columns).flatMap((sourceColumns) =>
    targets.map((targetColumns) => ({
      kind: isOneToOne ? 'one-to-one' : 'many-to-one',
      source: source.relation,
      target: target.relation,
      name: key.name,
      columns: sourceColumns.map((column, position) => [column, targetColumns[position] ?? ''] as const),
      sourceHoldsKey: true,
      isCertain: key.isValidated && source.isCurrent && (source.isWhole || key.columns.length === 1),
      isToOne: relation !== undefined && isUnique(relation, targetColumns),
      isSelf: source.relation === target.relation,
      junction: null,
      computed: null,
    })),
  )
}

/** The same relationship from the side that is referred to. */
export function inverseOf(relationship: Relationship, index: CatalogIndex): Relationship {
  const holder = index.relations.get(relationship.source)
  const columns = relationship.columns.map(([source]) => source)
  return {
    ...relationship,
    kind: relationship.kind === 'many-to-one' ? 'one-to-many' : relationship.kind,
    source: relationship.target,
    target: relationship.source,
    columns: relationship.columns.map(([source, target]) => [target, source] as const),
    sourceHoldsKey: false,
    isToOne: relationship.kind === 'one-to-one' && holder !== undefined && isUnique(holder, columns),
  }
}
