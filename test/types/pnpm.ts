import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { emitClient } from '@rolecast/templates/client'
import { expect, test } from 'vitest'
import { syntheticSurface } from '../bench/lib/surface.mjs'
import { project } from '../bench/lib/type-check.mjs'
import { check } from './check.js'

const packages = fileURLToPath(new URL('../../packages', import.meta.url))
const app = `import { createClient } from '@shop/app'
  export const db = createClient({ url: 'x' })
  export const query = db.entity_0002.select('id', 'name').embed({ owner: ['id'] }).where({ id: 1 })
  export const one = () => db.entity_0002.select('id').one()
  export const made = () => db.entity_0002.insert({ name: 'x', owner_id: 1 }).returning('id')
  export const result = async () => db.entity_0002.select('id').result()
  export const all = db.entity_0002.update({ name: 'x' }).all()`

test('an app that has the client only, as pnpm installs it, can export queries', { timeout: 60_000 }, async () => {
  const options = { package: { name: '@shop/app', version: '1.0.0' } }
  const { folder, remove } = project({}, { options: { noEmit: false, declaration: true, outDir: 'out' } })
  const inside = join(folder, 'app/node_modules')
  const store = join(inside, '.pnpm/app/node_modules')
  mkdirSync(join(store, '@shop/app'), { recursive: true })
  mkdirSync(join(inside, '@shop'))
  for (const { path, content } of emitClient(syntheticSurface(5), options)) {
    writeFileSync(join(store, '@shop/app', path), content)
  }
  for (const name of ['client', 'grammar']) {
    for (const part of ['package.json', 'dist']) {
      cpSync(join(packages, name, part), join(store, '@rolecast', name, part), { recursive: true })
    }
  }
  symlinkSync(join(store, '@shop/app'), join(inside, '@shop/app'), 'dir')
  writeFileSync(join(folder, 'app/app.ts'), app)
  writeFileSync(join(folder, 'app/package.json'), '{ "type": "module" }')
  const tsconfig = {
    compilerOptions: {
      strict: true,
      module: 'NodeNext',
      target: 'ES2022',
      declaration: true,
      outDir: 'out',
      types: [],
      skipLibCheck: true,
    },
    files: ['app.ts'],
  }
  writeFileSync(join(folder, 'app/tsconfig.json'), JSON.stringify(tsconfig))
  const { errors } = await check(join(folder, 'app'), '5.9')
  remove()
  expect(errors).toEqual([])
})
