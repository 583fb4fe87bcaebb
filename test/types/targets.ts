import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { emitDatabase } from '@rolecast/templates/supabase'
import { expect, test } from 'vitest'
import { syntheticSurface } from '../bench/lib/surface.mjs'
import { project } from '../bench/lib/type-check.mjs'
import { queryModule, supabase, supabaseDatabase } from '../bench/lib/type-queries.mjs'
import { check } from './check.js'

const folder = fileURLToPath(new URL('.', import.meta.url))
const generated = fileURLToPath(new URL('../client/generated/', import.meta.url))
const read = (path: string) => readFileSync(path, 'utf8').replaceAll('../../client/generated/', './')

/** What must and must not compile with the files of other targets than the client: `targets/*.test-d.ts`. */
const files = {
  'expect.test-d.ts': read(`${folder}expect.test-d.ts`),
  ...Object.fromEntries(
    readdirSync(`${folder}targets`).map((name) => [
      name,
      read(`${folder}targets/${name}`).replaceAll('../expect.test-d.js', './expect.test-d.js'),
    ]),
  ),
  ...Object.fromEntries(
    ['clerk', 'visitor'].flatMap((role) =>
      ['database.ts', 'kysely.ts'].map((name) => [`${role}/${name}`, read(`${generated}${role}/${name}`)]),
    ),
  ),
}

/** The versions of supabase-js and postgrest-js that run on every Node that rolecast runs on, and those of today. */
const ofToday = {
  '@supabase/supabase-js': ['./node_modules/supabase-js-today'],
  '@supabase/postgrest-js': ['./node_modules/postgrest-js-today'],
}

test.each([
  ['5.4', {}],
  ['5.9', ofToday],
  ['7.0', {}],
] as const)('targets, TypeScript %s', { timeout: 240_000 }, async (version, paths) => {
  const options = { exactOptionalPropertyTypes: version !== '5.4', paths }
  const { folder: at, remove } = project(files, { options })
  const { errors } = await check(at, version)
  remove()
  expect(errors).toEqual([])
})

// Beside what each query costs, the helper types of its own generator's file cost 2,078, and those of a role's file 627.
test.each(['flat', 'embeds'] as const)(
  "a role's types cost supabase-js no more for each further query than its own generator's: %s",
  { timeout: 240_000 },
  async (kind) => {
    const surface = syntheticSurface(50)
    const imports = `import { createClient } from '@supabase/supabase-js'
      import type { Database } from './database.js'
      const supabase = createClient<Database>('http://localhost', 'key')`
    const cost = async (database: string, queries: number) => {
      const module = queryModule(imports, supabase[kind], queries, 50)
      const { folder: at, remove } = project({ 'database.ts': database, 'queries.ts': module })
      const { errors, instantiations } = await check(at, '7.0')
      remove()
      expect(errors).toEqual([])
      return instantiations
    }
    const eachFurther = async (database: string) => ((await cost(database, 20)) - (await cost(database, 10))) / 10
    const theirs = await eachFurther(supabaseDatabase(surface))
    const ours = await eachFurther(emitDatabase(surface)[0]?.content ?? '')
    expect(theirs).toBeGreaterThan(500)
    expect(ours).toBeLessThanOrEqual(theirs)
  },
)
