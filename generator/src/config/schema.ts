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
    uri: z.string().regex(/^postgres(ql)?:\/\//, 'expected a URI that begins with postgresql://'),
  }),
  z.strictObject({
    sql: z.array(name).min(1, 'needs at least one file'),
    version: z.literal([14, 15, 16, 17, 18]).optional(),
  }),
  z.strictObject({
    catalog: name,
  }),
])

const texts = z.record(z.string(), name)

const client = z.strictObject({
  emit: z.enum(['ts', 'js']).optional(),
  runtime: z.enum(['package', 'inline']).optional(),
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
      int8: z.enum(['string', 'number', 'bigint']).optional(),
      numeric: z.enum(['string', 'number']).optional(),
      json: name.optional(),
    })
    .optional(),
  overrides: texts.optional(),
  rename: z
    .strictObject({
      relations: texts.optional(),
      columns: texts.optional(),
      relationships: texts.optional(),
      functions: texts.optional(),
    })
    .optional(),
  zeroRows: z.boolean().optional(),
  comments: z.boolean().optional(),
})

/** Checks what a configuration file exports. */
export const configSchema = z
  .strictObject({
    database,
    schemas: names,
    roles: names,
    authenticator: name.optional(),
    out: name,
    client: client.optional(),
  })
  .superRefine(({ client, roles }, context) => {
    const message = client?.package && packageNameProblem(client.package.name, roles)
    if (message) context.addIssue({ code: 'custom', path: ['client', 'package', 'name'], message })
  })
