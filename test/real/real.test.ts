import { type Catalog, introspect, type Surface, surfaceOf } from '@rolecast/catalog'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { createServer, type Server } from '@rolecast/server'
import { SignJWT } from 'jose'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emitClient } from '../../templates/client/emit-client.js'
import { project } from '../bench/lib/type-check.mjs'
import { type Call, offeredReads, offeredWrites } from '../offered-calls.js'
import { buildRuntime } from '../types/build.js'
import { check } from '../types/check.js'
import { corpus, fileOf, type RealSchema } from './corpus.js'
import { judgeRows } from './zod-rows.js'

// Each schema as a user would meet it: a client for every role compiles, and nothing it offers is refused or fails.
const secret = 'a secret of these tests, long enough for HS256'

beforeAll(() => buildRuntime())

describe.each(corpus.map((schema) => [schema.name, schema] as const))('%s', (_, schema) => {
  const roles = Object.keys(schema.roles)
  let postgres: EmbeddedPostgres
  let server: Server
  let catalog: Catalog

  beforeAll(async () => {
    postgres = await startPostgres({
      sql: [fileOf(schema)],
      authentication: 'trust',
      platform: schema.platform,
    })
    const client = new pg.Client({ connectionString: postgres.uri })
    await client.connect()
    catalog = await introspect(client, { schemas: schema.schemas, roles, authenticator: 'authenticator' })
    await client.end()
    server = await createServer({
      dbUri: postgres.uriOf({ user: 'authenticator' }),
      dbSchemas: [...schema.schemas],
      dbAnonRole: schema.anonymous,
      jwtSecret: secret,
      dbTxEnd: 'rollback',
    })
  })
  afterAll(async () => {
    await server?.close()
    await postgres?.stop()
  })

  const surface = (role: string): Surface => surfaceOf(catalog, role, { schemas: schema.schemas })

  test('every client compiles', { timeout: 120_000 }, async () => {
    const files = Object.fromEntries(
      roles.flatMap((role) =>
        emitClient(surface(role)).map(({ path, content }) => [`${role}/${path}`, content] as const),
      ),
    )
    const made = project(files, { include: ['*/index.ts'] })
    try {
      expect((await check(made.folder, '5.9')).errors).toEqual([])
    } finally {
      made.remove()
    }
  })

  test('every row passes the zod schemas, and what breaks a CHECK is refused by PostgreSQL, too', {
    timeout: 120_000,
  }, async () => {
    const client = new pg.Client({ connectionString: postgres.uri })
    await client.connect()
    try {
      const judged = []
      for (const role of roles) judged.push({ role, ...(await judgeRows(client, catalog, surface(role))) })
      const faults = { refused: [], differing: [], untried: [] }
      expect(judged).toEqual(roles.map((role) => ({ role, rows: expect.any(Number), ...faults })))
      expect(judged.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThan(0)
    } finally {
      await client.end()
    }
  })

  test.each(roles)('nothing that %s is offered is refused, and no read fails', { timeout: 120_000 }, async (role) => {
    const send = await sender(server, schema, role)
    const failed: string[] = []
    let asked = 0
    for (const relation of surface(role).relations) {
      for (const call of offeredReads(surface(role), relation, schema.mostEmbeds)) {
        asked++
        const failure = await send(call)
        if (failure !== null) failed.push(`GET ${call.path}: ${failure}`)
      }
      for (const call of offeredWrites(relation)) {
        asked++
        const failure = await send(call)
        if (failure === '42501' || failure?.startsWith('PGRST')) failed.push(`${call.method} ${call.path}: ${failure}`)
      }
    }
    expect(failed).toEqual([])
    expect(asked).toBeGreaterThan(1)
  })
})

/** Sends calls as a role; the code of a refusal, or null. */
async function sender(server: Server, { anonymous, roles }: RealSchema, role: string) {
  const token = await new SignJWT({ ...roles[role], role })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(secret))
  return async ({ method, schema, path, body }: Call): Promise<string | null> => {
    const headers = new Headers({ 'Accept-Profile': schema, 'Content-Profile': schema })
    if (role !== anonymous) headers.set('Authorization', `Bearer ${token}`)
    if (body !== undefined) headers.set('Content-Type', 'application/json')
    const request = new Request(`http://localhost/${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const response = await server.fetch(request)
    const text = await response.text()
    return response.ok ? null : ((JSON.parse(text) as { code?: string }).code ?? `status ${response.status}`)
  }
}
