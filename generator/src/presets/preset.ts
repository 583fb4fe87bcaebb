import type { Platform } from '@rolecast/embedded'
import { z } from 'zod'
import type { Config } from '../config/config.js'

export const presetNames = ['supabase'] as const

/** Checks `preset` of a configuration; the name alone will do. */
export const presetSchema = z.preprocess(
  (value) => (typeof value === 'string' ? { name: value } : value),
  z.strictObject({
    name: z.enum(presetNames),
    grants: z.enum(['none', 'all']).optional(),
    seed: z.boolean().optional(),
  }),
)

export type PresetOptions = z.output<typeof presetSchema>

/** What a preset knows of a project without being told. */
export interface PresetProject {
  /** for keys that the configuration leaves out */
  readonly defaults: Omit<Config, 'include' | 'exclude' | 'targets'>
  readonly platform: Platform
  /** schemas of the platform: never a client's */
  readonly platformSchemas: readonly string[]
  /** what was taken in another way than one might think, a line each */
  readonly remarks: readonly string[]
  /** what the project says of its API's server */
  readonly server: { readonly maxRows: number | undefined; readonly port: number | undefined }
}
