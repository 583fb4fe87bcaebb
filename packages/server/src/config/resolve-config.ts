import { ConfigError } from '../errors/config-error.js'
import { appSettingsOf } from './app-settings.js'
import type { Config } from './config.js'
import { type ConfigSources, type LoadedConfig, placeOf } from './config-sources.js'
import { configWarnings, repeatedKeys, unknownKeys } from './config-warnings.js'
import { checkContradictions } from './contradictions.js'
import type { FileValue } from './file-syntax.js'
import type { KeyDefinition } from './keys/key-definition.js'
import { databaseName, environmentName, type KeyName, keyNames, keys } from './keys.js'

/** Where a value was found: for messages, so it never has the value in it. */
interface Found {
  readonly value: FileValue
  readonly where: string
}

/** @param readFile for values of the form `@file` */
export function resolveConfig(sources: ConfigSources, readFile: (name: string) => string): LoadedConfig {
  const warnings: string[] = []
  const appSettings = sources.overrides.appSettings ?? appSettingsOf(sources.file, sources.env)
  const values: Record<string, unknown> = { appSettings }
  for (const name of keyNames) {
    const given: unknown = sources.overrides[name]
    values[name] =
      given === undefined
        ? readSetting(keys[name], sources, readFile, warnings)
        : readOverride(name, keys[name], given, readFile)
  }
  // The admin server listens where the server does, unless told otherwise.
  const { adminServerHost } = sources.overrides
  if (adminServerHost === undefined && find('admin-server-host', sources) === undefined) {
    values.adminServerHost = values.serverHost
  }
  const config = values as unknown as Config
  checkContradictions(config)
  return {
    config,
    warnings: [...warnings, ...unknownKeys(sources), ...repeatedKeys(sources), ...configWarnings(config)],
  }
}

function readSetting(
  definition: KeyDefinition,
  sources: ConfigSources,
  readFile: (name: string) => string,
  warnings: string[],
): unknown {
  const { key, aliases = [], misspellings = [], emptyable = false } = definition
  for (const name of [key, ...aliases, ...misspellings]) {
    const found = find(name, sources)
    if (found === undefined || (found.value === '' && !emptyable)) continue
    if (misspellings.includes(name)) warnings.push(`${found.where}: the key ${name} is called ${key}`)
    if (isDuration(found.value)) warnings.push(`${found.where}: PostgREST takes ${name} as a number of seconds only`)
    return checked(definition, found.value, readFile, `${found.where}: ${name}`)
  }
  return definition.default
}

/** What a program gives: in the type that the configuration has, or as a file would have it. */
function readOverride(
  name: KeyName,
  definition: KeyDefinition,
  given: unknown,
  readFile: (name: string) => string,
): unknown {
  const isSimple = typeof given === 'number' || typeof given === 'boolean'
  if (given === null ? definition.default === null : isSimple && typeof given === typeof definition.default)
    return given
  return checked(definition, given, readFile, name)
}

/** @param where names the key, for errors: they never show the value */
function checked(
  { type, fromFile = false }: KeyDefinition,
  given: unknown,
  readFile: (name: string) => string,
  where: string,
): unknown {
  try {
    const result = type.safeParse(fromFile ? fileContent(given, readFile) : given)
    if (result.success) return result.data
    throw new ConfigError(result.error.issues[0]?.message ?? 'the value cannot be used')
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(`${where}: ${error.message}`, { cause: error }) : error
  }
}

function isDuration(value: FileValue): boolean {
  return typeof value === 'string' && /^\d+\s*(?:s|m|min|h|d)$/.test(value)
}

/** The database is stronger than the environment, which is stronger than the file. */
function find(key: string, { database, env, file, fileName }: ConfigSources): Found | undefined {
  const inDatabase = database[databaseName(key)]
  if (inDatabase !== undefined) return { value: inDatabase, where: `pgrst.${databaseName(key)}` }
  const variable = environmentName(key)
  const inEnvironment = env[variable]
  if (inEnvironment !== undefined) return { value: inEnvironment, where: variable }
  const setting = file.findLast((candidate) => candidate.key === key)
  return setting === undefined ? undefined : { value: setting.value, where: placeOf(fileName, setting.line) }
}

/** One line break at the end of the file does not count. */
function fileContent(value: unknown, readFile: (name: string) => string): unknown {
  return typeof value === 'string' && value.startsWith('@') ? readFile(value.slice(1)).replace(/\r?\n$/, '') : value
}
