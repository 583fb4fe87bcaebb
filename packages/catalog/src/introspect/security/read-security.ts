import type { AclItem } from '../../model/catalog.js'
import type { Security } from '../../model/security.js'
import {
  byNames,
  compareNames,
  type QualifiedName,
  qualifiedName,
  signatureOf,
  sortedNames,
} from '../../postgres/names.js'
import { hasFeature } from '../../postgres/version.js'
import { isPublishedSecret } from '../../published-secrets.js'
import { groupBy } from '../group.js'
import type { Names } from '../names.js'
import { parseAcl } from '../objects/acl.js'
import type { PolicyRow, RelationRow, RoutineRow } from '../objects/rows.js'
import type { Ask } from '../snapshot.js'
import { readConditions } from './read-conditions.js'
import { codeOf, type KnownNames } from './routine-code.js'
import * as statements from './statements.js'

/** What `readSecurity` goes by: the definitions that are there already. */
export interface SecurityInput {
  readonly serverVersion: number
  /** the roles that the API can become, by id */
  readonly roles: readonly number[]
  readonly relations: readonly RelationRow[]
  readonly routines: readonly RoutineRow[]
  readonly policies: readonly PolicyRow[]
}

/** Reads what only an audit needs, in the same snapshot as the catalog. Any login role may. */
export async function readSecurity(ask: Ask, input: SecurityInput, names: Names): Promise<Security> {
  const { serverVersion, roles } = input
  const [database] = await ask<{ name: string; owner: number; acl: string[] | null }>(statements.database)
  if (database === undefined) throw new Error('PostgreSQL did not name the current database.')
  const [{ can: canReadPasswords } = { can: false }] = await ask<{ can: boolean }>(statements.canReadPasswords)
  const logins = await ask<Security['logins'][number] & { role: number }>(statements.logins(canReadPasswords))
  const settings = await ask<{ name: string; value: string }>(statements.serverSettings)
  const parameters = hasFeature(serverVersion, 'parameterPrivileges')
    ? await ask<{ parameter: string; acl: string[] | null }>(statements.parameterAcls)
    : []
  const full = await ask<{ relation: number }>(statements.fullReplicaIdentity)
  const sequences = await ask<{ schema: string; name: string; owner: number; acl: string[] }>(statements.sequences)
  return {
    apiRoles: sortedNames(roles.map((oid) => names.role(oid))),
    database: { name: database.name, owner: names.role(database.owner), acl: parseAcl(database.acl) },
    otherDatabases: (await ask<{ name: string }>(statements.otherDatabases, [roles])).map(({ name }) => name),
    logins: logins.map((row) => ({ ...row, role: names.role(row.role) })).sort(byNames(({ role }) => role)),
    serverSettings: Object.fromEntries(
      settings.map(({ name, value }) => [name, value] as const).sort(([a], [b]) => compareNames(a, b)),
    ),
    untrustedLanguages: sortedNames(
      (await ask<{ name: string }>(statements.untrustedLanguages)).map(({ name }) => name),
    ),
    parameterAcls: parameters.map(({ parameter, acl }) => ({ parameter, acl: given(acl) })),
    systemAccess: await readSystemAccess(ask, roles, names),
    outreach: await readOutreach(ask, roles, names),
    publications: await readPublications(ask, serverVersion, names),
    fullReplicaIdentity: sortedNames(full.flatMap(({ relation }) => names.relation(relation) ?? [])),
    userMappings: await readUserMappings(ask, names),
    sequenceAcls: sequences
      .map((row) => ({
        sequence: qualifiedName(row.schema, row.name),
        owner: names.role(row.owner),
        acl: given(row.acl),
      }))
      .sort(byNames(({ sequence }) => sequence)),
    code: await readCode(ask, input, names),
    conditions: await readConditions(ask, input.policies, names),
  }
}

const given = (acl: readonly string[] | null): readonly AclItem[] => parseAcl(acl) ?? []

async function readSystemAccess(ask: Ask, roles: readonly number[], names: Names): Promise<Security['systemAccess']> {
  const relations = await ask<{ role: number; schema: string; name: string }>(statements.systemRelations, [roles])
  const functions = await ask<{ role: number; name: string; inputs: number[] }>(statements.systemFunctions, [roles])
  const relationsOf = groupBy(relations, ({ role }) => role)
  const functionsOf = groupBy(functions, ({ role }) => role)
  return roles
    .map((oid) => ({
      role: names.role(oid),
      relations: sortedNames((relationsOf.get(oid) ?? []).map(({ schema, name }) => qualifiedName(schema, name))),
      functions: sortedNames(
        (functionsOf.get(oid) ?? []).map(({ name, inputs }) => signature('pg_catalog', name, inputs, names)),
      ),
    }))
    .sort(byNames(({ role }) => role))
}

async function readOutreach(ask: Ask, roles: readonly number[], names: Names): Promise<Security['outreach']> {
  const rows = await ask<{ schema: string; name: string; inputs: number[]; extension: string; roles: number[] }>(
    statements.outreach,
    [roles],
  )
  return rows
    .map((row) => ({
      function: signature(row.schema, row.name, row.inputs, names),
      extension: row.extension,
      roles: sortedNames(row.roles.map((oid) => names.role(oid))),
    }))
    .sort(byNames((row) => row.function))
}

const signature = (schema: string, name: string, inputs: readonly number[], names: Names): string =>
  signatureOf(
    schema,
    name,
    inputs.map((type) => names.type(type).formatted),
  )

async function readPublications(ask: Ask, serverVersion: number, names: Names): Promise<Security['publications']> {
  const rows = await ask<{ publication: string; relation: number; filtered: boolean }>(
    statements.publishedTables(serverVersion),
  )
  const byPublication = groupBy(rows, ({ publication }) => publication)
  return (await ask<{ name: string; isAll: boolean }>(statements.publications)).map(({ name, isAll }) => ({
    name,
    all: isAll,
    tables: (byPublication.get(name) ?? [])
      .flatMap(({ relation, filtered }) => {
        const table = names.relation(relation)
        return table === undefined ? [] : [{ table, filtered }]
      })
      .sort(byNames(({ table }) => table)),
  }))
}

async function readUserMappings(ask: Ask, names: Names): Promise<Security['userMappings']> {
  const rows = await ask<{ server: string; role: number; hasPassword: boolean | null }>(statements.userMappings)
  return rows
    .map((row) => ({ ...row, role: row.role === 0 ? null : names.role(row.role) }))
    .sort(
      byNames(
        ({ server }) => server,
        ({ role }) => role ?? '',
      ),
    )
}

async function readCode(ask: Ask, { relations, routines }: SecurityInput, names: Names): Promise<Security['code']> {
  const described = routines.filter(({ isBuiltIn }) => !isBuiltIn)
  const rows = await ask<{ routine: number; body: string | null }>(statements.bodies, [described.map(({ oid }) => oid)])
  const known: KnownNames = {
    relations: keysByName(relations, names),
    routines: keysByName(described, names),
  }
  return Object.fromEntries(
    rows
      .flatMap(({ routine, body }) => {
        const key = names.routine(routine)
        return key === undefined ? [] : [[key, codeOf(body, known, isPublishedSecret)] as const]
      })
      .sort(([a], [b]) => compareNames(a, b)),
  )
}

function keysByName(
  rows: readonly { readonly name: string; readonly namespace: number }[],
  names: Names,
): ReadonlyMap<string, readonly QualifiedName[]> {
  const keys = new Map<string, QualifiedName[]>()
  for (const { name, namespace } of rows) {
    const key = qualifiedName(names.schema(namespace), name)
    const known = keys.get(name) ?? []
    if (!known.includes(key)) keys.set(name, [...known, key])
  }
  return keys
}
