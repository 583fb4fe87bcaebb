import { pathToFileURL } from 'node:url'
import { introspect, openApiDocument, printJson, type Surface, surfaceOf } from '@rolecast/catalog'
import { createServer, type Server } from '@rolecast/server'
import { declarationsOf } from '@rolecast/templates/openapi'
import { Validator } from '@seriousme/openapi-schema-validator'
import { transform } from 'esbuild'
import { SignJWT } from 'jose'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { check, compilers, project } from '../bench/lib/type-check.mjs'
import { startHostileDatabase } from '../client/hostile-database.js'
import { people, roles, type Shop, secret, startShop } from '../shop/shop.js'

const exposed = ['v2', 'v1']
let shop: Shop
let server: Server
const surfaces = new Map<string, Surface>()
beforeAll(async () => {
  shop = await startShop()
  await shop.query("ALTER ROLE authenticator PASSWORD 'only for this test'")
  server = await createServer({
    dbUri: shop.postgres.uriOf({ user: 'authenticator', password: 'only for this test' }),
    dbSchemas: exposed,
    dbAnonRole: 'anon',
    jwtSecret: secret,
    dbTxEnd: 'rollback',
  })
  const client = new pg.Client({ connectionString: shop.postgres.uri })
  await client.connect()
  const catalog = await introspect(client, { schemas: exposed, roles, authenticator: 'authenticator' })
  await client.end()
  for (const role of roles) surfaces.set(role, surfaceOf(catalog, role, { schemas: exposed }))
})
afterAll(async () => {
  await server.close()
  await shop[Symbol.asyncDispose]()
})

function surfaceFor(role: string): Surface {
  const surface = surfaces.get(role)
  if (surface === undefined) throw new Error(`There is no surface of ${role}.`)
  return surface
}

async function problemsOf(text: string): Promise<unknown> {
  const { valid, errors } = await new Validator().validate(JSON.parse(text))
  return valid ? null : errors
}

interface Operation {
  readonly parameters?: readonly { readonly $ref?: string; readonly name?: string; readonly required?: boolean }[]
  readonly responses: object
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly schemas: Readonly<
      Record<string, { readonly properties?: Readonly<Record<string, unknown>>; readonly required?: readonly string[] }>
    >
  }
  readonly security: unknown
}
const documentOf = (role: string) =>
  JSON.parse(printJson(openApiDocument(surfaceFor(role), { anonymous: 'anon' }).document)) as Document

test('every document is valid', async () => {
  for (const role of roles) expect([role, await problemsOf(JSON.stringify(documentOf(role)))]).toEqual([role, null])
})

test('each verb has the columns of its role, and no other', () => {
  for (const role of roles) {
    const { paths, components } = documentOf(role)
    for (const relation of surfaceFor(role).relations) {
      const path = paths[`/${relation.name}`]
      const other = surfaceFor(role).relations.filter(({ name }) => name === relation.name)
      if (other.length > 1 && relation.schema !== 'v2') continue
      const name = relation.name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())
      const columnsOf = (schema: string) => Object.keys(components.schemas[schema]?.properties ?? {}).sort()
      expect([role, name, Object.keys(path ?? {}).sort()]).toEqual([
        role,
        name,
        [
          ...(relation.delete ? ['delete'] : []),
          ...(relation.select.length > 0 ? ['get'] : []),
          ...(relation.update.length > 0 ? ['patch'] : []),
          ...(relation.insert.length > 0 ? ['post'] : []),
        ],
      ])
      expect(columnsOf(name)).toEqual([...relation.select].sort())
      expect(columnsOf(`${name}Insert`)).toEqual([...relation.insert].sort())
      expect(columnsOf(`${name}Update`)).toEqual([...relation.update].sort())
      const select = path?.get?.parameters?.find((one) => one.name === 'select')
      expect(select?.required === true).toBe(relation.select.length > 0 && !relation.wholeRow)
    }
  }
})

test('the role without a token needs none, and no other role is named', () => {
  expect(documentOf('anon').security).toEqual([{}])
  expect(documentOf('manager').security).toEqual([{ JWT: [] }])
  const text = JSON.stringify(documentOf('anon'))
  for (const hidden of ['cost', 'suppliers', 'tasks', 'password', 'manager', 'app_user']) {
    expect([hidden, text.includes(hidden)]).toEqual([hidden, false])
  }
})

test('openapi-fetch compiles against it, and what it sends is answered', { timeout: 120_000 }, async () => {
  const { document } = openApiDocument(surfaceFor('manager'))
  const app = `
    import createClient from 'openapi-fetch'
    import type { paths } from './openapi.js'
    export async function run(fetch: (request: Request) => Promise<Response>, token: string) {
      const api = createClient<paths>({ baseUrl: 'http://test', fetch, headers: { authorization: \`Bearer \${token}\` } })
      const products = await api.GET('/products', { params: { query: { stock: 'gt.0', order: 'id', limit: 2 } } })
      const first: { id: number; slug: string } | undefined = products.data?.[0]
      const made = await api.POST('/suppliers', {
        params: { header: { Prefer: 'return=representation' } },
        body: { name: 'New', country: 'NL' },
      })
      const changed = await api.PATCH('/products', { params: { query: { id: 'eq.1' } }, body: { stock: 3 } })
      const refused = await api.POST('/suppliers', { body: { name: 'New', country: 'nl' } })
      const code: string | undefined = refused.error?.code
      // @ts-expect-error: no number
      await api.PATCH('/products', { body: { stock: [] } }).catch(() => undefined)
      // @ts-expect-error: a manager deletes no order
      await api.DELETE('/orders', {}).catch(() => undefined)
      return { first, made: made.data, changed: changed.response.status, code, statuses: [products, made, changed].map((one) => one.response.status) }
    }`
  const files = { 'openapi.d.ts': await declarationsOf(document, 'manager'), 'app.ts': app }
  const { code } = await transform(app, { loader: 'ts', target: 'es2022' })
  const { folder, remove } = project({ ...files, 'app.js': code })
  try {
    for (const compiler of [compilers['5.9'], compilers['7.0']])
      expect((await check(folder, compiler)).errors).toEqual([])
    const { run } = await import(pathToFileURL(`${folder}/app.js`).href)
    const token = await new SignJWT({ ...people.mona, role: 'manager' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(secret))
    expect(await run((request: Request) => server.fetch(request), token)).toMatchObject({
      first: { slug: expect.any(String) },
      statuses: [200, 201, 204],
      code: '23514',
    })
  } finally {
    remove()
  }
})

test('of hostile names: it is valid, compiles, and runs nothing', { timeout: 120_000 }, async () => {
  const { postgres, surface } = await startHostileDatabase()
  const { document } = openApiDocument(surface)
  const text = printJson(document)
  const hostile = await createServer({
    dbUri: postgres.uriOf({ user: 'authenticator' }),
    dbSchemas: ['api'],
    dbAnonRole: surface.role,
    dbChannelEnabled: false,
    openapiVersion: '3.1',
  })
  const response = await hostile.fetch(new Request('http://test/'))
  await hostile.close()
  await postgres.stop()
  expect(await response.text()).toBe(printJson({ ...document, security: [{}] }))
  expect(text.match(/[^\P{C}\n]|[\u2028\u2029]/u)).toBe(null)
  expect(await problemsOf(text)).toBe(null)
  const declarations = await declarationsOf(document, surface.role)
  expect(declarations.match(/[^\P{C}\n]|[\u2028\u2029]/u)).toBe(null)
  expect(declarations).not.toMatch(/^\s*(?:\/\/|\*|\/\*+)\s*@(?!description|example|enum|constant|deprecated\b)/m)
  const { folder, remove } = project({ 'openapi.d.ts': declarations }, { options: { skipLibCheck: false } })
  try {
    expect((await check(folder, compilers['7.0'])).errors).toEqual([])
  } finally {
    remove()
  }
})
