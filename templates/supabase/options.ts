import { z } from 'zod'

/** The options of the target: the configuration's `supabase`. Every key has a default. */
export const supabaseOptions = z.strictObject({
  /** The database's comments as JSDoc, of relations, columns and functions. Default true. */
  comments: z.boolean().optional(),
  /**
   * TypeScript types by `schema.relation.column` or `schema.type`, written into the output as they are: mostly for JSON.
   * `{ 'api.orders.meta': "import('../meta.js').Meta" }`
   */
  overrides: z.record(z.string(), z.string().min(1, 'is empty')).readonly().optional(),
  /** Also offer verbs that no row-level security policy lets any row through. Default false. */
  zeroRows: z.boolean().optional(),
})

/** How a role's `database.ts` is written, as the configuration says it. */
export type SupabaseOptions = z.input<typeof supabaseOptions>
