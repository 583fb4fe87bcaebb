import { emitClient } from '@rolecast/templates/client'
import { describe, expect, test } from 'vitest'
import { syntheticSurface } from '../bench/lib/surface.mjs'
import { project } from '../bench/lib/type-check.mjs'
import { ours, queryModule } from '../bench/lib/type-queries.mjs'
import { type Checked, check, type Version, versions } from './check.js'

const relations = 100
const imports = "import { createClient } from './client/index.js'\nconst db = createClient({ url: 'http://localhost' })"

/** Counts of checking a module of queries; they are the same on every machine. */
async function cost(version: Version, kind: 'flat' | 'embeds', queries: number, size = relations): Promise<Checked> {
  const client = emitClient(syntheticSurface(size), { emit: 'js' })
  const files = client.map(({ path, content }) => [`client/${path}`, content] as const)
  const module = queryModule(imports, ours[kind], queries, relations)
  const { folder, remove } = project({ ...Object.fromEntries(files), 'queries.ts': module })
  try {
    const result = await check(folder, version)
    expect(result.errors).toEqual([])
    return result
  } finally {
    remove()
  }
}

const known = new Map<string, Promise<number>>()

function eachFurther(version: Version, kind: 'flat' | 'embeds'): Promise<number> {
  const key = `${version} ${kind}`
  const found = known.get(key) ?? measure()
  known.set(key, found)
  return found

  async function measure() {
    const [few, many] = [await cost(version, kind, 50), await cost(version, kind, 100)]
    return (many.instantiations - few.instantiations) / 50
  }
}

// A compiler run takes a second, or many on a busy machine; the counts are the same.
describe('what queries cost the type checker', { timeout: 240_000 }, () => {
  test.each(versions)('TypeScript %s: each further query with two embeds', async (version) => {
    expect(await eachFurther(version, 'embeds')).toBeLessThanOrEqual(220)
  })

  test.each(['5.9', '7.0'] as const)('TypeScript %s: each further flat query', async (version) => {
    expect(await eachFurther(version, 'flat')).toBeLessThanOrEqual(60)
  })

  test('TypeScript 5.9, 6 and 7 agree within 1 %', async () => {
    const expected = await eachFurther('5.9', 'embeds')
    for (const version of ['6.0', '7.0'] as const) {
      expect(Math.abs((await eachFurther(version, 'embeds')) / expected - 1)).toBeLessThan(0.01)
    }
  })

  test('500 queries with two embeds', async () => {
    const { instantiations, types } = await cost('5.9', 'embeds', 500)
    expect(instantiations).toBeLessThanOrEqual(120_000)
    expect(types).toBeLessThanOrEqual(40_000)
  })

  test('relations that nobody uses cost next to nothing', async () => {
    const [small, large] = [await cost('5.9', 'flat', 1), await cost('5.9', 'flat', 1, 1000)]
    expect((large.types - small.types) / 900).toBeLessThanOrEqual(5)
  })
})
