import { MissingPrivilegesError, UnknownNameError } from '../errors.js'
import type {
  QualifiedName,
  Relation,
  RelationPrivileges,
  RolePrivileges,
  SequenceCall,
  SequenceUse,
  Signature,
  TablePrivilege,
} from '../model/catalog.js'
import type { CatalogIndex } from '../model/index-catalog.js'
import { compareNames, qualifiedName, quoteIdentifier, splitQualifiedName } from '../postgres/names.js'
import { firstIn, type Refusal, refuse } from './refusal.js'

/** PostgreSQL's answers about one role, as sets. */
export class EffectivePrivileges {
  readonly role: string
  readonly #privileges: RolePrivileges
  readonly #has: ReadonlySet<string>
  readonly #schemas: ReadonlySet<string>
  readonly #routines: ReadonlySet<Signature>
  readonly #sequences: { readonly [call in SequenceCall]: ReadonlySet<QualifiedName> }
  readonly #columns = new Map<readonly string[], ReadonlySet<string>>()

  /** @throws UnknownNameError, MissingPrivilegesError */
  constructor(
    readonly index: CatalogIndex,
    role: string,
  ) {
    const privileges = index.privileges.get(role)
    if (privileges === undefined) {
      const known = [...index.roles.keys()].sort(compareNames)
      if (!index.roles.has(role)) throw new UnknownNameError('role', role, known)
      throw new MissingPrivilegesError(role, [...index.privileges.keys()])
    }
    this.role = role
    this.#privileges = privileges
    this.#has = new Set(privileges.has)
    this.#schemas = new Set(privileges.schemas)
    this.#routines = new Set(privileges.routines)
    const { nextval, currval, setval } = privileges.sequences
    this.#sequences = { nextval: new Set(nextval), currval: new Set(currval), setval: new Set(setval) }
  }

  is(role: string): boolean {
    return this.role === role
  }

  /** Whether it has the other role's privileges as it is, without SET ROLE. */
  hasRole(other: string): boolean {
    return this.#has.has(other)
  }

  hasAnyOf(roles: readonly string[]): boolean {
    return roles.some((role) => this.#has.has(role))
  }

  /** BYPASSRLS is not inherited. */
  bypassesRowSecurity(): boolean {
    const role = this.index.roles.get(this.role)
    return role !== undefined && (role.superuser || role.bypassRowSecurity)
  }

  /** Whether row-level security is in force for it on a relation. Ownership is inherited. */
  isUnderRowSecurity(relation: Relation): boolean {
    if (!relation.rowSecurity.enabled || this.bypassesRowSecurity()) return false
    return relation.rowSecurity.forced || !this.hasRole(relation.owner)
  }

  mayUseSchema(schema: string): boolean {
    return this.#schemas.has(schema)
  }

  schemaRefusal(schema: string): Refusal | null {
    if (this.mayUseSchema(schema)) return null
    return refuse('schema', () => `${this.#name} has no USAGE on schema ${quoteIdentifier(schema)}.`)
  }

  /** What it may do with a relation: on all of it, or on some columns. Undefined: nothing. */
  grantsOn(relation: QualifiedName): RelationPrivileges | undefined {
    return this.#privileges.relations[relation]
  }

  mayOnTable(relation: QualifiedName, privilege: TablePrivilege): boolean {
    return this.grantsOn(relation)?.table.includes(privilege) ?? false
  }

  mayOnColumn(relation: QualifiedName, privilege: 'select' | 'insert' | 'update', column: string): boolean {
    return this.mayOnTable(relation, privilege) || this.#columnsOf(relation, privilege).has(column)
  }

  #columnsOf(relation: QualifiedName, privilege: 'select' | 'insert' | 'update'): ReadonlySet<string> {
    const granted = this.grantsOn(relation)?.columns[privilege]
    if (granted === undefined) return none
    const known = this.#columns.get(granted)
    if (known !== undefined) return known
    const columns = new Set(granted)
    this.#columns.set(granted, columns)
    return columns
  }

  /** What a range table entry's check says: of no columns, any one suffices (ExecCheckOneRelPerms). */
  columnsRefusal(
    relation: QualifiedName,
    privilege: 'select' | 'insert' | 'update',
    columns: readonly string[],
  ): Refusal | null {
    if (this.mayOnTable(relation, privilege)) return null
    if (columns.length === 0) {
      if (this.#columnsOf(relation, privilege).size > 0) return null
      return refuse('grant', () => `${this.#name} has ${privilege.toUpperCase()} on no column of ${relation}.`)
    }
    return firstIn(columns, (column) => this.#columnRefusal(relation, privilege, column))
  }

  #columnRefusal(relation: QualifiedName, privilege: 'select' | 'insert' | 'update', column: string): Refusal | null {
    if (this.mayOnColumn(relation, privilege, column)) return null
    const named = () => `${relation}.${quoteIdentifier(column)}, nor on all of ${relation}`
    return refuse('grant', () => `${this.#name} has no ${privilege.toUpperCase()} on ${named()}.`)
  }

  deleteRefusal(relation: QualifiedName): Refusal | null {
    if (this.mayOnTable(relation, 'delete')) return null
    return refuse('grant', () => `${this.#name} has no DELETE on ${relation}.`)
  }

  /**
   * Whether one statement may need INSERT and UPDATE together. PostgreSQL asks for both at once then, and does not look at
   * pg_write_all_data if a grant has given one of them (pg_class_aclmask_ext).
   */
  mayInsertAndUpdateAtOnce(relation: Relation): boolean {
    if (!this.hasRole('pg_write_all_data') || (relation.acl === null && this.hasRole(relation.owner))) return true
    const granted = new Set(
      (relation.acl ?? [])
        .filter(({ grantee }) => grantee === null || this.hasRole(grantee))
        .flatMap(({ privileges }) => privileges.map(({ privilege }) => privilege)),
    )
    const some = ['INSERT', 'UPDATE', 'DELETE'].filter((privilege) => granted.has(privilege))
    return some.length === 0 || (granted.has('INSERT') && granted.has('UPDATE'))
  }

  mayExecute(signature: Signature): boolean {
    return this.#routines.has(signature)
  }

  functionRefusal(signature: Signature): Refusal | null {
    if (this.mayExecute(signature)) return null
    return refuse('function', () => `${this.#name} has no EXECUTE on ${signature}.`)
  }

  mayCall(call: SequenceCall, sequence: QualifiedName): boolean {
    return this.#sequences[call].has(sequence)
  }

  sequenceRefusal({ call, sequence, isLookedUp }: SequenceUse): Refusal | null {
    const schema = isLookedUp ? this.schemaRefusal(splitQualifiedName(sequence).schema) : null
    if (schema) return schema
    if (this.mayCall(call, sequence)) return null
    return refuse('sequence', () => `${this.#name} has ${lacking[call]} on the sequence ${sequence}.`)
  }

  get #name(): string {
    return quoteIdentifier(this.role)
  }
}

const none: ReadonlySet<string> = new Set()

const lacking = { nextval: 'neither USAGE nor UPDATE', currval: 'neither USAGE nor SELECT', setval: 'no UPDATE' }

const keys = new WeakMap<Relation, QualifiedName>()

/** A relation's key in the catalog; made once, because every decision asks for it. */
export function keyOf(relation: Relation): QualifiedName {
  const known = keys.get(relation)
  if (known !== undefined) return known
  const key = qualifiedName(relation.schema, relation.name)
  keys.set(relation, key)
  return key
}
