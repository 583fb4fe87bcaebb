import { readFileSync } from 'node:fs'
import { ConfigError } from '../errors/config-error.js'
import type { Config } from './config.js'
import type { ConfigSources, LoadedConfig } from './config-sources.js'
import { parseConfigFile } from './file-syntax.js'
import { resolveConfig } from './resolve-config.js'

export interface LoadOptions {
  /** a file in the format of postgrest.conf */
  readonly file?: string | undefined
  /** where `PGRST_*` variables are, and `$(NAME)` of the file */
  readonly env: Readonly<Record<string, string | undefined>>
  /** what the database says, as `readDatabaseSettings` gives it: stronger than file and environment */
  readonly database?: Readonly<Record<string, string>>
  /** values given by the program: stronger than everything */
  readonly overrides?: Partial<Config>
}

/**
 * The configuration from its file, the environment and the database.
 * @throws ConfigError, naming the key and what was expected of it
 */
export function loadConfig({ file, env, database = {}, overrides = {} }: LoadOptions): LoadedConfig {
  const sources: ConfigSources = { file: readSettings(file, env), fileName: file, env, database, overrides }
  return resolveConfig(sources, readText)
}

function readSettings(file: string | undefined, env: LoadOptions['env']): ConfigSources['file'] {
  if (file === undefined) return []
  const text = readText(file)
  try {
    return parseConfigFile(text, env)
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(`${file}, ${error.message}`) : error
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : 'unknown error'
    throw new ConfigError(`the file ${file} cannot be read (${reason})`)
  }
}
