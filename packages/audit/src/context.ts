import {
  type Catalog,
  type CatalogIndex,
  compareNames,
  indexCatalog,
  type Relation,
  type Role,
  type RoleFacts,
  type Routine,
  type Security,
  type Surface,
  surfaceOf,
  withFacts,
} from '@rolecast/catalog'
import { PolicyBook } from './policies/policies-of.js'
import type { ServerFacts } from './server-facts.js'

/** What an audit is about. */
export interface AuditOptions {
  /** the exposed schemas, the default one first */
  readonly schemas: readonly string[]
  /** the role that the API logs in as; null: unknown, and what concerns it is not judged */
  readonly authenticator: string | null
  /** the role of requests without a token; null: unknown */
  readonly anonymous: string | null
  /** the API roles to judge; unless given, all that the catalog was read for */
  readonly roles?: readonly string[]
  /** what is known of requests, by role: what no row can pass then is not judged as a right */
  readonly facts?: Readonly<Record<string, RoleFacts>>
  /** the server's configuration; unless given, what concerns it is not judged */
  readonly server?: ServerFacts
}

/** The catalog with its security facts, and what lints ask of it. Its functions can be taken out of it. */
export class AuditContext {
  readonly index: CatalogIndex
  readonly security: Security
  readonly schemas: readonly string[]
  readonly authenticator: Role | null
  readonly anonymous: string | null
  /** the roles that requests run as, sorted; the authenticator is none of them */
  readonly roles: readonly string[]
  readonly policies: PolicyBook
  /** null: the server's configuration is not known */
  readonly server: ServerFacts | null
  readonly #facts: Readonly<Record<string, RoleFacts>>
  readonly #surfaces = new Map<string, Surface>()

  /** @throws Error for a catalog without security facts, which `introspect` reads when asked */
  constructor(
    readonly catalog: Catalog,
    options: AuditOptions,
  ) {
    if (catalog.security === undefined) throw new Error('This catalog was read without the facts that an audit needs.')
    this.index = indexCatalog(catalog)
    this.security = catalog.security
    this.schemas = options.schemas
    this.#facts = options.facts ?? {}
    this.authenticator = options.authenticator === null ? null : (this.index.roles.get(options.authenticator) ?? null)
    this.anonymous = options.anonymous
    this.server = options.server ?? null
    this.roles = (options.roles ?? this.security.apiRoles)
      .filter((role) => role !== options.authenticator)
      .sort(compareNames)
    this.policies = new PolicyBook(this)
  }

  /** Relations of the exposed schemas, extensions' own left out. */
  get exposedRelations(): readonly Relation[] {
    return this.catalog.relations.filter(({ schema, extension }) => this.schemas.includes(schema) && extension === null)
  }

  /** Routines of the exposed schemas, extensions' own left out. */
  get exposedRoutines(): readonly Routine[] {
    return this.catalog.routines.filter(({ schema, extension }) => this.schemas.includes(schema) && extension === null)
  }

  /** What a role may do, by what is known of its requests; made when it is first asked for. */
  readonly surface = (role: string): Surface => {
    const known = this.#surfaces.get(role)
    if (known !== undefined) return known
    const facts = Object.hasOwn(this.#facts, role) ? this.#facts[role] : undefined
    const catalog = facts === undefined ? this.catalog : withFacts(this.catalog, facts).catalog
    const surface = surfaceOf(catalog, role, { schemas: this.schemas })
    this.#surfaces.set(role, surface)
    return surface
  }

  /** Whether `role` has the privileges of `other` as it is: by membership that it inherits, or because it is the same. */
  readonly hasRole = (role: string, other: string): boolean =>
    role === other || (this.index.privileges.get(role)?.has.includes(other) ?? false)

  /** Everything that the authenticator can become, itself left out, with the shortest chain of memberships to each. */
  get reachable(): ReadonlyMap<string, readonly string[]> {
    const start = this.authenticator
    const chains = new Map<string, readonly string[]>()
    if (start === null) return chains
    const pending: (readonly string[])[] = [[start.name]]
    for (const chain of pending) {
      for (const { role, set } of this.index.roles.get(chain.at(-1) ?? '')?.memberOf ?? []) {
        if (!set || chains.has(role) || role === start.name) continue
        const longer = [...chain, role]
        chains.set(role, longer)
        pending.push(longer)
      }
    }
    return chains
  }
}
