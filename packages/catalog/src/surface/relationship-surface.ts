import type { RelationAccess } from '../access/relation-access.js'
import { type CatalogIndex, signatureOfRoutine } from '../model/index-catalog.js'
import type { Relationship } from '../model/relationship.js'
import { type QualifiedName, qualifiedName, splitQualifiedName } from '../postgres/names.js'
import { type EmbedTarget, isMeantBy } from '../relationships/embed-target.js'
import type { RelationCore } from './relation-surface.js'
import type { SearchPath } from './search-path.js'
import type { RelationshipSurface } from './surface.js'

/** Everything that is known when relationships are judged. */
export interface Related {
  readonly access: RelationAccess
  readonly index: CatalogIndex
  readonly searchPath: SearchPath
  /** the role's relations by qualified name */
  readonly cores: ReadonlyMap<string, RelationCore>
  /** all of the API's relationships by source: a request must name one of these, whoever asks */
  readonly bySource: ReadonlyMap<string, readonly Relationship[]>
}

/** The relationships of a relation that the role can embed: it may read the key columns on both sides. */
export function relationshipSurfaces(core: RelationCore, related: Related): RelationshipSurface[] {
  const inSchema = (related.bySource.get(qualifiedName(core.schema, core.name)) ?? []).filter(
    ({ target }) => splitQualifiedName(target).schema === core.schema,
  )
  return inSchema.flatMap((relationship) => {
    const target = related.cores.get(relationship.target)
    if (target === undefined || target.select.length === 0 || !mayEmbed(relationship, core, target, related)) return []
    const request = requestFor(relationship, inSchema, related)
    return request ? [surfaceOfRelationship(relationship, core, target, request, related)] : []
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
 * A request that means this relationship and no other, made of what the role sees; if there is one. It says the key or
 * the junction wherever it can, so that it goes on to mean the same when another relationship is added to the database.
 */
function requestFor(relationship: Relationship, all: readonly Relationship[], related: Related): EmbedTarget | null {
  const target = splitQualifiedName(relationship.target).name
  const [only, ...more] = relationship.columns
  const pair = more.length === 0 ? only : undefined
  const junction = relationship.junction && splitQualifiedName(relationship.junction.relation).name
  const candidates: EmbedTarget[] =
    relationship.kind === 'computed'
      ? [{ target: relationship.name, hint: null }]
      : [
          ...(junction === null ? [] : [{ target, hint: junction }]),
          ...(pair ? [{ target, hint: relationship.sourceHoldsKey ? pair[0] : pair[1] }] : []),
          ...(saysNothingNew(relationship, related) ? [{ target, hint: relationship.name }] : []),
          ...(pair && relationship.sourceHoldsKey ? [{ target: pair[0], hint: null }] : []),
          { target, hint: null },
        ]
  const isClear = (candidate: EmbedTarget) => {
    const [first, ...others] = all.filter((other) => isMeantBy(other, candidate, isTable(other.target, related.index)))
    return first === relationship && others.length === 0
  }
  return candidates.find(isClear) ?? null
}

const isTable = (relation: QualifiedName, index: CatalogIndex) => index.relations.get(relation)?.view === null

/** Words of constraints' names that say only what they are. */
const ofKeys = /^(?:fk|fkey|key|ref|from|to|and)?\d*$/

/**
 * Whether the name of a foreign key is made of words of the relations and columns that the role sees anyway, as
 * PostgreSQL makes it unless told otherwise.
 */
function saysNothingNew({ name, junction }: Relationship, { cores }: Related): boolean {
  if (junction !== null) return false
  const seen = wordsSeen(cores)
  return wordsOf(name).every((word) => seen.has(word) || ofKeys.test(word))
}

const known = new WeakMap<Related['cores'], ReadonlySet<string>>()

/** The words of all names of relations and columns that the role sees. */
function wordsSeen(cores: Related['cores']): ReadonlySet<string> {
  const found =
    known.get(cores) ??
    new Set(
      [...cores.values()]
        .flatMap(({ name, columns }) => [name, ...columns.map((column) => column.name)])
        .flatMap(wordsOf),
    )
  known.set(cores, found)
  return found
}

const wordsOf = (name: string) => name.toLowerCase().split(/[^\p{L}\p{N}]+/u)

function surfaceOfRelationship(
  relationship: Relationship,
  core: RelationCore,
  target: RelationCore,
  { target: request, hint }: EmbedTarget,
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
    foreignKey: kind !== 'computed' && saysNothingNew(relationship, related) ? name : null,
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
