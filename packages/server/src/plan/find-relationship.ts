import {
  type EmbedTarget,
  isMeantBy,
  type QualifiedName,
  type Relationship,
  splitQualifiedName,
} from '@rolecast/catalog'
import type { ApiError } from '../errors/api-error.js'
import { pgrstError } from '../errors/pgrst-error.js'
import type { CachedRelation, SchemaCache } from '../schema-cache/schema-cache.js'
import { NameIndex } from './name-index.js'
import { Suggestions } from './suggestions.js'
import type { VisibleNames } from './visible-names.js'

/**
 * The one relationship from `origin` that a request means by `target` and `hint` ("Resource Embedding" in PostgREST's
 * manual: foreign key joins on multiple relationships, recursive relationships).
 *
 * @throws ApiError PGRST200 for none, PGRST201 for several
 */
export function findRelationship(
  cache: SchemaCache,
  schema: string,
  origin: CachedRelation | null,
  originName: string,
  { target, hint }: EmbedTarget,
  visible: VisibleNames,
): Relationship {
  const all = origin === null ? [] : relationshipsIn(cache, schema, origin.key)
  const isTable = (relation: QualifiedName) => cache.relations.get(relation)?.relation.view === null
  const found = all.filter((relationship) => isMeantBy(relationship, { target, hint }, isTable(relationship.target)))
  const [first, ...others] = found
  if (first === undefined) {
    const isRelated = all.length > 0 || (origin !== null && Suggestions.of(cache).hasForeignKey(origin.key))
    const suggested = isRelated ? otherTarget(all, target, visible) : otherOrigin(cache, schema, originName, visible)
    throw noRelationship(schema, originName, { target, hint }, suggested)
  }
  if (others.length > 0) throw ambiguous(originName, target, found)
  return first
}

function relationshipsIn(cache: SchemaCache, schema: string, source: QualifiedName): Relationship[] {
  const all = cache.relationships.get(source) ?? []
  return all.filter((relationship) => splitQualifiedName(relationship.target).schema === schema)
}

function noRelationship(
  schema: string,
  origin: string,
  { target, hint }: EmbedTarget,
  suggested: string | null,
): ApiError {
  const using = hint === null ? '' : ` using the hint '${hint}'`
  return pgrstError(
    'PGRST200',
    `Could not find a relationship between '${origin}' and '${target}' in the schema cache`,
    `Searched for a foreign key relationship between '${origin}' and '${target}'${using} in the schema '${schema}', but no matches were found.`,
    suggested,
  )
}

function otherTarget(all: readonly Relationship[], target: string, visible: VisibleNames): string | null {
  const names = new NameIndex(all.map((one) => [nameOf(one.target), one.target] as const))
  const [best] = names.similar(target, (key) => visible.relations.has(key))
  return best === undefined || best.score === 1 ? null : `Perhaps you meant '${best.name}' instead of '${target}'.`
}

/** Where nothing can be embedded in the origin: another one that is called nearly so, and in which something can. */
function otherOrigin(cache: SchemaCache, schema: string, origin: string, visible: VisibleNames): string | null {
  const name = Suggestions.of(cache).closest('origin', schema, origin, visible.relations)
  return name === null ? null : `Perhaps you meant '${name}' instead of '${origin}'.`
}

function ambiguous(origin: string, target: string, found: readonly Relationship[]): ApiError {
  const hints = found.map((one) => `'${nameOf(one.target)}!${one.junction ? nameOf(one.junction.relation) : one.name}'`)
  return pgrstError(
    'PGRST201',
    `Could not embed because more than one relationship was found for '${origin}' and '${target}'`,
    found.map((one) => ({
      cardinality: one.kind,
      embedding: `${nameOf(one.source)} with ${nameOf(one.target)}`,
      relationship: describe(one),
    })),
    `Try changing '${target}' to one of the following: ${hints.join(', ')}. Find the desired relationship in the 'details' key.`,
  )
}

function describe({ source, target, name, columns, junction }: Relationship): string {
  const side = (pairs: readonly (readonly [string, string])[], index: 0 | 1) =>
    `(${pairs.map((pair) => pair[index]).join(', ')})`
  if (junction === null) {
    return `${name} using ${nameOf(source)}${side(columns, 0)} and ${nameOf(target)}${side(columns, 1)}`
  }
  const [toSource, toTarget] = junction.constraints
  return `${nameOf(junction.relation)} using ${toSource}${side(junction.sourceColumns, 1)} and ${toTarget}${side(junction.targetColumns, 1)}`
}

function nameOf(qualified: QualifiedName): string {
  return splitQualifiedName(qualified).name
}
