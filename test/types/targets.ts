import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { project } from '../bench/lib/type-check.mjs'
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
