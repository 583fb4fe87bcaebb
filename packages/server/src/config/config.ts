import type { ConfigValues } from './keys.js'

/** Everything that can be configured: the keys of `keys.ts` in camel case, and settings for SQL. */
export interface Config extends ConfigValues {
  /** name with `app.settings.` in front, value: visible to SQL as `current_setting(name)` */
  readonly appSettings: readonly (readonly [name: string, value: string])[]
}
