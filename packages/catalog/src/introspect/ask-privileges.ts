import type { RelationPrivileges, RolePrivileges, SequenceCall, TablePrivilege } from '../model/catalog.js'
import { compareNames, sortedNames } from '../postgres/names.js'
import { settingPrivilege } from '../postgres/version.js'
import type { Names } from './names.js'
import type { Ask } from './snapshot.js'

/**
 * PostgreSQL's own answers, by object id and aggregated, so that few rows travel however many objects there are. Roles
 * vary slowest, because PostgreSQL remembers the memberships of the last role it looked at.
 */
const relationPrivileges = `
  SELECT role, bits, array_agg(relation) AS relations
  FROM (
    SELECT r.id AS role, c.id AS relation,
           has_table_privilege(r.id, c.id, 'SELECT')::int + has_table_privilege(r.id, c.id, 'INSERT')::int * 2
           + has_table_privilege(r.id, c.id, 'UPDATE')::int * 4 + has_table_privilege(r.id, c.id, 'DELETE')::int * 8 AS bits
    FROM unnest($1::oid[]) r(id) CROSS JOIN unnest($2::oid[]) c(id)
    OFFSET 0
  ) answers
  WHERE bits <> 0 GROUP BY role, bits`

/** Only relations with grants on columns are asked about column by column. */
const columnPrivileges = `
  SELECT role, relation, bits, array_agg(attnum::int ORDER BY attnum) AS columns
  FROM (
    SELECT r.id AS role, a.attrelid AS relation, a.attnum,
           (NOT has_table_privilege(r.id, a.attrelid, 'SELECT')
             AND has_column_privilege(r.id, a.attrelid, a.attnum, 'SELECT'))::int
           + (NOT has_table_privilege(r.id, a.attrelid, 'INSERT')
             AND has_column_privilege(r.id, a.attrelid, a.attnum, 'INSERT'))::int * 2
           + (NOT has_table_privilege(r.id, a.attrelid, 'UPDATE')
             AND has_column_privilege(r.id, a.attrelid, a.attnum, 'UPDATE'))::int * 4 AS bits
    FROM unnest($1::oid[]) r(id) CROSS JOIN pg_attribute a
    WHERE a.attrelid = ANY ($2) AND a.attnum > 0 AND NOT a.attisdropped AND a.attacl IS NOT NULL
    OFFSET 0
  ) answers
  WHERE bits <> 0 GROUP BY role, relation, bits`

/** Any of these suffices (src/backend/commands/sequence.c). */
const privilegesOfCalls: Readonly<Record<SequenceCall, string>> = {
  nextval: 'USAGE, UPDATE',
  currval: 'USAGE, SELECT',
  setval: 'UPDATE',
}

const otherPrivileges = (serverVersion: number) => `
  SELECT r.id AS role,
    ARRAY(SELECT o.id FROM unnest($2::oid[]) o(id) WHERE pg_has_role(r.id, o.id, 'USAGE')) AS has,
    ARRAY(SELECT o.id FROM unnest($2::oid[]) o(id)
          WHERE pg_has_role(r.id, o.id, '${settingPrivilege(serverVersion)}')) AS "canBecome",
    ARRAY(SELECT o.id FROM unnest($3::oid[]) o(id) WHERE has_schema_privilege(r.id, o.id, 'USAGE')) AS schemas,
    ${Object.entries(privilegesOfCalls)
      .map(
        ([call, privileges]) =>
          `ARRAY(SELECT o.id FROM unnest($4::oid[]) o(id) WHERE has_sequence_privilege(r.id, o.id, '${privileges}')) AS ${call},`,
      )
      .join('\n    ')}
    ARRAY(SELECT o.id FROM unnest($5::oid[]) o(id) WHERE has_function_privilege(r.id, o.id, 'EXECUTE')) AS routines
  FROM unnest($1::oid[]) r(id)`

const privilegesOfBits: readonly TablePrivilege[] = ['select', 'insert', 'update', 'delete']

export interface Objects {
  readonly roles: readonly number[]
  readonly schemas: readonly number[]
  readonly relations: readonly number[]
  readonly relationsWithColumnGrants: readonly number[]
  readonly sequences: readonly number[]
  readonly routines: readonly number[]
}

interface OtherRow extends Readonly<Record<SequenceCall, number[]>> {
  role: number
  has: number[]
  canBecome: number[]
  schemas: number[]
  routines: number[]
}

export async function askPrivileges(
  ask: Ask,
  serverVersion: number,
  principals: readonly number[],
  objects: Objects,
  names: Names,
): Promise<RolePrivileges[]> {
  if (principals.length === 0) return []
  const tables = await ask<{ role: number; bits: number; relations: number[] }>(relationPrivileges, [
    principals,
    objects.relations,
  ])
  const columns = await ask<{ role: number; relation: number; bits: number; columns: number[] }>(columnPrivileges, [
    principals,
    objects.relationsWithColumnGrants,
  ])
  const others = await ask<OtherRow>(otherPrivileges(serverVersion), [
    principals,
    objects.roles,
    objects.schemas,
    objects.sequences,
    objects.routines,
  ])
  const relations = new PrivilegesByRelation(names)
  for (const row of tables) for (const relation of row.relations) relations.addTable(row.role, relation, row.bits)
  for (const row of columns) relations.addColumns(row.role, row.relation, row.bits, row.columns)
  return others
    .map((row) => ({
      role: names.role(row.role),
      has: sortedNames(row.has.map((oid) => names.role(oid))),
      canBecome: sortedNames(row.canBecome.map((oid) => names.role(oid))),
      schemas: sortedNames(row.schemas.map((oid) => names.schema(oid))),
      relations: relations.of(row.role),
      sequences: {
        nextval: sortedNames(row.nextval.flatMap((oid) => names.sequence(oid) ?? [])),
        currval: sortedNames(row.currval.flatMap((oid) => names.sequence(oid) ?? [])),
        setval: sortedNames(row.setval.flatMap((oid) => names.sequence(oid) ?? [])),
      },
      routines: sortedNames(row.routines.flatMap((oid) => names.routine(oid) ?? [])),
    }))
    .sort((a, b) => compareNames(a.role, b.role))
}

interface Answer {
  table: readonly TablePrivilege[]
  columns: { select?: string[]; insert?: string[]; update?: string[] }
}

class PrivilegesByRelation {
  readonly #byRole = new Map<number, Map<number, Answer>>()
  constructor(readonly names: Names) {}

  addTable(role: number, relation: number, bits: number): void {
    this.#at(role, relation).table = privilegesOfBits.filter((_, index) => bits & (1 << index))
  }

  addColumns(role: number, relation: number, bits: number, numbers: readonly number[]): void {
    const answer = this.#at(role, relation)
    for (const [index, privilege] of (['select', 'insert', 'update'] as const).entries()) {
      if ((bits & (1 << index)) === 0) continue
      const columns = this.names.columns(relation, numbers)
      answer.columns[privilege] = [...(answer.columns[privilege] ?? []), ...columns].sort(compareNames)
    }
  }

  of(role: number): Record<string, RelationPrivileges> {
    const named = [...(this.#byRole.get(role) ?? [])].flatMap(([relation, answer]): [string, RelationPrivileges][] => {
      const key = this.names.relation(relation)
      return key === undefined ? [] : [[key, { table: answer.table, columns: inOrder(answer.columns) }]]
    })
    return Object.fromEntries(named.sort(([a], [b]) => compareNames(a, b)))
  }

  #at(role: number, relation: number): Answer {
    const ofRole = this.#byRole.get(role) ?? new Map<number, Answer>()
    this.#byRole.set(role, ofRole)
    const answer = ofRole.get(relation) ?? { table: [], columns: {} }
    ofRole.set(relation, answer)
    return answer
  }
}

/** Always the same order of keys, whichever came first. */
function inOrder({ select, insert, update }: Answer['columns']): RelationPrivileges['columns'] {
  return { ...(select && { select }), ...(insert && { insert }), ...(update && { update }) }
}
