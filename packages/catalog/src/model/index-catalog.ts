import { qualifiedName, signatureOf } from '../postgres/names.js'
import type {
  Catalog,
  Constraint,
  QualifiedName,
  Relation,
  Role,
  RolePrivileges,
  Routine,
  Schema,
  Sequence,
  Signature,
  Type,
} from './catalog.js'

/** A catalog's objects by key. */
export interface CatalogIndex {
  readonly catalog: Catalog
  readonly roles: ReadonlyMap<string, Role>
  readonly schemas: ReadonlyMap<string, Schema>
  readonly relations: ReadonlyMap<QualifiedName, Relation>
  /** partitions and inheritance children, by the relation that they belong to */
  readonly children: ReadonlyMap<QualifiedName, readonly Relation[]>
  /** enforced foreign keys, by the relation that they reference */
  readonly referencing: ReadonlyMap<QualifiedName, readonly ForeignKey[]>
  readonly types: ReadonlyMap<QualifiedName, Type>
  readonly routines: ReadonlyMap<Signature, Routine>
  /** overloads, by qualified name */
  readonly routinesByName: ReadonlyMap<QualifiedName, readonly Routine[]>
  /** functions whose one argument is a row of a relation, by that relation */
  readonly routinesByRow: ReadonlyMap<QualifiedName, readonly Routine[]>
  readonly sequences: ReadonlyMap<QualifiedName, Sequence>
  readonly privileges: ReadonlyMap<string, RolePrivileges>
}

/** A foreign key and the relation that holds it. */
export interface ForeignKey {
  readonly relation: Relation
  readonly constraint: Constraint
}

const indexes = new WeakMap<Catalog, CatalogIndex>()

/** The catalog's objects by key; made once for each catalog. */
export function indexCatalog(catalog: Catalog): CatalogIndex {
  const known = indexes.get(catalog)
  if (known !== undefined) return known
  const routinesByName = new Map<QualifiedName, Routine[]>()
  for (const routine of catalog.routines) {
    const name = qualifiedName(routine.schema, routine.name)
    routinesByName.set(name, [...(routinesByName.get(name) ?? []), routine])
  }
  const routinesByRow = new Map<QualifiedName, Routine[]>()
  for (const routine of catalog.routines) {
    const [row, ...more] = routine.arguments.filter(({ mode }) => mode !== 'out' && mode !== 'table')
    if (routine.kind !== 'function' || !row || more.length > 0 || row.type.array) continue
    routinesByRow.set(row.type.type, [...(routinesByRow.get(row.type.type) ?? []), routine])
  }
  const children = new Map<QualifiedName, Relation[]>()
  for (const relation of catalog.relations) {
    for (const parent of relation.parents) {
      const siblings = children.get(parent)
      if (siblings) siblings.push(relation)
      else children.set(parent, [relation])
    }
  }
  const referencing = new Map<QualifiedName, ForeignKey[]>()
  for (const relation of catalog.relations) {
    for (const constraint of relation.constraints) {
      const { references, enforcement } = constraint
      if (references === null || enforcement === null) continue
      const keys = referencing.get(references.relation)
      if (keys) keys.push({ relation, constraint })
      else referencing.set(references.relation, [{ relation, constraint }])
    }
  }
  const index: CatalogIndex = {
    children,
    referencing,
    catalog,
    roles: new Map(catalog.roles.map((role) => [role.name, role])),
    schemas: new Map(catalog.schemas.map((schema) => [schema.name, schema])),
    relations: new Map(catalog.relations.map((item) => [qualifiedName(item.schema, item.name), item])),
    types: new Map(catalog.types.map((item) => [qualifiedName(item.schema, item.name), item])),
    routines: new Map(catalog.routines.map((routine) => [signatureOfRoutine(routine), routine])),
    routinesByName,
    routinesByRow,
    sequences: new Map(catalog.sequences.map((item) => [qualifiedName(item.schema, item.name), item])),
    privileges: new Map(catalog.privileges.map((item) => [item.role, item])),
  }
  indexes.set(catalog, index)
  return index
}

export function signatureOfRoutine(routine: Routine): Signature {
  const inputs = routine.arguments.filter(({ mode }) => mode !== 'out' && mode !== 'table')
  return signatureOf(
    routine.schema,
    routine.name,
    inputs.map(({ type }) => type.formatted),
  )
}
