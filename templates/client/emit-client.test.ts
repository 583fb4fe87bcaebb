import { describe, expect, test } from 'vitest'
import { syntheticSurface } from '../../test/bench/lib/surface.mjs'
import { emitClient } from './emit-client.js'
import type { EmitOptions } from './options.js'

const surface = syntheticSurface(6)
const emit = (options?: EmitOptions) =>
  Object.fromEntries(emitClient(surface, options).map(({ path, content }) => [path, content]))

describe('files', () => {
  test('TypeScript unless it is a package', () => {
    expect(Object.keys(emit())).toEqual(['index.ts'])
    expect(Object.keys(emit({ emit: 'js' }))).toEqual(['index.d.ts', 'index.js'])
    const files = emit({ package: { name: '@shop/app-user', version: '1.2.3' } })
    expect(Object.keys(files)).toEqual(['index.d.ts', 'index.js', 'package.json'])
    expect(JSON.parse(files['package.json'] ?? '')).toMatchObject({
      name: '@shop/app-user',
      version: '1.2.3',
      type: 'module',
      sideEffects: false,
      exports: { '.': { types: './index.d.ts', default: './index.js' } },
      dependencies: { '@rolecast/client': '^0.1.0' },
    })
  })

  test('with the runtime beside it, it depends on ky only', () => {
    const files = emit({ runtime: 'inline', package: { name: 'x', version: '1.0.0' } })
    expect(files['index.js']).toContain("from './runtime/index.js'")
    expect(JSON.parse(files['package.json'] ?? '')).toMatchObject({
      dependencies: { ky: '^1.14.3' },
      exports: { './runtime': { types: './runtime/index.d.ts', default: './runtime/index.js' } },
    })
  })

  test('the same bytes each time', () => {
    expect(emit({ emit: 'js' })).toEqual(emit({ emit: 'js' }))
  })
})

describe('options', () => {
  test('int8 and numeric', () => {
    const { 'index.ts': text = '' } = emit({ types: { numeric: 'number' } })
    expect(text).toMatch(/amount: number\n/)
    expect(text).not.toContain("amount: 't'")
    expect(emit()['index.ts']).toContain("amount: 't'")
  })

  test('overrides of columns and types', () => {
    const { 'index.ts': text = '' } = emit({
      overrides: {
        'api.entity_0001.metadata': "import('../meta.js').Meta",
        'api.entity_0002.amount': 'number',
        'pg_catalog.timestamptz': 'Timestamp',
      },
    })
    expect(text.match(/metadata: import\('\.\.\/meta\.js'\)\.Meta \| null/g)).toHaveLength(1)
    expect(text.match(/amount: number\n/g)).toHaveLength(1)
    expect(text).toContain('created_at: Timestamp\n')
    expect(text).toContain('created_at?: Filter<Timestamp>')
  })

  test('names of the client, with the names of the database in what it sends', () => {
    const { 'index.ts': text = '' } = emit({
      rename: {
        relations: { 'api.entity_0001': 'things' },
        relationships: { 'api.entity_0002.owner': 'keeper' },
      },
    })
    expect(text).toContain('readonly things: ThingsApi')
    expect(text).toMatch(/\* Table `api\.entity_0001` of the database: select/)
    expect(text).toMatch(/things: \[\[.*'entity_0001'\],/)
    expect(text).toContain("keeper: ['things', 'owner_id']")
  })

  test('columns', () => {
    const { 'index.ts': text = '' } = emit({ rename: { columns: { 'api.entity_0001.created_at': 'createdAt' } } })
    expect(text.match(/ {2}createdAt\??: /g)?.length).toBeGreaterThan(1)
    expect(text).toContain('`created_at` in the database')
    expect(text).toMatch(/entity_0001: \[\[.*'createdAt'.*, 0, \{ createdAt: 'created_at' \}\],/)
    expect(emit({ rename: { columns: { 'api.absent.x': 'y' } } })['index.ts']).toBe(emit()['index.ts'])
  })

  test.each([
    [{ relations: { 'api.entity_0001': 'entity_0002' } }, /api\.entity_0001 cannot be called entity_0002/],
    [{ relations: { 'api.entity_0001': 'same', 'api.entity_0002': 'same' } }, /0002 cannot be called same/],
    [{ relations: { 'api.entity_0001': 'rpc' } }, /rename\.relations: api\.entity_0001 cannot be called rpc/],
    [{ columns: { 'api.entity_0002.name': 'id' } }, /api\.entity_0002\.name cannot be called id/],
    [{ relationships: { 'api.entity_0002.owner': 'id' } }, /api\.entity_0002\.owner cannot be called id/],
  ])('a name that is taken is refused: %j', (rename, message) => {
    expect(() => emit({ rename })).toThrow(message)
  })

  test('two may change names', () => {
    const rename = { relations: { 'api.entity_0001': 'entity_0002', 'api.entity_0002': 'entity_0001' } }
    expect(emit({ rename })['index.ts']).toMatch(/^ {6}entity_0002: \[.*'entity_0001'\],$/m)
  })

  test('without comments', () => {
    expect(emit()['index.ts']).toContain('Display name of entity 1')
    expect(emit({ comments: false })['index.ts']).not.toContain('Display name')
  })
})

describe('verdicts', () => {
  const closed = {
    ...surface,
    relations: surface.relations.map((relation, index) =>
      index === 2
        ? {
            ...relation,
            verdicts: { ...relation.verdicts, select: 'zero-rows' as const, insert: 'zero-rows' as const },
          }
        : relation,
    ),
  }

  test('what never touches a row is left out unless asked for', () => {
    const [file] = emitClient(closed)
    expect(file?.content).not.toContain('Selectable<Entity0002>')
    expect(file?.content).not.toContain('Entity0002Row')
    expect(file?.content).not.toContain('Many<Entity0002>')
    const [all] = emitClient(closed, { zeroRows: true })
    expect(all?.content).toContain('Selectable<Entity0002>')
    expect(all?.content).toContain('No row passes row-level security: select, insert.')
  })

  test('partitions are reached through what they are partitions of', () => {
    const relations = surface.relations.map((relation, index) => ({ ...relation, isPartition: index === 2 }))
    const [file] = emitClient({ ...surface, relations })
    expect(file?.content).not.toContain('entity_0002:')
    expect(file?.content).not.toContain('Many<Entity0002>')
  })

  test('a role that may do nothing has a client all the same', () => {
    const nothing = {
      role: 'nobody',
      schemas: [],
      relations: [],
      functions: [],
      sqlFunctions: [],
      operators: {},
      types: [],
    }
    const [file] = emitClient(nothing, { defaultSchema: 'api' })
    expect(file?.content).toContain('export interface Db extends Connection {')
  })

  test('a schema that is not the default one is named in requests', () => {
    expect(emitClient(surface, { defaultSchema: 'v2' })[0]?.content).toContain('isDefault: false')
    expect(emitClient(surface, { defaultSchema: 'api' })[0]?.content).not.toContain('isDefault')
  })
})
