import type { CatalogIndex } from '../model/index-catalog.js'
import type { Relationship } from '../model/relationship.js'
import { type QualifiedName, splitQualifiedName } from '../postgres/names.js'
import { type EmbedTarget, isMeantBy } from '../relationships/embed-target.js'

/** Words of constraints' names that say only what they are. */
const ofKeys = /^(?:fk|fkey|key|ref|from|to|and)?\d*$/

/** A relationship between two relations of one schema, and the requests for it. */
export interface Requestable {
  readonly relationship: Relationship
  /** words that the foreign key's name says of relations and columns; null: it is no foreign key's, and never named */
  readonly words: readonly string[] | null
  /** a request that may name the foreign key, and one that may not; null: every one means others as well */
  readonly byName: EmbedTarget | null
  readonly withoutName: EmbedTarget | null
}

/** The requests for relationships from one relation: the same for every role, for they must be clear among all there are. */
export function requestable(relationships: readonly Relationship[], index: CatalogIndex): readonly Requestable[] {
  const inSchema = relationships.filter(
    ({ source, target }) => splitQualifiedName(target).schema === splitQualifiedName(source).schema,
  )
  return inSchema.map((relationship) => ({
    relationship,
    words: relationship.junction === null ? wordsOf(relationship.name).filter((word) => !ofKeys.test(word)) : null,
    byName: requestFor(relationship, inSchema, index, true),
    withoutName: requestFor(relationship, inSchema, index, false),
  }))
}

/**
 * A request that means this relationship and no other, made of what the role sees; if there is one. It says the key or
 * the junction wherever it can, so that it goes on to mean the same when another relationship is added to the database.
 */
function requestFor(
  relationship: Relationship,
  all: readonly Relationship[],
  index: CatalogIndex,
  mayName: boolean,
): EmbedTarget | null {
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
          ...(mayName && junction === null ? [{ target, hint: relationship.name }] : []),
          ...(pair && relationship.sourceHoldsKey ? [{ target: pair[0], hint: null }] : []),
          { target, hint: null },
        ]
  const isClear = (candidate: EmbedTarget) => {
    const [first, ...others] = all.filter((other) => isMeantBy(other, candidate, isTable(other.target, index)))
    return first === relationship && others.length === 0
  }
  return candidates.find(isClear) ?? null
}

export const isTable = (relation: QualifiedName, index: CatalogIndex) => index.relations.get(relation)?.view === null

export const wordsOf = (name: string) => name.toLowerCase().split(/[^\p{L}\p{N}]+/u)
