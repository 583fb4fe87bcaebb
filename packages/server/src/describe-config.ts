import { readFileSync } from 'node:fs'
import { describeKeys, type KeysDescription } from './authenticate/describe-keys.js'
import type { Config } from './config/config.js'
import { parseConfigFile } from './config/file-syntax.js'
import { loadConfig } from './config/load-config.js'
import { type StrangeKey, strangeKeys } from './config/strange-keys.js'

/** A configuration that was read to be judged, not to be served with. */
export interface DescribedConfig {
  /** the values that a server would use, but for what the database says; `jwtSecret` and `dbUri` may hold secrets */
  readonly config: Config
  /** keys of the file that PostgREST drops */
  readonly strangeKeys: readonly StrangeKey[]
  /** null: there is no jwt-secret */
  readonly keys: KeysDescription | null
}

/**
 * Reads a configuration file and the environment as the server does. The database is not asked.
 * @throws ConfigError for a file that cannot be read, or a value that no server would take
 */
export function describeConfig(file: string, env: Readonly<Record<string, string | undefined>>): DescribedConfig {
  const { config } = loadConfig({ file, env })
  const { jwtSecret, jwtSecretIsBase64 } = config
  return {
    config,
    strangeKeys: strangeKeys(parseConfigFile(readFileSync(file, 'utf8'), env)),
    keys: jwtSecret === null ? null : describeKeys(jwtSecret, jwtSecretIsBase64),
  }
}
