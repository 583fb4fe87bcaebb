import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { emitClient } from '@rolecast/templates/client'
import { expect, test } from 'vitest'
import { syntheticSurface } from '../bench/lib/surface.mjs'
import { project } from '../bench/lib/type-check.mjs'
import { check } from './check.js'

const app = `import { createClient } from './api/index'
  import { ApiError, isPermissionDenied } from '@rolecast/client'
  const db = createClient({ url: 'http://api.test' })
  export const query = db.entity_0002.select('id', 'name').where({ id: 1 })
  // @ts-expect-error no such column
  export const wrong = db.entity_0002.select('nothing')
  console.log(query.toURL(), typeof ApiError, typeof isPermissionDenied)`

test('a CommonJS app compiles under node16, and runs', { timeout: 60_000 }, async () => {
  const files = Object.fromEntries(
    emitClient(syntheticSurface(5)).map(({ path, content }) => [`api/${path}`, content] as const),
  )
  const options = { module: 'Node16', moduleResolution: 'Node16', noEmit: false, outDir: 'out' }
  const { folder, remove } = project({ ...files, 'app.ts': app }, { options, include: ['app.ts'] })
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }')
  const { errors } = await check(folder, '5.9')
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, '--project', folder])
  const printed = execFileSync(process.execPath, [join(folder, 'out/app.js')], { encoding: 'utf8' })
  remove()
  expect(errors).toEqual([])
  expect(printed).toBe('http://api.test/entity_0002?select=id,name&id=eq.1 function function\n')
})

const nodeApp = `import { createClient } from './api/index.js'
  const db = createClient({ url: 'http://api.test' })
  export const names = async () => (await db.entity_0002.select('id', 'name')).map(({ name }) => name.toUpperCase())`

test('an app without the library dom compiles, libraries checked too', { timeout: 60_000 }, async () => {
  const files = Object.fromEntries(
    emitClient(syntheticSurface(5)).map(({ path, content }) => [`api/${path}`, content] as const),
  )
  const options = { lib: ['ES2022'], types: ['node'], skipLibCheck: false, skipDefaultLibCheck: true }
  const { folder, remove } = project({ ...files, 'app.ts': nodeApp }, { options, include: ['app.ts'] })
  const { errors } = await check(folder, '5.9')
  remove()
  expect(errors).toEqual([])
})
