import {
  type AclItem,
  type CatalogIndex,
  quoteIdentifier,
  type Relation,
  type RelationPrivileges,
  type RolePrivileges,
  signatureOfRoutine,
  type TablePrivilege,
} from '@rolecast/catalog'
import type { Grant } from './grants.js'

const verbs = ['select', 'insert', 'update', 'delete'] as const

/** Privileges on a sequence of which one is enough, by what is called (the manual's "Sequence Manipulation Functions"). */
const sequenceCalls = { nextval: ['USAGE', 'UPDATE'], currval: ['USAGE', 'SELECT'], setval: ['UPDATE'] } as const

/**
 * What PostgreSQL would answer without some grants. A privilege goes with the last grant that gives it: PUBLIC's, other
 * roles' and an owner's remain. Beside a grant to a role what PUBLIC has is not counted, so that a grant that is used is not
 * taken for superfluous.
 */
export class ReducedIndex {
  readonly #byObject = new Map<string, readonly Grant[]>()

  /** @param grants those that may be taken away */
  constructor(
    readonly index: CatalogIndex,
    grants: readonly Grant[],
  ) {
    for (const grant of grants) {
      const key = keyOf(grant)
      this.#byObject.set(key, [...(this.#byObject.get(key) ?? []), grant])
    }
  }

  /** The index of a catalog in which `removed` was not granted. */
  without(removed: ReadonlySet<Grant>): CatalogIndex {
    if (removed.size === 0) return this.index
    const objects = new Map([...removed].map((grant) => [keyOf(grant), grant] as const))
    const privileges = new Map(
      [...this.index.privileges].map(([role, original]) => [role, this.#reduced(original, objects, removed)]),
    )
    return { ...this.index, privileges }
  }

  #reduced(original: RolePrivileges, objects: ReadonlyMap<string, Grant>, removed: ReadonlySet<Grant>): RolePrivileges {
    const has = new Set(original.has)
    const concerned = [...objects].filter(([key]) => this.#byObject.get(key)?.some(({ grantee }) => has.has(grantee)))
    if (concerned.length === 0) return original
    const relations: Record<string, RelationPrivileges> = { ...original.relations }
    const gone = { schema: new Set<string>(), routine: new Set<string>() }
    const sequences = { ...original.sequences }
    for (const [key, { kind, object }] of concerned) {
      const left = (this.#byObject.get(key) ?? []).filter((grant) => has.has(grant.grantee) && !removed.has(grant))
      const before = (this.#byObject.get(key) ?? []).filter(({ grantee }) => has.has(grantee))
      if (kind === 'relation') {
        const relation = this.index.relations.get(object)
        const held = original.relations[object]
        if (relation && held) relations[object] = this.#relation(relation, held, original, before, left)
      } else if (kind === 'sequence') {
        const acl = this.index.sequences.get(object)?.acl ?? null
        const owner = this.index.sequences.get(object)?.owner
        for (const call of ['nextval', 'currval', 'setval'] as const) {
          const isMeant = ({ privilege }: Grant) => (sequenceCalls[call] as readonly string[]).includes(privilege)
          const isFixed = this.#isFixed(original, owner, acl, before.filter(isMeant), sequenceCalls[call])
          if (!isFixed && !left.some(isMeant)) sequences[call] = sequences[call].filter((name) => name !== object)
        }
      } else {
        const found = kind === 'schema' ? this.#schemaNamed(object) : this.#routineSigned(object)
        const needed = kind === 'schema' ? 'USAGE' : 'EXECUTE'
        const isMeant = ({ privilege }: Grant) => privilege === needed
        if (!this.#isFixed(original, found?.owner, found?.acl ?? null, before.filter(isMeant), [needed])) {
          if (!left.some(isMeant)) gone[kind].add(found?.key ?? object)
        }
      }
    }
    return {
      ...original,
      relations,
      sequences,
      schemas: original.schemas.filter((name) => !gone.schema.has(name)),
      routines: original.routines.filter((signature) => !gone.routine.has(signature)),
    }
  }

  #relation(
    relation: Relation,
    held: RelationPrivileges,
    role: RolePrivileges,
    before: readonly Grant[],
    left: readonly Grant[],
  ): RelationPrivileges {
    const table: TablePrivilege[] = []
    const columns: { [verb in 'select' | 'insert' | 'update']?: string[] } = {}
    for (const verb of verbs) {
      const privilege = verb.toUpperCase()
      const of = (grants: readonly Grant[]) => grants.filter((grant) => grant.privilege === privilege)
      const isFixedOnTable =
        held.table.includes(verb) && this.#isFixed(role, relation.owner, relation.acl, of(before), [privilege])
      if (verb === 'delete') {
        if (isFixedOnTable || (held.table.includes(verb) && of(left).length > 0)) table.push(verb)
        continue
      }
      const whole = relation.columns.every(({ name }) =>
        of(left).some(({ column, isOfTable }) => isOfTable && column === name),
      )
      if (isFixedOnTable || (held.table.includes(verb) && whole)) {
        table.push(verb)
        continue
      }
      const wereHeld = held.table.includes(verb) ? relation.columns.map(({ name }) => name) : (held.columns[verb] ?? [])
      columns[verb] = wereHeld.filter((name) => {
        const onColumn = (grants: readonly Grant[]) => of(grants).filter(({ column }) => column === name)
        if (onColumn(left).length > 0) return true
        const column = relation.columns.find((other) => other.name === name)
        const acl = [...(relation.acl ?? []), ...(column?.acl ?? [])]
        return this.#isFixed(role, relation.owner, acl, onColumn(before), [privilege])
      })
    }
    return { table, columns }
  }

  /** Whether a privilege that a role has does not come from grants that may be taken away alone. */
  #isFixed(
    { role, has }: RolePrivileges,
    owner: string | undefined,
    acl: readonly AclItem[] | null,
    removable: readonly Grant[],
    privileges: readonly string[],
  ): boolean {
    if (removable.length === 0) return true
    if (this.index.roles.get(role)?.superuser || (owner !== undefined && has.includes(owner))) return true
    if (has.some((name) => predefined.has(name))) return true
    const grantees = new Set(removable.map(({ grantee }) => grantee))
    return (acl ?? []).some(
      ({ grantee, privileges: given }) =>
        grantee !== null &&
        !grantees.has(grantee) &&
        has.includes(grantee) &&
        given.some(({ privilege }) => privileges.includes(privilege)),
    )
  }

  #schemaNamed(object: string) {
    const schema = [...this.index.schemas.values()].find(({ name }) => quoteIdentifier(name) === object)
    return schema && { key: schema.name, owner: schema.owner, acl: schema.acl }
  }

  #routineSigned(object: string) {
    const routine = this.index.routines.get(object)
    return routine && { key: signatureOfRoutine(routine), owner: routine.owner, acl: routine.acl }
  }
}

/** Roles whose members have privileges without grants. */
const predefined: ReadonlySet<string> = new Set(['pg_read_all_data', 'pg_write_all_data'])

const keyOf = ({ kind, object }: Grant) => `${kind} ${object}`
