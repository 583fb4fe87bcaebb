import { z } from 'zod'

/** The options of the openapi target: the configuration's `openapi`. */
export const openApiOptions = z.strictObject({
  /** What the API is called. Default: the first line of the default schema's comment, or the schema's name. */
  title: z.string().min(1, 'is empty').optional(),
  /** The API's version. Default `1`. */
  version: z.string().min(1, 'is empty').optional(),
  /** Where the API is, `https://api.example.com`. Default: where the document is. */
  servers: z.array(z.string().min(1, 'is empty')).readonly().optional(),
  /** The role of requests without a token: its document asks for none. */
  anonymous: z.string().min(1, 'is empty').optional(),
  /** Also write `openapi.d.ts`, made with openapi-typescript. Default true. */
  declarations: z.boolean().optional(),
  /** Also offer verbs that no row-level security policy lets any row through. Default false. */
  zeroRows: z.boolean().optional(),
  /** Write the database's comments as descriptions. Default true. */
  comments: z.boolean().optional(),
})

export type OpenApiOptions = z.input<typeof openApiOptions>
