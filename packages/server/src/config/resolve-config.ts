import { ConfigError } from '../errors/config-error.js'
import { appSettingsOf } from './app-settings.js'
import type { Config } from './config.js'
import type { ConfigSources, LoadedConfig } from './config-sources.js'
import { doubtfulValues, unknownKeys } from './doubts.js'
import type { FileValue } from './file-syntax.js'
import { databaseName, environmentName, type SettingDefinition, type SettingName, settings } from './settings.js'

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
  for (const name of Object.keys(settings) as SettingName[]) {
    const given: unknown = sources.overrides[name]
    values[name] =
      given === undefined
        ? readSetting(settings[name], sources, readFile, warnings)
        : readOverride(name, settings[name], given, readFile)
  }
  // The admin server listens where the server does, unless told otherwise.
  const { adminServerHost } = sources.overrides
  if (adminServerHost === undefined && find('admin-server-host', sources) === undefined) {
    values.adminServerHost = values.serverHost
  }
  const config = values as unknown as Config
  if (config.adminServerPort !== null && config.adminServerPort !== 0 && config.adminServerPort === config.serverPort) {
    throw new ConfigError('admin-server-port cannot be the same as server-port')
  }
  return { config, warnings: [...warnings, ...unknownKeys(sources), ...doubtfulValues(config)] }
}

function readSetting(
  definition: SettingDefinition<Config[SettingName]>,
  sources: ConfigSources,
  readFile: (name: string) => string,
  warnings: string[],
): unknown {
  const { key, aliases = [], misnomers = [], emptyable = false } = definition
  for (const name of [key, ...aliases, ...misnomers]) {
    const found = find(name, sources)
    if (found === undefined || (found.value === '' && !emptyable)) continue
    if (misnomers.includes(name)) warnings.push(`${found.where}: the key ${name} is called ${key}`)
    if (isDuration(found.value)) warnings.push(`${found.where}: ${name} is a number of seconds`)
    const value = definition.fromFile === true ? fileContent(found.value, readFile) : found.value
    const result = definition.type.safeParse(value)
    if (result.success) return result.data
    const [issue] = result.error.issues
    throw new ConfigError(`${found.where}: ${name}: ${issue?.message ?? 'unusable value'}`)
  }
  return definition.default
}

/** What a program gives: in the type that the configuration has, or as a file would have it. */
function readOverride(
  name: SettingName,
  definition: SettingDefinition<Config[SettingName]>,
  given: unknown,
  readFile: (name: string) => string,
): unknown {
  const isSimple = typeof given === 'number' || typeof given === 'boolean'
  if (given === null ? definition.default === null : isSimple && typeof given === typeof definition.default)
    return given
  const value = definition.fromFile === true && typeof given === 'string' ? fileContent(given, readFile) : given
  const result = definition.type.safeParse(value)
  if (result.success) return result.data
  throw new ConfigError(`${name}: ${result.error.issues[0]?.message ?? 'unusable value'}`)
}

function isDuration(value: FileValue): boolean {
  return typeof value === 'string' && /^\d+\s*(?:s|m|min|h|d)$/.test(value)
}

/** The database is stronger than the environment, which is stronger than the file. */
function find(key: string, { database, env, file }: ConfigSources): Found | undefined {
  const inDatabase = database[databaseName(key)]
  if (inDatabase !== undefined) return { value: inDatabase, where: `pgrst.${databaseName(key)}` }
  const variable = environmentName(key)
  const inEnvironment = env[variable]
  if (inEnvironment !== undefined) return { value: inEnvironment, where: variable }
  const setting = file.findLast((candidate) => candidate.key === key)
  return setting === undefined ? undefined : { value: setting.value, where: `line ${setting.line}` }
}

/** One line break at the end of the file does not count. */
function fileContent(value: FileValue, readFile: (name: string) => string): FileValue {
  return typeof value === 'string' && value.startsWith('@') ? readFile(value.slice(1)).replace(/\r?\n$/, '') : value
}
