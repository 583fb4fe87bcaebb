import type { Surface } from '@rolecast/catalog'
import { defineTarget } from '../target.js'
import { type EmittedSchemas, emitZod } from './emit-zod.js'
import { type ZodOptions, zodOptions } from './options.js'

/** Schemas of rows, inserts, updates and arguments, with the CHECKs that can be checked outside of PostgreSQL. */
export const zodTarget = defineTarget({
  name: 'zod',
  options: zodOptions,

  emit: (surface, options) => [{ path: 'zod.ts', content: schemasOf(surface, options).content }],

  report(surface, options) {
    const { relations, functions, left } = schemasOf(surface, options)
    return {
      contents: `${count(relations, 'relation')}, ${count(functions, 'function')}`,
      leftOut: left.map(
        ({ of, name, isPartly }) =>
          `${isPartly ? 'only a part' : 'nothing'} of the CHECK ${name} of ${of} in zod.ts: PostgreSQL checks it`,
      ),
    }
  },
})

const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`

const known = new WeakMap<Surface, { readonly options: ZodOptions; readonly schemas: EmittedSchemas }>()

/** The files and the report are of one run. */
function schemasOf(surface: Surface, options: ZodOptions): EmittedSchemas {
  const found = known.get(surface)
  if (found?.options === options) return found.schemas
  const schemas = emitZod(surface, options)
  known.set(surface, { options, schemas })
  return schemas
}
