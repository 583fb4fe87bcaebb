import { type QualifiedName, qualifiedName, splitQualifiedName } from '@rolecast/catalog'
import { Lru } from '../lru.js'
import type { SchemaCache } from '../schema-cache/schema-cache.js'
import { NameIndex } from './name-index.js'

type VisibleNames = ReadonlySet<QualifiedName>
type Kind = 'relation' | 'routine' | 'origin'

/** Answers that are kept for each set of names that the role may see. */
const maximumAnswers = 500

/**
 * What hints suggest for names that are not there. Each list of names is indexed once for a schema cache, and answers are
 * remembered: who asks for thousands of unknown names takes no time from others.
 */
export class Suggestions {
  private readonly indexes = new Map<string, NameIndex<QualifiedName>>()
  private readonly suggestionsOf = new WeakMap<VisibleNames, Lru<string, { readonly name: string | null }>>()
  private related: VisibleNames | null = null

  private constructor(private readonly cache: SchemaCache) {}

  static of(cache: SchemaCache): Suggestions {
    const known = byCache.get(cache)
    if (known !== undefined) return known
    const made = new Suggestions(cache)
    byCache.set(cache, made)
    return made
  }

  /**
   * The closest name of a kind in a schema, or null.
   * @param visible what the role may know of
   */
  closest(kind: Kind, schema: string, wanted: string, visible: VisibleNames, minimumScore?: number): string | null {
    if (visible.size === 0) return null
    const answers =
      this.suggestionsOf.get(visible) ?? new Lru<string, { readonly name: string | null }>({ entries: maximumAnswers })
    this.suggestionsOf.set(visible, answers)
    const question = `${kind} ${schema} ${wanted}`
    const known = answers.get(question)
    if (known !== undefined) return known.name
    const answer = this.index(kind, schema).closest(wanted, (key) => visible.has(key), minimumScore)
    if (wanted.length < maximumName) answers.set(question, { name: answer })
    return answer
  }

  /** Whether a foreign key leaves or meets the relation, wherever it leads. */
  hasForeignKey(relation: QualifiedName): boolean {
    this.related ??= relatedIn(this.cache)
    return this.related.has(relation)
  }

  private index(kind: Kind, schema: string): NameIndex<QualifiedName> {
    const place = `${kind} ${schema}`
    const known = this.indexes.get(place)
    if (known !== undefined) return known
    const keys = [...keysOf[kind](this.cache, schema)]
    const index = new NameIndex(keys.map((key) => [splitQualifiedName(key).name, key] as const))
    this.indexes.set(place, index)
    return index
  }
}

const maximumName = 200
const byCache = new WeakMap<SchemaCache, Suggestions>()

const keysOf: Readonly<Record<Kind, (cache: SchemaCache, schema: string) => Iterable<QualifiedName>>> = {
  relation: ({ relations }, schema) => inSchema(relations.keys(), schema),
  routine: ({ routines }, schema) => inSchema(routines.keys(), schema),
  /** in which something of the schema can be embedded */
  origin: ({ relationships }, schema) =>
    [...relationships].flatMap(([source, all]) =>
      all.some(({ target }) => splitQualifiedName(target).schema === schema) ? [source] : [],
    ),
}

function* inSchema(keys: Iterable<QualifiedName>, schema: string): Generator<QualifiedName> {
  for (const key of keys) if (splitQualifiedName(key).schema === schema) yield key
}

function relatedIn({ catalog }: SchemaCache): VisibleNames {
  const related = new Set<QualifiedName>()
  for (const { schema, name, constraints } of catalog.relations) {
    for (const { kind, references } of constraints) {
      if (kind !== 'foreign key') continue
      related.add(qualifiedName(schema, name))
      if (references) related.add(references.relation)
    }
  }
  return related
}
