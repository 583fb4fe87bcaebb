import { emitClient } from '@rolecast/templates/client'
import { describe, expect, test } from 'vitest'
import { syntheticSurface } from '../bench/lib/surface.mjs'
import { project } from '../bench/lib/type-check.mjs'
import { ours, queryModule } from '../bench/lib/type-queries.mjs'
import { type Checked, check, checkInTurn, type Version, versions } from './check.js'

const relations = 100
const imports =
  "import { createClient, type Row } from './client/index.js'\nconst db = createClient({ url: 'http://localhost' })"

type Kind = keyof typeof ours

const moduleOf = (kind: Kind, queries: number, first = 0) =>
  queryModule(imports, (index, count) => ours[kind](first + index, count), queries, relations)

/** A project of the client of a surface and of modules, while something is done with it. */
async function inProject<T>(modules: Readonly<Record<string, string>>, size: number, work: (folder: string) => T) {
  const client = emitClient(syntheticSurface(size), { emit: 'js' })
  const files = client.map(({ path, content }) => [`client/${path}`, content] as const)
  const { folder, remove } = project({ ...Object.fromEntries(files), ...modules })
  try {
    return await work(folder)
  } finally {
    remove()
  }
}

/** Counts of checking a module of queries; they are the same on every machine. */
async function cost(version: Version, kind: Kind, queries: number, size = relations): Promise<Checked> {
  const result = await inProject({ 'queries.ts': moduleOf(kind, queries) }, size, (folder) => check(folder, version))
  expect(result.errors).toEqual([])
  return result
}

const known = new Map<string, Promise<number>>()

/** Instantiations that a query costs after fifty others. */
function eachFurther(version: Version, kind: Kind): Promise<number> {
  const key = `${version} ${kind}`
  const found = known.get(key) ?? measure()
  known.set(key, found)
  return found

  async function measure() {
    const counts =
      version === '7.0' ? [await cost(version, kind, 50), await cost(version, kind, 100)] : await inTurn(version)
    expect(counts.flatMap(({ errors }) => errors)).toEqual([])
    const [few = 0, many = 0] = counts.map(({ instantiations }) => instantiations)
    return (many - few) / 50
  }

  function inTurn(version: Exclude<Version, '7.0'>): Promise<Checked[]> {
    const modules = { 'few.ts': moduleOf(kind, 50), 'more.ts': moduleOf(kind, 50, 50) }
    return inProject(modules, relations, (folder) => checkInTurn(folder, version, Object.keys(modules)))
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

  // What names of one's own cost: of a column, of a row's type, of two embeds, and of all three in one query.
  test.each([
    ['renamed', 240],
    ['named', 60],
    ['said', 470],
    ['aliases', 620],
  ] as const)('TypeScript 5.9 and 7.0: each further query of the kind %s', async (kind, budget) => {
    for (const version of ['5.9', '7.0'] as const) {
      expect(await eachFurther(version, kind)).toBeLessThanOrEqual(budget)
    }
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
