import type { z } from 'zod'
import { databaseKeys } from './keys/database-keys.js'
import type { KeyDefinition } from './keys/key-definition.js'
import { limitKeys } from './keys/limit-keys.js'
import { serverKeys } from './keys/server-keys.js'
import { tokenKeys } from './keys/token-keys.js'

/**
 * Every key of the configuration, by its name in programs. A row here is enough for a key to be read from a file, the
 * environment, the database and programs, checked, reloaded or kept, and documented (`docs/server.md`).
 */
export const keys = { ...serverKeys, ...limitKeys, ...databaseKeys, ...tokenKeys }

export type KeyName = keyof typeof keys

/** The values of all keys: null where a key without a default is not set. */
export type ConfigValues = {
  readonly [Name in KeyName]: ValueOf<(typeof keys)[Name]>
}

type ValueOf<Key extends { readonly type: z.ZodType; readonly default: unknown }> =
  | z.output<Key['type']>
  | (Key['default'] extends null ? null : never)

export const keyNames = Object.keys(keys) as readonly KeyName[]

export const keyDefinitions: readonly KeyDefinition[] = Object.values(keys)

/** `db-max-rows` in the environment: `PGRST_DB_MAX_ROWS`. */
export function environmentName(key: string): string {
  return `PGRST_${key.replaceAll('-', '_').toUpperCase()}`
}

/** `db-max-rows` in the database: `db_max_rows`, behind `pgrst.`. */
export function databaseName(key: string): string {
  return key.replaceAll('-', '_')
}
