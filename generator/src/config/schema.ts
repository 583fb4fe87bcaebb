import { z } from 'zod'
import { presetSchema } from '../presets/preset.js'

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

const day = z.iso.date('expected a day of the calendar, YYYY-MM-DD')

const suppression = z.strictObject({
  id: z.string().regex(/^[A-Z]\d\d$/, 'expected the id of a finding, such as G01'),
  object: name.optional(),
  role: name.optional(),
  reason: z.string().regex(/\S/, 'is empty: say why'),
  until: day,
})

/** Checks what a configuration file exports, but for the options of targets: each target checks its own. */
export const configSchema = z.strictObject({
  preset: presetSchema.optional(),
  database,
  schemas: names,
  extraSearchPath: z.array(name).optional(),
  roles: names,
  authenticator: name.optional(),
  out: name,
  facts: z.record(name, z.strictObject({ claims: z.record(name, z.unknown()) })).optional(),
  targets: names.optional(),
  include: names.optional(),
  exclude: names.optional(),
  leastPrivilege: z.strictObject({ allow: z.array(name) }).optional(),
  audit: z.strictObject({ suppressions: z.array(suppression).optional() }).optional(),
})
