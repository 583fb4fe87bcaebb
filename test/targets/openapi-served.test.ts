// openapi-version = "3.1": the server describes itself with the document that the target openapi writes for the role.
import { introspect, surfaceOf } from '@rolecast/catalog'
import { createServer, type Server, type ServerOptions } from '@rolecast/server'
import { openApiTarget } from '@rolecast/templates/openapi'
import { Validator } from '@seriousme/openapi-schema-validator'
import { SignJWT } from 'jose'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiRole, roles, type Shop, secret, startShop } from '../shop/shop.js'

const schemas = ['v2', 'v1']
let shop: Shop
let server: Server
beforeAll(async () => {
  shop = await startShop()
  await shop.query("ALTER ROLE authenticator PASSWORD 'only for this test'")
  server = await serverWith({})
})
afterAll(async () => {
  await server.close()
  await shop[Symbol.asyncDispose]()
})

function serverWith(options: Partial<ServerOptions>): Promise<Server> {
  return createServer({
    dbUri: shop.postgres.uriOf({ user: 'authenticator', password: 'only for this test' }),
    dbSchemas: schemas,
    dbAnonRole: 'anon',
    jwtSecret: secret,
    dbChannelEnabled: false,
    openapiVersion: '3.1',
    ...options,
  })
}

async function ask(of: Server, role: ApiRole, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const token = await new SignJWT({ role }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('5m').sign(new TextEncoder().encode(secret)) // biome-ignore format: one thing
  const authorization = role === 'anon' ? {} : { authorization: `Bearer ${token}` }
  return of.fetch(new Request('http://test/', { headers: { ...authorization, ...headers } }))
}

interface Document {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>
  readonly components: { readonly schemas: Readonly<Record<string, { readonly properties: object }>> }
}
async function served(role: ApiRole, of = server, headers?: Readonly<Record<string, string>>): Promise<Document> {
  const response = await ask(of, role, headers)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/openapi+json; charset=utf-8']) // biome-ignore format: one thing
  return (await response.json()) as Document
}

/** What the target writes for a role. */
async function written(role: ApiRole, options = {}): Promise<unknown> {
  const client = new pg.Client({ connectionString: shop.postgres.uri })
  await client.connect()
  const catalog = await introspect(client, { schemas, roles, authenticator: 'authenticator' })
  await client.end()
  const surface = surfaceOf(catalog, role, { schemas })
  const [file] = await openApiTarget.emit(surface, { anonymous: 'anon', declarations: false, ...options }, { schemas })
  const { 'x-generated': _, ...document } = JSON.parse(file?.content ?? '') as Record<string, unknown>
  return document
}

test('each role gets the document that the target writes for it, and it is valid', async () => {
  for (const role of roles) {
    const document = await served(role)
    expect(document).toEqual(await written(role))
    expect([role, await new Validator().validate({ ...document })]).toMatchObject([role, { valid: true }])
  }
})

test('what a role may not see is not in its document', async () => {
  const text = await (await ask(server, 'anon')).text()
  for (const hidden of ['cost', 'suppliers', 'tasks', 'password', 'manager', 'app_user', 'anon']) {
    expect([hidden, text.includes(hidden)]).toEqual([hidden, false])
  }
  expect(await (await ask(server, 'manager')).text()).toContain('suppliers')
})

test('a grant, a column and a policy are there at once, and gone at once', async () => {
  const before = await served('anon')
  expect(before.paths).not.toHaveProperty('/leaflets')
  await shop.query(
    'CREATE TABLE v2.leaflets (id int4 PRIMARY KEY, secret_note text); GRANT SELECT (id) ON v2.leaflets TO anon',
  )
  const columns = async () => Object.keys((await served('anon')).components.schemas.Leaflets?.properties ?? {})
  expect(await columns()).toEqual(['id'])
  await shop.query('GRANT SELECT ON v2.leaflets TO anon; ALTER TABLE v2.leaflets ADD COLUMN later text')
  expect(await columns()).toEqual(['id', 'secret_note', 'later'])
  await shop.query('ALTER TABLE v2.leaflets ENABLE ROW LEVEL SECURITY')
  expect(await columns()).toEqual([])
  await shop.query('DROP TABLE v2.leaflets')
  expect(await served('anon')).toEqual(before)
})

test('many who ask at once get the same', async () => {
  const documents = await Promise.all(Array.from({ length: 12 }, (_, index) => served(roles[index % 4] ?? 'anon')))
  expect(documents.slice(4, 8)).toEqual(documents.slice(0, 4))
  expect(documents.slice(8)).toEqual(documents.slice(0, 4))
})

describe('other keys keep their meaning', () => {
  test('a profile decides whose relation has the path, and the header is still required', async () => {
    const productsOf = async (headers?: Readonly<Record<string, string>>) =>
      JSON.stringify((await served('anon', server, headers)).paths['/products']?.get)
    expect(await productsOf({ 'accept-profile': 'v1' })).toContain('"enum":["v1"]')
    expect(await productsOf()).not.toContain('Accept-Profile')
  })

  test('openapi-server-proxy-uri is where the API is', async () => {
    await using other = await disposable({ openapiServerProxyUri: 'https://shop.example/api' })
    expect(await served('app_user', other)).toEqual(
      await written('app_user', { servers: ['https://shop.example/api'] }),
    )
  })

  test('openapi-mode: everything, or nothing', async () => {
    await using all = await disposable({ openapiMode: 'ignore-privileges' })
    const document = await served('anon', all)
    expect(Object.keys(document.paths['/suppliers'] ?? {})).toEqual(['get', 'post', 'patch', 'delete'])
    expect(await new Validator().validate({ ...document })).toMatchObject({ valid: true })
    await using none = await disposable({ openapiMode: 'disabled' })
    expect((await ask(none, 'manager')).status).toBe(404)
  })

  test('without it, the document is that of PostgREST', async () => {
    await using other = await disposable({ openapiVersion: '2.0' })
    expect(await served('anon', other)).toMatchObject({ swagger: '2.0' })
  })
})

async function disposable(options: Partial<ServerOptions>): Promise<Server & AsyncDisposable> {
  const other = await serverWith(options)
  return Object.assign(other, { [Symbol.asyncDispose]: () => other.close() })
}
