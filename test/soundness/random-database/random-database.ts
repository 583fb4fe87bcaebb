import { Draft, type RandomFunction, type RowFunction } from './draft.js'
import { makeForeignTable } from './foreign-tables.js'
import { makeFunctions, makeTypedFunctions } from './functions.js'
import { makeDefaultPrivileges, makeGrants } from './grants.js'
import { makeHeir } from './heirs.js'
import { quote } from './names.js'
import { makePartitioned } from './partitions.js'
import { makePolicies } from './policies.js'
import { makeRoles, makeSchemas } from './roles.js'
import { makeRowFunctions } from './row-functions.js'
import { makeRule } from './rules.js'
import { makeTable } from './tables.js'
import { makeSequences, makeTypes } from './types.js'
import { makeView } from './views.js'

export interface RandomRelation {
  readonly schema: string
  readonly name: string
  /** a value for each column, as SQL that needs no privilege */
  readonly columns: readonly { readonly name: string; readonly value: string }[]
  readonly rowFunctions: readonly RowFunction[]
}

export interface RandomDatabase {
  readonly sql: readonly string[]
  readonly cleanUp: readonly string[]
  readonly roles: readonly string[]
  readonly schemas: readonly string[]
  readonly relations: readonly RandomRelation[]
  readonly functions: readonly RandomFunction[]
}

/** A database made of everything that privileges depend on. The same seed gives the same statements. */
export function randomDatabase(seed: number, version: number): RandomDatabase {
  const draft = new Draft(seed, version)
  makeRoles(draft)
  makeSchemas(draft)
  makeDefaultPrivileges(draft)
  makeFunctions(draft)
  makeTypes(draft)
  makeTypedFunctions(draft)
  makeSequences(draft)
  for (let count = draft.random.between(3, 5); count > 0; count -= 1) makeTable(draft)
  makeHeir(draft)
  makePartitioned(draft)
  makeForeignTable(draft)
  for (let count = draft.random.between(5, 8); count > 0; count -= 1) makeView(draft)
  for (let count = draft.random.between(0, 2); count > 0; count -= 1) makeRule(draft)
  makeRowFunctions(draft)
  makePolicies(draft)
  makeGrants(draft)
  return {
    sql: [...draft.sql, ...draft.late],
    cleanUp: [
      ...draft.cleanUp,
      ...draft.schemas.map((schema) => `DROP SCHEMA ${quote(schema)} CASCADE`),
      ...draft.roles.map((role) => `DROP OWNED BY ${quote(role)}`),
      ...draft.roles.map((role) => `DROP ROLE ${quote(role)}`),
    ],
    roles: draft.roles,
    schemas: draft.schemas,
    relations: draft.relations.map((relation) => ({
      schema: relation.schema,
      name: relation.name,
      columns: relation.columns.map((column) => ({ name: column.name, value: column.value })),
      rowFunctions: draft.rowFunctions.filter(({ of }) => of === relation),
    })),
    functions: draft.functions,
  }
}
