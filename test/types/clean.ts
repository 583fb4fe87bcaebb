import type { Surface } from '@rolecast/catalog'
import { emitClient } from '@rolecast/templates/client'
import { describe, expect, test } from 'vitest'
import { runtimeTypes } from '../../templates/client/runtime-names.js'
import { syntheticSurface } from '../bench/lib/surface.mjs'
import { project } from '../bench/lib/type-check.mjs'
import { check } from './check.js'

const words = `${runtimeTypes.join(' ')} WritableRelation rpc made dateOf ranges BigInt. Many of our Rows; one Maybe`

/** A role that reads a few columns of some relations, where every comment and every label is a word of the runtime. */
function wordySurface(count: number): Surface {
  const surface = syntheticSurface(count)
  return {
    ...surface,
    relations: surface.relations.slice(0, count).map((relation) => ({
      ...relation,
      comment: words,
      columns: relation.columns.map((column) => ({ ...column, comment: words, literalDefault: words })),
      ...{ select: ['id'], filter: [], insert: [], update: [], delete: false, relationships: [], primaryKey: [] },
      ...{ returning: { insert: [], update: [], delete: [] }, upsert: { merge: [], ignore: [] } },
    })),
    functions: [],
    types: surface.types.map((type) => (type.kind === 'enum' ? { ...type, comment: words, labels: [words] } : type)),
  }
}

const strict = {
  ...{ noUnusedLocals: true, noUnusedParameters: true, isolatedModules: true, verbatimModuleSyntax: true },
  ...{ noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noPropertyAccessFromIndexSignature: true },
  ...{ noImplicitReturns: true, noImplicitOverride: true, erasableSyntaxOnly: true, allowJs: true, checkJs: false },
  ...{ skipLibCheck: false, skipDefaultLibCheck: true },
}

describe('generated code is clean under the strictest options', { timeout: 120_000 }, () => {
  const surfaces = { 'words in comments': wordySurface(3), everything: syntheticSurface(30), nothing: wordySurface(0) }
  test.each(Object.entries(surfaces))('%s', async (_, surface) => {
    for (const emit of ['ts', 'js'] as const) {
      const files = emitClient(surface, { emit }).map(({ path, content }) => [path, content] as const)
      const { folder, remove } = project(Object.fromEntries(files), { options: strict, include: ['*.ts', '*.js'] })
      const { errors } = await check(folder, '5.9')
      remove()
      expect([emit, errors]).toEqual([emit, []])
    }
  })

  test('a relation that is only read imports what reading needs', () => {
    const [file] = emitClient(wordySurface(1))
    const [, imports = ''] = /^import type \{\n(.*?)\} from/ms.exec(file?.content ?? '') ?? []
    expect(imports.match(/\w+/g)).toEqual([
      'Column',
      'Connection',
      'ConnectOptions',
      'Named',
      'NamedOnce',
      'Picked',
      'Rows',
      'SchemaMeta',
      'Selectable',
    ])
  })
})
