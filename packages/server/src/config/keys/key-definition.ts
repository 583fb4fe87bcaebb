import type { z } from 'zod'

/** One key of the configuration: what is read, told and documented of it comes from here. */
export interface KeyDefinition {
  /** as a file has it: `db-max-rows` */
  readonly key: string
  /** what values look like; its description names the kind for the manual */
  readonly type: z.ZodType
  /** null: nothing */
  readonly default: unknown
  /** whether PostgREST has it ("Configuration" in its manual), or only this server */
  readonly origin: 'PostgREST' | 'Rolecast'
  /** whether a reload changes it */
  readonly reloadable: boolean
  /** whether the database may set it, as `pgrst.` and the key with underscores */
  readonly inDatabase: boolean
  /** other names, in order of preference */
  readonly aliases?: readonly string[]
  /** names from elsewhere that people write: they work, with a warning */
  readonly misspellings?: readonly string[]
  /** empty text is a value, and not the same as nothing */
  readonly emptyable?: boolean
  /** `@file` stands for what the file holds */
  readonly fromFile?: boolean
  /** for the manual, in Markdown */
  readonly description: string
}

function scopesOf<const Origin extends KeyDefinition['origin']>(origin: Origin) {
  return {
    atStart: { origin, reloadable: false, inDatabase: false },
    atStartOrInDatabase: { origin, reloadable: false, inDatabase: true },
    reloadable: { origin, reloadable: true, inDatabase: false },
    everywhere: { origin, reloadable: true, inDatabase: true },
  } as const
}

/** Keys of PostgREST; whether they are reloadable and read from the database follows it. */
export const postgrest = scopesOf('PostgREST')
export const rolecast = scopesOf('Rolecast')
