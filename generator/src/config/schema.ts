import { z } from 'zod'
import { packageNameProblem } from './package-name.js'

const name = z.string().min(1, 'is empty')
const names = z
  .array(name)
  .min(1, 'needs at least one name')
  .refine((given) => new Set(given).size === given.length, 'names something twice')

/** Of `database`: the alternatives, by the key that each has. */
export const databaseKinds = ['uri', 'sql', 'catalog'] as const

const database = z.union([
  z.strictObject({
    /** connection URI; any role that may log in will do */
    uri: z.string().regex(/^postgres(ql)?:\/\//, 'a URI that begins with postgresql://'),
  }),
  z.strictObject({
    /** SQL files that make the schema, in order; loaded into a PostgreSQL started for the occasion */
    sql: z.array(name).min(1, 'needs at least one file'),
    /** major version of that PostgreSQL; 18 unless given */
    version: z.literal([14, 15, 16, 17, 18]).optional(),
  }),
  z.strictObject({
    /** a file that `rolecast snapshot` wrote */
    catalog: name,
  }),
])

const texts = z.record(z.string(), name)

/** How the clients are written: `ClientOptions` of @rolecast/templates, for every role at once. */
const client = z.strictObject({
  /** `ts`: one index.ts; `js`: index.js and index.d.ts, which are faster to check. Default: js for packages */
  emit: z.enum(['ts', 'js']).optional(),
  /** `inline`: the runtime is written beside the client, which then needs no package but ky */
  runtime: z.enum(['package', 'inline']).optional(),
  /** makes each role's folder a publishable package; `{role}` in its name stands for the role */
  package: z
    .strictObject({
      name,
      version: z.string().regex(/^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/, 'is no version: 1.2.3 is one'),
      description: z.string().optional(),
      license: z.string().optional(),
      private: z.boolean().optional(),
      clientVersion: name.optional(),
    })
    .optional(),
  types: z
    .strictObject({
      /** default string: no digit is lost */
      int8: z.enum(['string', 'number', 'bigint']).optional(),
      /** default string: no digit is lost */
      numeric: z.enum(['string', 'number']).optional(),
      /** TypeScript type of json and jsonb; default unknown */
      json: name.optional(),
    })
    .optional(),
  /** TypeScript types by `schema.relation.column` or `schema.type` */
  overrides: texts.optional(),
  /** names in the client by names of the database */
  rename: z
    .strictObject({ relations: texts.optional(), relationships: texts.optional(), functions: texts.optional() })
    .optional(),
  /** also offer verbs that no policy lets any row through; default false */
  zeroRows: z.boolean().optional(),
  /** the database's comments as JSDoc; default true */
  comments: z.boolean().optional(),
})

export const configSchema = z
  .strictObject({
    database,
    /** exposed schemas; the first is the API's default */
    schemas: names,
    /** the roles to write a client for */
    roles: names,
    /** the role the server connects as; when given, every role must be one that it can become */
    authenticator: name.optional(),
    /** output folder, relative to the configuration file: one folder a role is made in it */
    out: name,
    client: client.optional(),
  })
  .superRefine(({ client, roles }, context) => {
    const message = client?.package && packageNameProblem(client.package.name, roles)
    if (message) context.addIssue({ code: 'custom', path: ['client', 'package', 'name'], message })
  })

/** What `rolecast.config.ts` exports: see `defineConfig`. */
export type ConfigInput = z.input<typeof configSchema>
export type Config = z.output<typeof configSchema>
