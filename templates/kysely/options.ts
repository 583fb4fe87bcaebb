import { z } from 'zod'

/** The options of the target: the configuration's `kysely`. Every key has a default. */
export const kyselyOptions = z.strictObject({
  /** The database's comments as JSDoc, of relations and columns. Default true. */
  comments: z.boolean().optional(),
  /** TypeScript types of what is read, by `schema.relation.column` or `schema.type`, written into the output as they are. */
  overrides: z.record(z.string(), z.string().min(1, 'is empty')).readonly().optional(),
  /** Also offer verbs that no row-level security policy lets any row through. Default false. */
  zeroRows: z.boolean().optional(),
})

/** How a role's `kysely.ts` is written, as the configuration says it. */
export type KyselyOptions = z.input<typeof kyselyOptions>
