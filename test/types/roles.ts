import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { project } from '../bench/lib/type-check.mjs'
import { check, versions } from './check.js'

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

test.each(versions)('TypeScript %s', { timeout: 120_000 }, async (version) => {
  // One of them also looks into the runtime's types and the generated ones for themselves.
  const libraries = version === '5.9' ? { skipLibCheck: false, skipDefaultLibCheck: true } : {}
  const options = { exactOptionalPropertyTypes: version !== '5.4', noUncheckedIndexedAccess: true, ...libraries }
  const { folder: at, remove } = project(files, { options })
  const { errors } = await check(at, version)
  remove()
  expect(errors).toEqual([])
})

test.each(versions)('TypeScript %s says what a write without a filter lacks', async (version) => {
  const forgotten = `import { createClient } from './clerk/index.js'
    const db = createClient({ url: 'https://api.test' })
    export const forgot = async () => await db.orders.delete()
    export const forgotten = async () => db.orders.update({ note: null })`
  const { folder: at, remove } = project({ ...files, 'forgotten.ts': forgotten }, { include: ['forgotten.ts'] })
  const { errors } = await check(at, version)
  remove()
  expect(errors.filter((line) => line.includes('say which rows are meant: where(…) or all()'))).toHaveLength(2)
})
