import { defineTarget } from '../target.js'
import { emitKysely, tablesOf } from './emit-kysely.js'
import { kyselyOptions } from './options.js'

/** `kysely.ts`: the types that Kysely takes, for those who connect to the database as the role. */
export const kyselyTarget = defineTarget({
  name: 'kysely',
  options: kyselyOptions,
  emit: emitKysely,
  report(surface, options) {
    const { tables, unnameable } = tablesOf(surface, options, undefined)
    return {
      contents: `${tables.length} ${tables.length === 1 ? 'table' : 'tables'}`,
      leftOut: unnameable.map(({ schema, name }) => `without ${schema}.${name}: kysely cannot name it`),
    }
  },
})
