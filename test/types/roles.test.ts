import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { check, compilers, project } from '../bench/lib/type-check.mjs'
import { buildRuntime } from './build.js'

const folder = fileURLToPath(new URL('.', import.meta.url))
const generated = fileURLToPath(new URL('../client/generated/', import.meta.url))

/** What must and must not compile, for the two roles of test/client: `*.test-d.ts`, and the clients they import. */
const files = {
  ...Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.test-d.ts'))
      .map((name) => [name, readFileSync(folder + name, 'utf8').replaceAll('../client/generated/', './')]),
  ),
  ...Object.fromEntries(
    ['clerk', 'visitor'].map((role) => [`${role}/index.ts`, readFileSync(`${generated}${role}/index.ts`, 'utf8')]),
  ),
}

beforeAll(buildRuntime)

test.each(Object.entries(compilers))('TypeScript %s', { timeout: 120_000 }, async (version, compiler) => {
  const options = { exactOptionalPropertyTypes: version !== '5.4', noUncheckedIndexedAccess: true }
  const { folder: at, remove } = project(files, { options })
  const { errors } = await check(at, compiler)
  remove()
  expect(errors).toEqual([])
})

test('without skipLibCheck the runtime and what is generated hold as well', { timeout: 120_000 }, async () => {
  const { folder: at, remove } = project(files, { options: { skipLibCheck: false } })
  const { errors } = await check(at, compilers['5.9'])
  remove()
  expect(errors).toEqual([])
})
