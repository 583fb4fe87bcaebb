import type { Config } from './config.js'
import type { Setting } from './file-syntax.js'

/** What each source says, before values are read. Later ones are stronger. */
export interface ConfigSources {
  readonly file: readonly Setting[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly database: Readonly<Record<string, string>>
  readonly overrides: Partial<Config>
}

export interface LoadedConfig {
  readonly config: Config
  /** keys that mean nothing, and what was probably meant; for the log */
  readonly warnings: readonly string[]
}
