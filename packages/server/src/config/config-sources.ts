import type { Config } from './config.js'
import type { Setting } from './file-syntax.js'

/** What each source says, before values are read. Later ones are stronger. */
export interface ConfigSources {
  readonly file: readonly Setting[]
  /** undefined: there is none */
  readonly fileName: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  readonly database: Readonly<Record<string, string>>
  readonly overrides: Partial<Config>
}

export interface LoadedConfig {
  readonly config: Config
  /** keys that mean nothing, and what was probably meant; for the log */
  readonly warnings: readonly string[]
}

/** A place in the configuration file, for messages. */
export function placeOf(fileName: string | undefined, line: number): string {
  return fileName === undefined ? `line ${line}` : `${fileName}, line ${line}`
}
