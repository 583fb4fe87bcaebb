import type pg from 'pg'
import { isSupported, UnknownNameError, UnsupportedVersionError } from '../errors.js'
import type { Catalog } from '../model/catalog.js'
import { byNames, compareNames } from '../postgres/names.js'
import { askPrivileges } from './ask-privileges.js'
import { chooseRoles } from './choose-roles.js'
import { groupBy } from './group.js'
import type { IntrospectOptions } from './introspect-options.js'
import { keysOfRelations } from './keys/relation-keys.js'
import { Names } from './names.js'
import { parseAcl } from './objects/acl.js'
import { assembleRelation, type RelationParts } from './objects/assemble-relations.js'
import { assembleDefaultAcls, assembleRoles, assembleSettings } from './objects/assemble-roles.js'
import { assembleRoutine } from './objects/assemble-routines.js'
import { assembleType } from './objects/assemble-types.js'
import type * as rows from './objects/rows.js'
import { usedTypes } from './objects/used-types.js'
import { type Definitions, readDefinitions } from './read-definitions.js'
import { readSecurity } from './security/read-security.js'
import { type Ask, inSnapshot } from './snapshot.js'
import * as statements from './statements.js'
import { neverNullOf } from './views/never-null.js'
import { nullabilityOf } from './views/nullability.js'
import { totalFunctions } from './views/total-functions.js'
import { whileOthersChangeIt } from './while-others-change-it.js'

/**
 * Reads the catalogs in one read-only snapshot. Any login role may: it needs no privilege on what it describes.
 *
 * @throws UnsupportedVersionError
 * @throws UnknownNameError for a schema, role or authenticator that is not there
 * @throws UnreachableRoleError for a role that the authenticator cannot become
 */
export function introspect(client: pg.ClientBase, options: IntrospectOptions): Promise<Catalog> {
  return whileOthersChangeIt(() => inSnapshot(client, (ask) => readCatalog(ask, options)))
}

/**
 * The same inside a transaction that the caller holds, whose own changes it sees: what would be if they were committed. It
 * leaves the settings of the transaction changed (`search_path` is empty).
 *
 * @throws as `introspect` does
 */
export function introspectInTransaction(client: pg.ClientBase, options: IntrospectOptions): Promise<Catalog> {
  return readCatalog(async (sql, values) => (await client.query(sql, values?.slice())).rows, options)
}

async function readCatalog(ask: Ask, options: IntrospectOptions): Promise<Catalog> {
  const [server] = await ask<rows.SettingsRow>(statements.settings)
  if (server === undefined) throw new Error('The server did not say what version it is.')
  const { serverVersion } = server
  if (!isSupported(serverVersion)) throw new UnsupportedVersionError(serverVersion)
  const roleRows = await ask<rows.RoleRow>(statements.roles)
  const memberships = await ask<rows.MembershipRow>(statements.memberships(serverVersion))
  const schemaRows = await ask<rows.SchemaRow>(statements.schemas)
  const exposed = options.schemas.map((name) => schemaNamed(name, schemaRows))
  const definitions = await readDefinitions(
    ask,
    serverVersion,
    exposed.map(({ oid }) => oid),
  )
  const { relations, columns, constraints, attributes, casts, types, sequences } = definitions
  const names = new Names(roleRows, schemaRows, await ask<rows.TypeNameRow>(statements.typeNames))
  names.addRelations(relations, columns)
  names.addRoutines(definitions.routines)
  names.addSequences(sequences)

  const routines = definitions.routines.filter((row) => !(row.isBuiltIn && row.acl === null))
  const parts = relationParts(definitions)
  const typeParts = {
    attributes: groupBy(attributes, ({ relation }) => relation),
    operators: new Map(definitions.typeOperators.map(({ type, ...operators }) => [type, operators])),
    checks: groupBy(
      constraints.filter(({ type }) => type !== 0),
      ({ type }) => type,
    ),
  }
  const roles = assembleRoles(roleRows, memberships, names)
  const listedRoles = new Set(roles.map(({ name }) => name))
  const chosen = await chooseRoles(ask, serverVersion, roleRows, server.currentUser, options)
  const privileges = await askPrivileges(
    ask,
    serverVersion,
    principalsOf(chosen, definitions, roleRows),
    {
      roles: roleRows.filter(({ name }) => listedRoles.has(name)).map(({ oid }) => oid),
      schemas: schemaRows.map(({ oid }) => oid),
      relations: relations.map(({ oid }) => oid),
      relationsWithColumnGrants: [
        ...new Set(columns.filter(({ acl }) => acl !== null).map(({ relation }) => relation)),
      ],
      sequences: sequences.map(({ oid }) => oid),
      routines: routines.map(({ oid }) => oid),
    },
    names,
  )

  const used = usedTypes(columns, attributes, routines, types, names)
  return {
    format: 5,
    serverVersion,
    databaseComment: server.comment,
    roles,
    schemas: schemaRows
      .filter((row) => row.isUser)
      .map((row) => ({
        name: row.name,
        owner: names.role(row.owner),
        acl: parseAcl(row.acl),
        comment: row.comment,
        extension: row.extension,
      }))
      .sort(byNames(({ name }) => name)),
    types: types
      .filter((row) => row.isUser || used.has(names.type(row.oid).type))
      .map((row) => assembleType(row, typeParts, names))
      .sort(
        byNames(
          ({ schema }) => schema,
          ({ name }) => name,
        ),
      ),
    relations: relations
      .map((row) => assembleRelation(row, parts, names))
      .sort(
        byNames(
          ({ schema }) => schema,
          ({ name }) => name,
        ),
      ),
    routines: routines
      .map((row) => assembleRoutine(row, names))
      .sort(
        byNames(
          ({ schema }) => schema,
          ({ name }) => name,
          ({ identityArguments }) => identityArguments,
        ),
      ),
    casts: casts
      .map(({ source, target, function: routine, context }) => ({
        source: names.type(source).type,
        target: names.type(target).type,
        function: names.routine(routine) ?? null,
        context: castContexts[context],
      }))
      .sort(
        byNames(
          ({ source }) => source,
          ({ target }) => target,
        ),
      ),
    extensions: (await ask<rows.ExtensionRow>(statements.extensions))
      .map(({ name, namespace, version }) => ({ name, schema: names.schema(namespace), version }))
      .sort(byNames(({ name }) => name)),
    settings: assembleSettings(await ask<rows.RoleSettingRow>(statements.roleSettings), names),
    defaultAcls: assembleDefaultAcls(await ask<rows.DefaultAclRow>(statements.defaultAcls), names),
    sequences: sequences
      .map((row) => ({
        schema: names.schema(row.namespace),
        name: row.name,
        owner: names.role(row.owner),
        acl: parseAcl(row.acl),
      }))
      .sort(
        byNames(
          ({ schema }) => schema,
          ({ name }) => name,
        ),
      ),
    privileges,
    ...(options.security === true && {
      security: await readSecurity(
        ask,
        { serverVersion, roles: chosen, relations, routines, policies: definitions.policies },
        names,
      ),
    }),
  }
}

const castContexts = { e: 'explicit', a: 'assignment', i: 'implicit' } as const

function relationParts(definitions: Definitions): RelationParts {
  const { columns, constraints, indexes, triggers, rules, policies, views } = definitions
  const shapes = new Map([...views].map(([oid, { shape }]) => [oid, shape]))
  const neverNull = neverNullOf(definitions)
  const stored = new Set(definitions.relations.flatMap(({ oid, kind }) => (kind === 'm' ? [oid] : [])))
  const isNullable = nullabilityOf({
    columns,
    neverNull,
    views,
    isStored: (relation) => stored.has(relation),
    ...totalFunctions(definitions.routines, definitions),
  })
  return {
    neverNull,
    columns: groupBy(columns, ({ relation }) => relation),
    constraints: groupBy(constraints, ({ relation }) => relation),
    indexes: groupBy(indexes, ({ relation }) => relation),
    triggers: groupBy(triggers, ({ relation }) => relation),
    rules: groupBy(rules, ({ relation }) => relation),
    policies: groupBy(policies, ({ relation }) => relation),
    keysOf: keysOfRelations({ ...definitions, shapes }),
    views: new Map([...views].map(([oid, tree]) => [oid, { tree, isNullable }])),
  }
}

/** The roles to ask about, by id: the chosen ones, and those that they act through, owners of views, rules, keys and functions. */
function principalsOf(
  chosen: readonly number[],
  { relations, constraints, rules, routines }: Definitions,
  roles: readonly rows.RoleRow[],
): number[] {
  if (chosen.length === 0) return []
  const keys = constraints.filter(({ kind }) => kind === 'f')
  const acting = new Set([
    ...rules.map(({ relation }) => relation),
    ...keys.flatMap(({ relation, referencedRelation }) => [relation, referencedRelation]),
  ])
  const owners = relations.filter(({ oid, kind }) => kind === 'v' || acting.has(oid)).map(({ owner }) => owner)
  const definers = routines.flatMap(({ securityDefiner, bodyUses, owner }) =>
    securityDefiner && bodyUses ? [owner] : [],
  )
  const known = new Set(roles.map(({ oid }) => oid))
  return [...new Set([...chosen, ...owners, ...definers])].filter((oid) => known.has(oid)).sort((a, b) => a - b)
}

function schemaNamed(name: string, schemas: readonly rows.SchemaRow[]): rows.SchemaRow {
  const found = schemas.find((schema) => schema.name === name)
  if (found) return found
  const known = schemas.filter(({ isUser }) => isUser).map((schema) => schema.name)
  throw new UnknownNameError('schema', name, known.sort(compareNames))
}
