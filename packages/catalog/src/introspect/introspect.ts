import type pg from 'pg'
import type { Catalog } from '../catalog.js'
import { UnknownNameError } from '../errors.js'
import { byNames, compareNames } from '../names.js'
import { parseAcl } from './acl.js'
import { askPrivileges } from './ask-privileges.js'
import { assembleRelation, type RelationParts } from './assemble-relations.js'
import { assembleDefaultAcls, assembleRoles, assembleSettings } from './assemble-roles.js'
import { assembleRoutine } from './assemble-routines.js'
import { assembleType } from './assemble-types.js'
import { chooseRoles } from './choose-roles.js'
import { groupBy } from './group.js'
import { Names } from './names.js'
import { nullabilityOf } from './nullability.js'
import { readRelations, readRoutines, readSequences } from './read-in-rounds.js'
import type * as rows from './rows.js'
import { type Ask, inSnapshot } from './snapshot.js'
import * as statements from './statements.js'
import { Trees } from './trees.js'
import { usedTypes } from './used-types.js'
import type { ViewTree } from './view-tree.js'

export interface IntrospectOptions {
  /** the exposed schemas: their routines are described even where nothing refers to them */
  readonly schemas: readonly string[]
  /**
   * The roles to ask PostgreSQL's answers for. Unless given: all that the authenticator can become, but superusers. An
   * empty list asks nothing, which is all a server needs.
   */
  readonly roles?: readonly string[]
  /** the role that the API logs in as: each of `roles` must be one it can become */
  readonly authenticator?: string
}

/**
 * Reads the catalogs in one read-only snapshot. Any login role may: it needs no privilege on what it describes.
 *
 * @throws UnknownNameError for a schema, role or authenticator that is not there
 * @throws UnreachableRoleError for a role that the authenticator cannot become
 */
export function introspect(client: pg.ClientBase, options: IntrospectOptions): Promise<Catalog> {
  return inSnapshot(client, (ask) => readCatalog(ask, options))
}

async function readCatalog(ask: Ask, options: IntrospectOptions): Promise<Catalog> {
  const [server] = await ask<rows.SettingsRow>(statements.settings)
  if (server === undefined) throw new Error('The server did not say what version it is.')
  const { serverVersion } = server
  const roleRows = await ask<rows.RoleRow>(statements.roles)
  const memberships = await ask<rows.MembershipRow>(statements.memberships(serverVersion))
  const schemaRows = await ask<rows.SchemaRow>(statements.schemas)
  const exposed = options.schemas.map((name) => schemaNamed(name, schemaRows))
  const names = new Names(roleRows, schemaRows, await ask<rows.TypeNameRow>(statements.typeNames))

  const trees = new Trees()
  const relationRows = await readRelations(ask, trees, null)
  const columnRows = await ask<rows.ColumnRow>(statements.columns, [null])
  const columns = columnRows.map((row) => ({ ...row, uses: trees.uses(row.tree) }))
  const constraints = (await ask<rows.ConstraintRow>(statements.constraints(serverVersion))).map((row) => ({
    ...row,
    uses: trees.uses(row.tree),
  }))
  const indexes = (await ask<rows.IndexRow>(statements.indexes)).map((row) => ({
    ...row,
    uses: trees.uses(row.predicateTree, row.expressionsTree),
  }))
  const policies = (await ask<rows.PolicyRow>(statements.policies)).map((row) => ({
    ...row,
    usingUses: trees.uses(row.usingTree),
    checkUses: trees.uses(row.checkTree),
  }))
  const ruleRows = await ask<rows.RuleRow>(statements.rules)
  const views = new Map<number, ViewTree>()
  for (const row of ruleRows.filter(isView)) {
    const view = trees.view(row.action)
    if (view) views.set(row.relation, view)
  }
  const rules = ruleRows
    .filter((row) => !isView(row))
    .map((row) => ({ ...row, uses: trees.uses(row.action, row.condition) }))
  const triggers = (await ask<rows.TriggerRow>(statements.triggers)).map((row) => ({
    ...row,
    uses: trees.conjuncts(row.condition),
  }))
  const typeRows = (await ask<rows.TypeRow>(statements.types)).map((row) => ({ ...row, uses: trees.uses(row.tree) }))
  const attributes = await ask<rows.AttributeRow>(statements.attributes)
  const castRows = await ask<rows.CastRow>(statements.casts)

  // what the definitions name beyond the user's schemas
  const known = new Set(relationRows.map(({ oid }) => oid))
  const foreign = [...trees.relations].filter((oid) => !known.has(oid))
  if (foreign.length > 0) {
    relationRows.push(...(await readRelations(ask, trees, foreign)))
    for (const row of await ask<rows.ColumnRow>(statements.columns, [foreign])) {
      columns.push({ ...row, uses: trees.uses(row.tree) })
    }
  }
  const routineIds = new Set([
    ...trees.functions,
    ...triggers.map((trigger) => trigger.function),
    ...castRows.map((cast) => cast.function),
  ])
  const routineRows = await readRoutines(
    ask,
    trees,
    exposed.map(({ oid }) => oid),
    routineIds,
  )
  const sequenceRows = await readSequences(ask, trees)
  names.addRelations(relationRows, columns)
  names.addRoutines(routineRows)
  names.addSequences(sequenceRows)

  const isNullable = nullabilityOf(columns, views)
  const parts: RelationParts = {
    columns: groupBy(columns, ({ relation }) => relation),
    constraints: groupBy(constraints, ({ relation }) => relation),
    indexes: groupBy(indexes, ({ relation }) => relation),
    triggers: groupBy(triggers, ({ relation }) => relation),
    rules: groupBy(rules, ({ relation }) => relation),
    policies: groupBy(policies, ({ relation }) => relation),
    views: new Map([...views].map(([oid, tree]) => [oid, { tree, isNullable }])),
  }
  const listedRoutines = routineRows.filter((row) => !(row.isBuiltIn && row.acl === null))
  const relations = relationRows.map((row) => assembleRelation(row, parts, names))
  const routines = listedRoutines.map((row) => assembleRoutine(row, names))
  const typeParts = {
    attributes: groupBy(attributes, ({ relation }) => relation),
    checks: groupBy(
      constraints.filter(({ type }) => type !== 0),
      ({ type }) => type,
    ),
  }

  const owners = relationRows.filter(({ kind }) => kind === 'v').map(({ owner }) => owner)
  const withForeignKeys = new Set(
    constraints.flatMap(({ kind, relation, referencedRelation }) =>
      kind === 'f' ? [relation, referencedRelation] : [],
    ),
  )
  const keyOwners = relationRows.filter(({ oid }) => withForeignKeys.has(oid)).map(({ owner }) => owner)
  const ruleOwners = relationRows.filter(({ oid }) => parts.rules.has(oid)).map(({ owner }) => owner)
  const chosen = await chooseRoles(ask, serverVersion, roleRows, server.currentUser, options)
  const principals = chosen.length > 0 ? [...new Set([...chosen, ...owners, ...ruleOwners, ...keyOwners])] : []
  const withColumnGrants = new Set(columns.filter(({ acl }) => acl !== null).map(({ relation }) => relation))
  const roles = assembleRoles(roleRows, memberships, names)
  const listedRoles = new Set(roles.map(({ name }) => name))
  const privileges = await askPrivileges(
    ask,
    serverVersion,
    principals.filter((oid) => roleRows.some((row) => row.oid === oid)).sort((a, b) => a - b),
    {
      roles: roleRows.filter(({ name }) => listedRoles.has(name)).map(({ oid }) => oid),
      schemas: schemaRows.map(({ oid }) => oid),
      relations: relationRows.map(({ oid }) => oid),
      relationsWithColumnGrants: [...withColumnGrants],
      sequences: sequenceRows.map(({ oid }) => oid),
      routines: listedRoutines.map(({ oid }) => oid),
    },
    names,
  )

  const used = usedTypes(columns, attributes, listedRoutines, typeRows, names)
  return {
    format: 2,
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
    types: typeRows
      .filter((row) => row.isUser || used.has(names.type(row.oid).type))
      .map((row) => assembleType(row, typeParts, names))
      .sort(
        byNames(
          ({ schema }) => schema,
          ({ name }) => name,
        ),
      ),
    relations: relations.sort(
      byNames(
        ({ schema }) => schema,
        ({ name }) => name,
      ),
    ),
    routines: routines.sort(
      byNames(
        ({ schema }) => schema,
        ({ name }) => name,
        ({ identityArguments }) => identityArguments,
      ),
    ),
    casts: castRows
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
    sequences: sequenceRows
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
  }
}

const castContexts = { e: 'explicit', a: 'assignment', i: 'implicit' } as const

const isView = (row: rows.RuleRow) => row.name === '_RETURN' && row.event === '1'

function schemaNamed(name: string, schemas: readonly rows.SchemaRow[]): rows.SchemaRow {
  const found = schemas.find((schema) => schema.name === name)
  if (found) return found
  const known = schemas.filter(({ isUser }) => isUser).map((schema) => schema.name)
  throw new UnknownNameError('schema', name, known.sort(compareNames))
}
