import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createServer } from '@rolecast/server'
import { expect, test } from 'vitest'
import { rolecastHere } from '../command/run-command.js'
import { roles, secret, startShop } from '../shop/shop.js'
import { recorder, remainingGrants, superfluousGrants } from './measure.js'

const example = fileURLToPath(new URL('../../examples/shop/', import.meta.url))
const schemas = ['v2', 'v1']

interface App {
  run(connection: { url: string; fetch: typeof fetch }, story: () => { tell(): void; show(): void }): Promise<void>
}

test('the shop needs no more than what its roles are narrowed to, and no less', { timeout: 180_000 }, async () => {
  const parent = fileURLToPath(new URL('../.rolecast/', import.meta.url))
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(join(parent, 'shop-'))
  await using shop = await startShop()
  const { postgres } = shop
  try {
    for (const part of ['demo/app', 'demo/tsconfig.json', 'rolecast.config.ts']) {
      await cp(join(example, part), join(folder, part), { recursive: true })
    }
    const conf = join(folder, 'server.conf')
    await writeFile(conf, 'db-schemas = "v2, v1"\ndb-anon-role = "anon"\ndb-pre-request = "hooks.before_request"\n')
    const out = join(folder, 'narrow.sql')
    const generated = await rolecastHere(['generate', '--db', postgres.uri], folder)
    expect(generated.code, generated.stderr).toBe(0)
    const said = await rolecastHere(
      ['least-privilege', '--db', postgres.uri, '--authenticator', 'authenticator', '--config', conf].concat([
        '--tsconfig',
        join(folder, 'demo/tsconfig.json'),
        '--out',
        out,
        '--json',
      ]),
      folder,
    )
    expect(said.code, said.stderr).toBe(0)
    const answer = JSON.parse(said.stdout)
    expect(answer).toMatchObject({ unresolved: [], roles: roles.map((role) => ({ role })) })

    await shop.query(await readFile(out, 'utf8'))
    await shop.query(`ALTER ROLE authenticator PASSWORD 'p'`)
    const options = { dbSchemas: schemas, dbAnonRole: 'anon', jwtSecret: secret }
    const server = await createServer({
      ...options,
      dbUri: postgres.uriOf({ user: 'authenticator', password: 'p' }),
      dbPreRequest: { schema: 'hooks', name: 'before_request' },
    })
    const recorded = recorder(server)
    const app: App = await import(pathToFileURL(join(folder, 'demo/app/main.ts')).href)
    try {
      await app.run({ url: 'http://app', fetch: recorded.fetch }, () => ({ tell() {}, show() {} }))
    } finally {
      await server.close()
    }
    const grants = await remainingGrants(postgres, schemas, roles)
    expect(grants.length).toBeGreaterThan(50)
    expect(await superfluousGrants(postgres, options, recorded.requests, grants)).toEqual([])
  } finally {
    await rm(folder, { recursive: true })
  }
})
