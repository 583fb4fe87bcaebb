import { describe, expect, it } from 'vitest'
import { importsOf, stageOf } from './imports.js'

/**
 * The folders of each package, in the order in which data passes through them. A folder may import those before it, never
 * one after it. Files in `src` itself put the stages together, so they may import any folder; what stands under `shared`
 * may be imported by all.
 */
const layers = {
  'packages/catalog': {
    order: [
      'postgres',
      'checks',
      'model',
      'introspect',
      'facts',
      'relationships',
      'access',
      'surface',
      'openapi',
      'explain',
    ],
    shared: ['errors.ts', 'closest-name.ts', 'published-secrets.ts'],
  },
  'packages/server': {
    order: [
      'sql',
      'errors',
      'postgres',
      'config',
      'authenticate',
      'rate-limit',
      'parse',
      'schema-cache',
      'plan',
      'compile',
      'transaction',
      'respond',
      'openapi',
      'observe',
      'http',
    ],
    shared: ['lru.ts', 'http-message.ts', 'invariant.ts'],
  },
} as const

describe.each(Object.entries(layers))('%s', (folder, { order, shared }) => {
  const imports = importsOf(folder)

  it('has no folder that the list does not name', () => {
    const stages = new Set(imports.map(({ from }) => stageOf(from)).filter((stage) => stage !== ''))
    expect([...stages].filter((stage) => !(order as readonly string[]).includes(stage))).toEqual([])
  })

  it('imports no later stage', () => {
    const rank = (stage: string) => (order as readonly string[]).indexOf(stage)
    const wrong = imports.filter(({ from, to }) => {
      const [importer, imported] = [stageOf(from), stageOf(to)]
      if (importer === '' || importer === imported) return false
      if (imported === '') return !(shared as readonly string[]).includes(to)
      return rank(imported) > rank(importer)
    })
    expect(wrong).toEqual([])
  })
})
