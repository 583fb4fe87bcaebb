import type { Surface } from '@rolecast/catalog'
import { offered } from '../surface/offered.js'
import { defineTarget, type TargetReport } from '../target.js'
import { emitDatabase, reservedSchema } from './emit-database.js'
import { isView } from './json-types.js'
import { type SupabaseOptions, supabaseOptions } from './options.js'
import { isSent } from './write-functions.js'

/** `database.ts`: the types that supabase-js and postgrest-js take, of what the role may do. */
export const supabaseTarget = defineTarget({
  name: 'supabase',
  options: supabaseOptions,
  emit: emitDatabase,
  report,
})

function report(surface: Surface, options: SupabaseOptions): TargetReport {
  const { relations, functions } = offered(surface, options)
  const views = relations.filter(isView).length
  const sent = functions.filter(isSent)
  return {
    contents: `${relations.length - views} tables, ${views} views, ${sent.length} functions`,
    leftOut: [
      ...functions
        .filter((each) => !isSent(each))
        .map(
          ({ schema, name, arguments: listed }) => `without ${schema}.${name}(${listed}): supabase-js sends JSON only`,
        ),
      ...(surface.schemas.some(({ name }) => name === reservedSchema)
        ? [`without the schema ${reservedSchema}: supabase-js keeps that name for itself`]
        : []),
    ],
  }
}
