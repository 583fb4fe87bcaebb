import { type Catalog, introspectInTransaction, type RelationSurface, type Surface, surfaceOf } from '@rolecast/catalog'
import type pg from 'pg'
import { comparedRoles } from '../diff/compared-roles.js'
import { UsageError } from '../errors.js'

export interface SubjectQuestion {
  /** the exposed schemas, the API's default first */
  readonly schemas: readonly string[]
  /** undefined: all that the authenticator can become, but owners of what is exposed */
  readonly roles: readonly string[] | undefined
  readonly authenticator: string | undefined
}

/** The database whose permissions are tested, as it is. */
export interface Subject {
  readonly catalog: Catalog
  readonly schemas: readonly string[]
  readonly roles: readonly string[]
  /** roles whose requests have no token */
  readonly anonymous: readonly string[]
  readonly authenticator: string | null
  /** who runs the tests */
  readonly login: string
  readonly surfaces: ReadonlyMap<string, Surface>
  surfaceOf(role: string, schema: string, name: string): RelationSurface | undefined
}

/** @throws UsageError where there is no role to test */
export async function readSubject(
  client: pg.ClientBase,
  { schemas, roles, authenticator }: SubjectQuestion,
): Promise<Subject> {
  const { rows: known } = await client.query<{ login: string; authenticator: boolean }>(
    `SELECT current_user::text AS login, EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'authenticator') AS authenticator`,
  )
  const login = known[0]?.login ?? ''
  const becoming = authenticator ?? (known[0]?.authenticator ? 'authenticator' : undefined)
  const catalog = await introspectInTransaction(client, {
    schemas,
    security: true,
    ...(roles && { roles }),
    ...(becoming !== undefined && { authenticator: becoming }),
  })
  const api = catalog.security?.apiRoles ?? []
  const chosen =
    roles ?? comparedRoles([catalog], schemas, becoming).filter((role) => api.includes(role) && role !== login)
  if (chosen.length === 0) throw new UsageError('There is no role to test: name the roles with --roles a,b.')
  const surfaces = surfacesOf(catalog, chosen, schemas)
  return {
    catalog,
    schemas,
    roles: chosen,
    anonymous: chosen.filter((role) => /anon/i.test(role)),
    authenticator: becoming ?? null,
    login,
    surfaces,
    surfaceOf: (role, schema, name) =>
      surfaces.get(role)?.relations.find((relation) => relation.schema === schema && relation.name === name),
  }
}

export function surfacesOf(
  catalog: Catalog,
  roles: readonly string[],
  schemas: readonly string[],
): ReadonlyMap<string, Surface> {
  return new Map(roles.map((role) => [role, surfaceOf(catalog, role, { schemas })]))
}
