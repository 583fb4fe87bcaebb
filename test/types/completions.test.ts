import { emitClient } from '@rolecast/templates/client'
import { beforeAll, expect, test } from 'vitest'
import { completions } from '../bench/lib/completions.mjs'
import { syntheticSurface } from '../bench/lib/surface.mjs'
import { project } from '../bench/lib/type-check.mjs'
import { buildRuntime } from './build.js'

beforeAll(buildRuntime)

const imports =
  "import { createClient } from './client/index.js'\nconst db = createClient({ url: 'http://localhost' })\n"
const cases: readonly (readonly [string, readonly string[]])[] = [
  ["db.entity_0005.select('‸')", ['id', 'name', 'owner_id']],
  ["db.entity_0005.select('id', '‸')", ['name', 'metadata']],
  ["db.entity_0005.select('id').embed({ ‸ })", ['owner', 'parent', 'entity_0006']],
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
