import { introspect, openApiDocument, printJson, type Surface, surfaceOf } from '@rolecast/catalog'
import type pg from 'pg'
import type { Config } from '../config/config.js'
import { Lru } from '../lru.js'
import { withClient } from '../postgres/connect.js'

/** Roles whose surfaces are kept. */
const maximumRoles = 20
/** Documents that are kept, and how many characters they have together at most. */
const kept = { entries: 50, weight: 50_000_000 }

/** Whose document it is. */
export interface Described {
  readonly role: string
  /** the schema that was asked for */
  readonly schema: string
  /** what `catalogStateText` gave: while it is the same, so is the document */
  readonly state: string
}

interface Kept {
  readonly state: string
  readonly surface: Promise<Surface>
}

/**
 * The OpenAPI 3.1 documents of roles: those that the generator's target `openapi` makes. What a role may do is read from
 * the database when it is first asked for, and again when the catalogs have changed.
 */
export class SurfaceDocuments {
  private readonly surfaces = new Lru<string, Kept>({ entries: maximumRoles })
  private readonly texts = new Lru<string, string>(kept, (text) => text.length)
  /** One at a time, so that many roles at once do not take many connections. */
  private lastReading: Promise<unknown> = Promise.resolve()

  constructor(private readonly config: Config) {}

  /** @throws ConnectionFailedError, and what introspect throws */
  async of({ role, schema, state }: Described): Promise<string> {
    const key = JSON.stringify([role, schema, state])
    const known = this.texts.get(key)
    if (known !== undefined) return known
    const surface = await this.surfaceOf(role, state)
    const { dbSchemas, dbAnonRole, openapiServerProxyUri } = this.config
    const { document } = openApiDocument(
      surface,
      {
        anonymous: dbAnonRole ?? undefined,
        servers: openapiServerProxyUri === null ? undefined : [openapiServerProxyUri],
      },
      { default: dbSchemas[0], first: schema },
    )
    const text = printJson(document)
    this.texts.set(key, text)
    return text
  }

  private surfaceOf(role: string, state: string): Promise<Surface> {
    const found = this.surfaces.get(role)
    if (found?.state === state) return found.surface
    const read = () => readSurface(role, this.config)
    const surface = this.lastReading.then(read, read)
    this.lastReading = surface
    const entry = { state, surface }
    this.surfaces.set(role, entry)
    surface.catch(() => this.surfaces.delete(role, entry))
    return surface
  }
}

/** @throws UnknownNameError, ConnectionFailedError */
function readSurface(role: string, config: Config): Promise<Surface> {
  const { dbSchemas: schemas, dbExtraSearchPath: extraSearchPath, openapiMode } = config
  return withClient(config, 'rolecast description', async (client) => {
    const principal = openapiMode === 'ignore-privileges' ? await superuser(client) : role
    const catalog = await introspect(client, { schemas, roles: [principal] })
    return { ...surfaceOf(catalog, principal, { schemas, extraSearchPath }), role }
  })
}

/** A role that may do everything, whose surface is the whole API. Every database has one. */
async function superuser(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT rolname AS name FROM pg_catalog.pg_roles WHERE rolsuper ORDER BY oid LIMIT 1',
  )
  const [found] = rows
  if (found === undefined)
    throw new Error('There is no superuser, so nobody may do everything that would be described.')
  return found.name
}
