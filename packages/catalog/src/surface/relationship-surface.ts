import type { RelationAccess } from '../access/relation-access.js'
import { type CatalogIndex, signatureOfRoutine } from '../model/index-catalog.js'
import type { Relationship } from '../model/relationship.js'
import { qualifiedName, splitQualifiedName } from '../postgres/names.js'
import type { EmbedTarget } from '../relationships/embed-target.js'
import type { RelationCore } from './relation-surface.js'
import { isTable, type Requestable } from './relationship-requests.js'
import type { SearchPath } from './search-path.js'
import type { SharedByRoles } from './shared-by-roles.js'
import type { RelationshipSurface } from './surface.js'

/** Everything that is known when relationships are judged. */
export interface Related {
  readonly access: RelationAccess
  readonly index: CatalogIndex
  readonly searchPath: SearchPath
  readonly shared: SharedByRoles
  /** the role's relations by qualified name */
  readonly cores: ReadonlyMap<string, RelationCore>
}

/** The relationships of a relation that the role can embed: it may read the key columns on both sides. */
export function relationshipSurfaces(core: RelationCore, related: Related): RelationshipSurface[] {
  return related.shared.requestableFrom(qualifiedName(core.schema, core.name)).flatMap((requestable) => {
    const { relationship, byName, withoutName } = requestable
    const target = related.cores.get(relationship.target)
    if (target === undefined || target.select.length === 0 || !mayEmbed(relationship, core, target, related)) return []
    const isNamed = saysNothingNew(requestable, related)
    const request = isNamed ? byName : withoutName
    return request ? [surfaceOfRelationship(relationship, core, target, request, isNamed, related)] : []
  })
}

function mayEmbed(relationship: Relationship, core: RelationCore, target: RelationCore, related: Related): boolean {
  const { computed, junction, columns } = relationship
  if (computed) return core.wholeRow && related.access.reading.current.functionRefusal(computed.function) === null
  if (!columns.every(([source, other]) => core.select.includes(source) && target.select.includes(other))) return false
  if (!isJoinable(relationship, core, related)) return false
  if (junction === null) return true
  const through = related.cores.get(junction.relation)
  return (
    through !== undefined &&
    junction.sourceColumns.every(([source, own]) => core.select.includes(source) && through.select.includes(own)) &&
    junction.targetColumns.every(([other, own]) => target.select.includes(other) && through.select.includes(own))
  )
}

/** Requests join by `=`, which they must find. */
function isJoinable({ columns, junction }: Relationship, core: RelationCore, { index, searchPath }: Related): boolean {
  const relation = index.relations.get(qualifiedName(core.schema, core.name))
  const source = [...columns, ...(junction?.sourceColumns ?? [])].map(([name]) => name)
  const through = index.relations.get(junction?.relation ?? '')
  const joined = [
    ...source.map((name) => relation?.columns.find((column) => column.name === name)),
    ...(junction?.targetColumns ?? []).map(([, name]) => through?.columns.find((column) => column.name === name)),
  ]
  return joined.every((column) => column === undefined || searchPath.compares(column.type, core.schema, '='))
}

/**
 * Whether the name of a foreign key is made of words of the relations and columns that the role sees anyway, as
 * PostgreSQL makes it unless told otherwise.
 */
function saysNothingNew({ words }: Requestable, { cores, shared }: Related): boolean {
  if (words === null) return false
  const seen = wordsSeen(cores, shared)
  return words.every((word) => seen.has(word))
}

const known = new WeakMap<Related['cores'], ReadonlySet<string>>()

/** The words of all names of relations and columns that the role sees. */
function wordsSeen(cores: Related['cores'], shared: SharedByRoles): ReadonlySet<string> {
  const found = known.get(cores)
  if (found !== undefined) return found
  const names = new Set<string>()
  for (const { name, columns } of cores.values()) {
    names.add(name)
    for (const column of columns) names.add(column.name)
  }
  const words = new Set([...names].flatMap((name) => shared.wordsOf(name)))
  known.set(cores, words)
  return words
}

function surfaceOfRelationship(
  relationship: Relationship,
  core: RelationCore,
  target: RelationCore,
  { target: request, hint }: EmbedTarget,
  isNamed: boolean,
  related: Related,
): RelationshipSurface {
  const { kind, name, sourceHoldsKey, columns, junction, isToOne } = relationship
  return {
    kind,
    target: { schema: target.schema, name: target.name },
    cardinality: isToOne ? 'one' : 'many',
    nullable: isToOne && !isAlwaysThere(relationship, core, target, related.index),
    sourceHoldsKey,
    columns,
    junction: junction && splitQualifiedName(junction.relation),
    hint,
    request,
    foreignKey: kind !== 'computed' && isNamed ? name : null,
  }
}

/** A key that holds and is not null leads to a row, unless policies or a view's condition may hide it. */
function isAlwaysThere(
  relationship: Relationship,
  core: RelationCore,
  target: RelationCore,
  index: CatalogIndex,
): boolean {
  const mayBeHidden = target.verdicts.select !== 'unrestricted' || !isTable(relationship.target, index)
  if (!relationship.sourceHoldsKey || !relationship.isCertain || mayBeHidden) return false
  return relationship.columns.every(([name]) => core.columns.some((column) => column.name === name && !column.nullable))
}

/** Functions of the relation's row that return a value: PostgREST's computed fields. */
export function computedFields(core: RelationCore, { access, index }: Related) {
  if (!core.wholeRow) return []
  const key = qualifiedName(core.schema, core.name)
  return (index.routinesByRow.get(key) ?? []).flatMap((routine) => {
    const { type, set } = routine.returns
    if (routine.schema !== core.schema || set || (!type.array && index.relations.has(type.type))) return []
    if (access.reading.current.functionRefusal(signatureOfRoutine(routine)) !== null) return []
    return [{ name: routine.name, type, comment: routine.comment }]
  })
}
