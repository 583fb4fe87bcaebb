import { emitClient } from '@rolecast/templates/client'
import { describe, expect, test } from 'vitest'
import { project } from '../bench/lib/type-check.mjs'
import { startHostileDatabase } from '../client/hostile-database.js'
import { check } from './check.js'

describe('clients of hostile names compile', { timeout: 120_000 }, () => {
  test('as ts with TypeScript 5.4 and 7.0, as js with 5.9', async () => {
    const { postgres, surface } = await startHostileDatabase()
    await postgres.stop()
    const app = `import { createClient } from './client/index.js'
      export const db = createClient({ url: 'http://x' })
      // Names that every object has.
      db.constructor.select().where({ parent_id: '1' }).where({ constructor: 'x', parent: 'some' })
      db.toString.insert({ parent_id: '1' })
      db.hasOwnProperty.update({ parent_id: '1' }).where({ hasOwnProperty: 'x' })
      db.everything.insert([{ label: '*/' }, { constructor: 'x', toString: 'y' }])
      // @ts-expect-error not a text
      db.everything.insert({ constructor: 1 })`
    for (const [emit, version] of [
      ['ts', '5.4'],
      ['ts', '7.0'],
      ['js', '5.9'],
    ] as const) {
      const files = emitClient(surface, { emit }).map(({ path, content }) => [`client/${path}`, content] as const)
      const { folder, remove } = project(
        { ...Object.fromEntries(files), 'app.ts': app },
        { options: { skipLibCheck: false, skipDefaultLibCheck: true } },
      )
      const { errors } = await check(folder, version)
      remove()
      expect([emit, version, errors]).toEqual([emit, version, []])
    }
  })
})
