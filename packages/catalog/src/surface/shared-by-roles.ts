import { type AskedPrivileges, DecidedByAnswers } from '../access/answers.js'
import type { EffectivePrivileges } from '../access/effective-privileges.js'
import { RelationAccess } from '../access/relation-access.js'
import { Reading } from '../access/select/reading.js'
import { groupBy } from '../introspect/group.js'
import type { Catalog, QualifiedName, Relation } from '../model/catalog.js'
import { type CatalogIndex, indexCatalog } from '../model/index-catalog.js'
import type { Relationship } from '../model/relationship.js'
import { compareNames } from '../postgres/names.js'
import { relationshipsOf } from '../relationships/relationships.js'
import { type RelationCore, relationCore } from './relation-surface.js'
import { type Requestable, requestable, wordsOf } from './relationship-requests.js'
import { SearchPath } from './search-path.js'
import type { SurfaceOptions } from './surface-options.js'

/** What the surfaces of a catalog's roles have in common, found once. */
export class SharedByRoles {
  readonly index: CatalogIndex
  readonly searchPath: SearchPath
  /** the roles that statements act through: owners */
  readonly owners = new Map<string, EffectivePrivileges>()
  readonly #bySource: ReadonlyMap<QualifiedName, readonly Relationship[]>
  readonly #requestable = new Map<QualifiedName, readonly Requestable[]>()
  readonly #words = new Map<string, readonly string[]>()
  readonly #cores = new Map<Relation, DecidedByAnswers<RelationCore | null>>()

  constructor(catalog: Catalog, schemas: readonly string[], extraSearchPath: readonly string[]) {
    this.index = indexCatalog(catalog)
    this.searchPath = new SearchPath(this.index, extraSearchPath)
    this.#bySource = groupBy(relationshipsOf(catalog, schemas), ({ source }) => source)
  }

  /** The relationships of a relation with others of its schema. */
  requestableFrom(source: QualifiedName): readonly Requestable[] {
    const known = this.#requestable.get(source)
    if (known !== undefined) return known
    const found = requestable(this.#bySource.get(source) ?? [], this.index)
    this.#requestable.set(source, found)
    return found
  }

  /** The words of a relation's or column's name. */
  wordsOf(name: string): readonly string[] {
    const words = this.#words.get(name) ?? wordsOf(name)
    this.#words.set(name, words)
    return words
  }

  /** What a role may do with a relation. Roles with the same privileges, as far as they matter for it, share the answer. */
  coreOf(relation: Relation, role: AskedPrivileges, access: RelationAccess): RelationCore | null {
    // A view's answers may follow from those of all relations behind it, which `access` remembers.
    if (relation.kind === 'view') return relationCore(relation, access, this.searchPath)
    const known = this.#cores.get(relation) ?? new DecidedByAnswers<RelationCore | null>()
    this.#cores.set(relation, known)
    return known.of(role, () =>
      relationCore(relation, new RelationAccess(new Reading(this.index, role, this.owners)), this.searchPath),
    )
  }
}

const known = new WeakMap<Catalog, Map<string, SharedByRoles>>()

export function sharedByRoles(
  catalog: Catalog,
  { schemas, extraSearchPath = ['public'] }: SurfaceOptions,
): SharedByRoles {
  const ofCatalog = known.get(catalog) ?? new Map<string, SharedByRoles>()
  known.set(catalog, ofCatalog)
  const memo = JSON.stringify([[...schemas].sort(compareNames), extraSearchPath])
  const found = ofCatalog.get(memo) ?? new SharedByRoles(catalog, schemas, extraSearchPath)
  ofCatalog.set(memo, found)
  return found
}
