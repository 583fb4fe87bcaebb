import { z } from 'zod'

/** The options of the zod target: the configuration's `zod`. */
export const zodOptions = z.strictObject({
  /** What the file imports. The schemas are the same; those of `zod/mini` have fewer methods. Default `zod`. */
  import: z.enum(['zod', 'zod/mini']).optional(),
  /** What schemas of int8 and numeric give. Each takes texts and numbers; `number` loses digits. Default `string`. */
  types: z
    .strictObject({ int8: z.enum(['string', 'number']).optional(), numeric: z.enum(['string', 'number']).optional() })
    .optional(),
  /** Also write schemas of verbs that no row-level security policy lets any row through. Default false. */
  zeroRows: z.boolean().optional(),
})

export type ZodOptions = z.input<typeof zodOptions>
