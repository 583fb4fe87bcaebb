import { emitClient } from '@rolecast/templates/client'
import { beforeAll, describe, expect, test } from 'vitest'
import { syntheticSurface } from '../bench/lib/surface.mjs'
import { check, compilers, project } from '../bench/lib/type-check.mjs'
import { ours, queryModule } from '../bench/lib/type-queries.mjs'
import { buildRuntime } from './build.js'

const relations = 100
const imports = "import { createClient } from './client/index.js'\nconst db = createClient({ url: 'http://localhost' })"

beforeAll(buildRuntime)

/** Counts of checking a module of queries; they are the same on every machine. */
async function cost(compiler: string, kind: 'flat' | 'embeds', queries: number, size = relations) {
  const client = emitClient(syntheticSurface(size), { emit: 'js' })
  const files = client.map(({ path, content }) => [`client/${path}`, content] as const)
  const module = queryModule(imports, ours[kind], queries, relations)
  const { folder, remove } = project({ ...Object.fromEntries(files), 'queries.ts': module })
  try {
    const result = await check(folder, compiler)
    expect(result.errors).toEqual([])
    return result
  } finally {
    remove()
  }
}

const known = new Map<string, Promise<number>>()

function eachFurther(compiler: string, kind: 'flat' | 'embeds'): Promise<number> {
  const key = `${compiler} ${kind}`
  const found = known.get(key) ?? measure()
  known.set(key, found)
  return found

  async function measure() {
    const [few, many] = [await cost(compiler, kind, 50), await cost(compiler, kind, 100)]
    return (many.instantiations - few.instantiations) / 50
  }
}

// A compiler run takes a second, or many on a busy machine; the counts are the same.
describe('what queries cost the type checker', { timeout: 240_000 }, () => {
  test.each(Object.entries(compilers))('TypeScript %s: each further query with two embeds', async (_, folder) => {
    expect(await eachFurther(folder, 'embeds')).toBeLessThanOrEqual(220)
  })

  test.each(['5.9', '7.0'] as const)('TypeScript %s: each further flat query', async (version) => {
    expect(await eachFurther(compilers[version], 'flat')).toBeLessThanOrEqual(60)
  })

  test('TypeScript 5.9, 6 and 7 agree within 1 %', async () => {
    const expected = await eachFurther(compilers['5.9'], 'embeds')
    for (const folder of [compilers['6.0'], compilers['7.0']]) {
      expect(Math.abs((await eachFurther(folder, 'embeds')) / expected - 1)).toBeLessThan(0.01)
    }
  })

  test('500 queries with two embeds', async () => {
    const { instantiations, types } = await cost(compilers['5.9'], 'embeds', 500)
    expect(instantiations).toBeLessThanOrEqual(120_000)
    expect(types).toBeLessThanOrEqual(40_000)
  })

  test('relations that nobody uses cost next to nothing', async () => {
    const [small, large] = [await cost(compilers['5.9'], 'flat', 1), await cost(compilers['5.9'], 'flat', 1, 1000)]
    expect((large.types - small.types) / 900).toBeLessThanOrEqual(5)
  })
})
