import {
  type Catalog,
  type CatalogIndex,
  type Policy,
  type QualifiedName,
  qualifiedName,
  quoteIdentifier,
  type Relation,
  type Security,
  type Term,
} from '@rolecast/catalog'

export type Verb = 'select' | 'insert' | 'update' | 'delete'
export const verbs: readonly Verb[] = ['select', 'insert', 'update', 'delete']

/** A policy with its relation, and its conditions taken apart. */
export interface PolicyOf {
  readonly relation: Relation
  readonly key: QualifiedName
  readonly policy: Policy
  /** `name ON relation`, as CREATE POLICY has it */
  readonly object: string
  readonly using: Term | null
  /** WITH CHECK as it was written; null: USING checks new rows as well */
  readonly check: Term | null
}

/** What is asked about policies is answered from these parts of an audit's context. */
interface Known {
  readonly catalog: Catalog
  readonly security: Security
  readonly index: CatalogIndex
  readonly roles: readonly string[]
  readonly hasRole: (role: string, other: string) => boolean
}

/** Whether row-level security holds a role on a relation. */
export function isUnderPolicies(
  relation: Relation,
  role: string,
  { index, hasRole }: Pick<Known, 'index' | 'hasRole'>,
) {
  if (!relation.rowSecurity.enabled) return false
  const known = index.roles.get(role)
  if (known?.superuser || known?.bypassRowSecurity) return false
  return relation.rowSecurity.forced || !hasRole(role, relation.owner)
}

/** Every policy of the database but those of extensions' tables. */
export function policiesOf({ catalog, security }: Known): readonly PolicyOf[] {
  return catalog.relations.flatMap((relation) => {
    const key = qualifiedName(relation.schema, relation.name)
    if (relation.extension !== null) return []
    return relation.policies.map((policy) => {
      const terms = security.conditions[key]?.[policy.name]
      return {
        relation,
        key,
        policy,
        object: `${quoteIdentifier(policy.name)} ON ${key}`,
        using: terms?.using ?? null,
        check: terms?.check ?? null,
      }
    })
  })
}

/** What a policy asks for a verb: USING of the rows that are there, WITH CHECK of those written. Null: nothing. */
export function usingFor({ using }: PolicyOf, verb: Verb): Term | null {
  return verb === 'insert' ? null : using
}
export function checkFor({ using, check }: PolicyOf, verb: Verb): Term | null {
  return verb === 'insert' || verb === 'update' ? (check ?? using) : null
}

export const covers = ({ policy }: PolicyOf, verb: Verb): boolean => policy.command === 'all' || policy.command === verb

/** Verbs that a policy is for. */
export const verbsOf = (policy: PolicyOf): readonly Verb[] => verbs.filter((verb) => covers(policy, verb))

/** Questions about roles and policies. */
export class PolicyBook {
  readonly all: readonly PolicyOf[]
  readonly #byKey = new Map<QualifiedName, PolicyOf[]>()
  /** lints ask the same of every policy and role */
  readonly #concerned = new Map<PolicyOf['policy'], Map<string, boolean>>()

  constructor(readonly context: Known) {
    this.all = policiesOf(context)
    for (const policy of this.all) {
      const known = this.#byKey.get(policy.key)
      if (known) known.push(policy)
      else this.#byKey.set(policy.key, [policy])
    }
  }

  readonly on = (key: QualifiedName): readonly PolicyOf[] => this.#byKey.get(key) ?? []

  /** Whether a policy is meant for a role: named, by membership, or for all. */
  readonly concerns = ({ policy }: PolicyOf, role: string): boolean => {
    if (policy.roles === null) return true
    const ofPolicy = this.#concerned.get(policy) ?? new Map<string, boolean>()
    this.#concerned.set(policy, ofPolicy)
    const known = ofPolicy.get(role)
    if (known !== undefined) return known
    const isConcerned = policy.roles.some((name) => this.context.hasRole(role, name))
    ofPolicy.set(role, isConcerned)
    return isConcerned
  }

  readonly applying = (key: QualifiedName, role: string, verb: Verb): readonly PolicyOf[] =>
    this.on(key).filter((policy) => covers(policy, verb) && this.concerns(policy, role))

  readonly permissive = (key: QualifiedName, role: string, verb: Verb): readonly PolicyOf[] =>
    this.applying(key, role, verb).filter(({ policy }) => policy.permissive)

  /** Whether row-level security holds a role on a relation. */
  readonly isUnder = (relation: Relation, role: string): boolean => isUnderPolicies(relation, role, this.context)

  /** Whether a role holds a privilege on a relation, or on some column of it. */
  readonly holds = (role: string, key: QualifiedName, verb: Verb): boolean => {
    const held = this.context.index.privileges.get(role)?.relations[key]
    if (held === undefined) return false
    return held.table.includes(verb) || (verb !== 'delete' && (held.columns[verb]?.length ?? 0) > 0)
  }

  readonly held = (role: string, key: QualifiedName): readonly Verb[] =>
    verbs.filter((verb) => this.holds(role, key, verb))

  readonly holdsColumn = (
    role: string,
    key: QualifiedName,
    verb: 'select' | 'insert' | 'update',
    column: string,
  ): boolean => {
    const held = this.context.index.privileges.get(role)?.relations[key]
    return held !== undefined && (held.table.includes(verb) || (held.columns[verb]?.includes(column) ?? false))
  }

  /** API roles that a policy is meant for, and that hold a privilege for which it is. */
  readonly users = (policy: PolicyOf): readonly string[] =>
    this.context.roles.filter(
      (role) =>
        this.concerns(policy, role) &&
        this.isUnder(policy.relation, role) &&
        verbsOf(policy).some((verb) => this.holds(role, policy.key, verb)),
    )
}
