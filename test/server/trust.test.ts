import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, KeySetError, type Server } from '@rolecast/server'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, askServer, type Festival, openFestival } from './festival.js'

function keyPair(kid: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const token = (claims: Record<string, unknown>) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey)
  return { jwk: { ...publicKey.export({ format: 'jwk' }), kid }, token }
}

const [old, next] = [keyPair('old'), keyPair('next')]
let published: object[] = [old.jwk]
let fetched = 0
const provider = createHttpServer((_, response) => {
  fetched += 1
  response.end(JSON.stringify({ keys: published }))
})

let festival: Festival
let jwtSecret: string
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecast-trust-'))
  festival = await openFestival()
  provider.listen(0, '127.0.0.1')
  await once(provider, 'listening')
  jwtSecret = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/jwks`
})
afterAll(async () => {
  provider.closeAllConnections()
  provider.close()
  await festival?.close()
  await rm(folder, { recursive: true, force: true })
})

async function ask(server: Server, request: string, token: string, body?: unknown): Promise<Answer> {
  return askServer(server, request, { headers: { Authorization: `Bearer ${token}` }, body })
}

test('keys come from a URL; a failing reload and a provider that is down keep them', async () => {
  const log: string[] = []
  const configFile = join(folder, 'keys.conf')
  const configure = (secret: string) => writeFileSync(configFile, `jwt-secret = "${secret}"\n`)
  configure(jwtSecret)
  const { jwtSecret: _, ...options } = festival.options
  await using server = closing(await createServer({ ...options, configFile, log: (line) => log.push(line) }))
  const crew = await old.token({ role: 'crew' })
  expect((await ask(server, '/stages', crew)).status).toBe(200)
  expect((await ask(server, '/stages', await next.token({ role: 'crew' }))).status).toBe(401)
  expect(fetched, 'it had only just been fetched').toBe(1)

  configure('http://127.0.0.1:1/jwks')
  await expect(server.reloadConfig()).rejects.toThrow(KeySetError)
  expect((await ask(server, '/stages', crew)).status).toBe(200)
  expect(log.join()).toContain('127.0.0.1:1/jwks cannot be reached')

  configure(jwtSecret)
  published = [next.jwk]
  await server.reloadConfig()
  expect(fetched).toBe(2)
  expect((await ask(server, '/stages', await next.token({ role: 'crew' }))).status).toBe(200)
  expect((await ask(server, '/stages', crew)).status).toBe(401)
  expect(log.join()).toContain('Other keys are fetched')

  published = []
  await server.reloadConfig()
  expect((await ask(server, '/stages', await next.token({ role: 'crew' }))).status).toBe(200)
  expect(log.join()).toContain('The keys that were fetched before stay in use')
})

test('a URL without keys ends the start', async () => {
  published = []
  await expect(createServer({ ...festival.options, jwtSecret })).rejects.toThrow(KeySetError)
})

function closing(server: Server): Server & AsyncDisposable {
  return Object.assign(server, { [Symbol.asyncDispose]: () => server.close() })
}
