import { emitClient } from '@rolecast/templates/client'
import { beforeAll, expect, test } from 'vitest'
import { completions, hovers } from '../bench/lib/completions.mjs'
import { syntheticSurface } from '../bench/lib/surface.mjs'
import { project } from '../bench/lib/type-check.mjs'
import { buildRuntime } from './build.js'

beforeAll(buildRuntime)

const imports =
  "import { createClient } from './client/index.js'\nconst db = createClient({ url: 'http://localhost' })\n"
const cases: readonly (readonly [string, readonly string[]])[] = [
  ["db.entity_0005.select('‸')", ['id', 'name', 'owner_id']],
  ["db.entity_0005.select('id', '‸')", ['name', 'metadata']],
  ["db.entity_0005.select('id').embed({ ‸ })", ['owner', 'parent', 'entity_0006_by_owner']],
  ["db.entity_0005.select('id').embed({ owner: ['‸'] })", ['id', 'status']],
  ["db.entity_0005.select('id').where({ ‸ })", ['id', 'name', '$or', 'owner']],
  ["db.entity_0005.select('id').where({ status: '‸' })", ['draft', 'active', 'archived']],
  ["db.entity_0005.select('id').where({ name: { ‸ } })", ['eq', 'ilike', 'wfts']],
  ["db.entity_0005.select('id').order('‸')", ['id', 'created_at']],
  ['db.entity_0005.insert({ ‸ })', ['name', 'owner_id']],
  ['db.entity_0005.‸', ['select', 'insert', 'update', 'delete']],
  ['db.‸', ['entity_0000', 'entity_0099', 'rpc']],
]

test('columns, relationships, filters, labels and verbs complete', { timeout: 120_000 }, () => {
  const files = emitClient(syntheticSurface(100), { emit: 'js' }).map(({ path, content }) => [
    `client/${path}`,
    content,
  ])
  const { folder, remove } = project(Object.fromEntries(files))
  // The first question makes the program: an editor has done that when it opened the file.
  const sources = cases.map(([source]) => imports + source)
  const [, ...answers] = completions(folder, [imports, ...sources])
  remove()
  for (const [index, [source, expected]] of cases.entries()) {
    expect([source, answers[index]?.names]).toEqual([source, expect.arrayContaining([...expected])])
    expect(answers[index]?.names).not.toContain('secret')
  }
  expect(answers[9]?.names).not.toContain('upsert')
})

const shown: readonly (readonly [query: string, row: string])[] = [
  ["db.entity_0005.select('id', 'name')", '{ id: number; name: string; }[]'],
  ["db.entity_0005.select({ nr: 'id' })", '{ nr: number; }[]'],
  ["db.entity_0005.select('id').embed({ owner: ['id'] })", '{ id: number; owner: { id: number; }; }[]'],
  ["db.entity_0005.select('id').text({ n: ['metadata', 'n'] })", '{ id: number; n: string | null; }[]'],
  ["db.entity_0005.select('status').aggregate({ n: 'count' })", '{ status: Status; n: number; }[]'],
  ["db.entity_0005.select('id', 'description').stripNulls()", '{ id: number; description?: string | undefined; }[]'],
  ["db.entity_0005.select('id').maybe()", '{ id: number; } | null'],
]

test('rows print flat', { timeout: 120_000 }, () => {
  const files = emitClient(syntheticSurface(20), { emit: 'js' }).map(({ path, content }) => [`client/${path}`, content])
  const { folder, remove } = project(Object.fromEntries(files))
  const answers = hovers(
    folder,
    shown.map(([query]) => `${imports}const ‸rows = await ${query}`),
  )
  const named = hovers(folder, [
    `${imports}const query = db.entity_0005.select('id').embed({ owner: ['id'] })
    type ‸Shown = import('./client/index.js').Row<typeof query>`,
  ])
  remove()
  expect(answers).toEqual(shown.map(([, row]) => `const rows: ${row}`))
  expect(named).toEqual(['type Shown = { id: number; owner: { id: number; }; }'])
})
