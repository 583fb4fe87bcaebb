import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { introspect, surfaceOf } from '@rolecast/catalog'
import { startPostgres } from '@rolecast/embedded'
import { emitClient } from '@rolecast/templates/client'
import pg from 'pg'
import { expect, test } from 'vitest'
import { project } from '../bench/lib/type-check.mjs'
import { tsc } from '../types/build.js'
import { check } from '../types/check.js'

const root = new URL('../../', import.meta.url)
const pages = ['README.md', 'docs/command.md', 'docs/server.md', 'docs/supabase.md', 'packages/client/README.md']

/** What the examples leave to the reader, or have from an earlier one. */
const surroundings = `
import type { Conditions } from '@rolecast/client'
import type { createClient } from './api/clerk/index.js'
declare global {
  const db: ReturnType<typeof createClient>
  const session: { readonly jwt: string }
  const dbUri: string
  const search: string | undefined
  const filters: readonly Conditions<typeof db.orders>[]
  const jwtSecret: string
  const secret: string
  function test(name: string, run: () => Promise<unknown>): void
  function expect(value: unknown): { toBe(value: unknown): void; toEqual(value: unknown): void }
}
`

/** Fenced blocks of TypeScript, each a module of its own. */
function examples(page: string): [path: string, content: string][] {
  const blocks = readFileSync(new URL(page, root), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)
  return [...blocks].map(([, code = ''], index) => [
    `${page.replaceAll(/\W/g, '_')}_${index + 1}.ts`,
    `${code.replaceAll('/api/app_user/', '/api/clerk/')}\nexport {}\n`,
  ])
}

async function clients(): Promise<[path: string, content: string][]> {
  await using postgres = await startPostgres({ sql: [fileURLToPath(new URL('manual.sql', import.meta.url))] })
  const roles = ['visitor', 'clerk']
  const connection = new pg.Client({ connectionString: postgres.uri })
  await connection.connect()
  const catalog = await introspect(connection, { schemas: ['api'], roles }).finally(() => connection.end())
  return roles.flatMap((role) =>
    emitClient(surfaceOf(catalog, role, { schemas: ['api'] }), { defaultSchema: 'api' }).map(
      ({ path, content }): [string, string] => [`api/${role}/${path}`, content],
    ),
  )
}

test("the manual's examples compile", { timeout: 120_000 }, async () => {
  execFileSync(process.execPath, [tsc, '--build', fileURLToPath(root)])
  const modules = pages.flatMap(examples)
  expect(modules.length).toBeGreaterThan(6)
  const { folder, remove } = project(
    Object.fromEntries([...modules, ...(await clients()), ['surroundings.ts', surroundings]]),
  )
  const { errors } = await check(folder, '5.9')
  remove()
  expect(errors).toEqual([])
})
