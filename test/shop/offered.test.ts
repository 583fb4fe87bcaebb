import { introspect, type RelationSurface, type Surface, surfaceOf } from '@rolecast/catalog'
import { createServer, type Server } from '@rolecast/server'
import { SignJWT } from 'jose'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Call, offeredReads, offeredWrites } from '../offered-calls.js'
import { type ApiRole, type Claims, people, roles, type Shop, secret, startShop } from './shop.js'

// Over HTTP, what a surface offers is not refused, and what it does not offer is. Writes touch no row: their
// privileges are checked all the same.
const schemas = ['v2', 'v1']
const callers: Readonly<Record<ApiRole, Claims>> = {
  anon: {},
  app_user: people.ada,
  manager: people.mona,
  tenant_admin: people.olga,
}

let shop: Shop
let server: Server
const surfaces = new Map<ApiRole, Surface>()
const tokens = new Map<ApiRole, string>()
/** every column of every exposed relation, by `schema.relation` */
const columns = new Map<string, string[]>()

beforeAll(async () => {
  shop = await startShop()
  await shop.query("ALTER ROLE authenticator PASSWORD 'only for this test'")
  server = await createServer({
    dbUri: shop.postgres.uriOf({ user: 'authenticator', password: 'only for this test' }),
    dbSchemas: schemas,
    dbAnonRole: 'anon',
    jwtSecret: secret,
    dbTxEnd: 'rollback',
  })
  const client = new pg.Client({ connectionString: shop.postgres.uri })
  await client.connect()
  const catalog = await introspect(client, { schemas, roles, authenticator: 'authenticator' })
  await client.end()
  for (const { schema, name, columns: list } of catalog.relations) {
    if (schemas.includes(schema))
      columns.set(
        `${schema}.${name}`,
        list.map((column) => column.name),
      )
  }
  for (const role of roles) {
    surfaces.set(role, surfaceOf(catalog, role, { schemas }))
    const claims = new SignJWT({ ...callers[role], role }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h')
    tokens.set(role, await claims.sign(new TextEncoder().encode(secret)))
  }
})
afterAll(async () => {
  await server.close()
  await shop[Symbol.asyncDispose]()
})

/** The SQLSTATE or PGRST code of a refusal, or null. */
async function refusalOf(role: ApiRole, { method, schema, path, body }: Call): Promise<string | null> {
  const headers = new Headers({ 'Accept-Profile': schema, 'Content-Profile': schema })
  if (role !== 'anon') headers.set('Authorization', `Bearer ${tokens.get(role)}`)
  if (body !== undefined) headers.set('Content-Type', 'application/json')
  const response = await server.fetch(
    new Request(`http://localhost/${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  return response.ok ? null : ((JSON.parse(text) as { code: string }).code ?? `status ${response.status}`)
}

/** Everything that a relation's surface offers, one call each; columns can be ordered by as well. */
function* offered(surface: Surface, relation: RelationSurface): Generator<Call> {
  yield* offeredReads(surface, relation)
  for (const column of relation.filter) {
    yield {
      method: 'GET',
      schema: relation.schema,
      path: `${relation.name}?limit=1&select=${relation.select[0]}&order=${column}`,
    }
  }
  yield* offeredWrites(relation)
}

/** What no surface offers to this role, as far as one column or verb decides. */
function* notOffered(surface: Surface): Generator<Call> {
  for (const [qualified, all] of columns) {
    const [schema = '', name = ''] = qualified.split('.')
    const relation = surface.relations.find((each) => each.schema === schema && each.name === name)
    for (const column of all) {
      if (!relation?.select.includes(column)) yield { method: 'GET', schema, path: `${name}?select=${column}&limit=0` }
      if (!relation?.update.includes(column)) yield { method: 'PATCH', schema, path: name, body: { [column]: null } }
    }
    if (!relation?.delete) yield { method: 'DELETE', schema, path: name }
  }
}

describe.each(roles)('%s over HTTP', (role) => {
  const surface = () => surfaces.get(role) as Surface

  test('is refused nothing that is offered', async () => {
    const refused: string[] = []
    let count = 0
    for (const relation of surface().relations) {
      for (const call of offered(surface(), relation)) {
        count++
        const refusal = await refusalOf(role, call)
        // null is no value for most columns: what counts is that the write was allowed
        if (refusal !== null && !(call.method === 'PATCH' && refusal.startsWith('23'))) {
          refused.push(`${call.method} ${call.schema} ${call.path}: ${refusal}`)
        }
      }
    }
    expect(refused).toEqual([])
    expect(count).toBeGreaterThan(40)
  })

  test('is refused everything that is not offered', async () => {
    const allowed: string[] = []
    for (const call of notOffered(surface())) {
      const refusal = await refusalOf(role, call)
      if (refusal === null)
        allowed.push(`${call.method} ${call.schema} ${call.path} ${JSON.stringify(call.body ?? null)}`)
    }
    expect(allowed).toEqual([])
  })
})
