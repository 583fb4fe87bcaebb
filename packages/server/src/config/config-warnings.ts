import { closestName } from '@rolecast/catalog'
import { appSettingsPrefix, appSettingsVariable } from './app-settings.js'
import type { Config } from './config.js'
import { type ConfigSources, placeOf } from './config-sources.js'
import { environmentName, keyDefinitions, keyNames } from './keys.js'

const known: ReadonlySet<string> = new Set(
  keyDefinitions.flatMap(({ key, aliases = [], misspellings = [] }) => [key, ...aliases, ...misspellings]),
)
const variables: ReadonlySet<string> = new Set([...known].map(environmentName))
const names: readonly string[] = keyDefinitions.map(({ key }) => key)

/** What works, but hardly as it should. */
export function configWarnings(config: Config): string[] {
  const { jwtRoleClaimKey, dbPoolAutomaticRecovery, serverReuseport } = config
  return [
    ...(dbPoolAutomaticRecovery
      ? []
      : ['db-pool-automatic-recovery = false has no effect: lost connections are always opened again']),
    ...(serverReuseport && !canReusePort()
      ? ['server-reuseport needs Node 22.12 or newer: the port is not shared']
      : []),
    ...(jwtRoleClaimKey.startsWith('.')
      ? ['jwt-role-claim-key: this form is deprecated since PostgREST 16; a JSON Path starts with $']
      : []),
  ]
}

function canReusePort(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major > 23 || (major === 23 && minor >= 1) || (major === 22 && minor >= 12)
}

/** PostgREST drops what it does not know without a word; here a typing error does not go unseen. */
export function unknownKeys({ file, fileName, env, overrides }: ConfigSources): string[] {
  const given = Object.keys(overrides)
    .filter((name) => name !== 'appSettings' && !(keyNames as readonly string[]).includes(name))
    .map((name) => `there is no key ${name}${suggestion(name, keyNames)}`)
  const inFile = file
    .filter(({ key }) => !known.has(key) && !key.startsWith(appSettingsPrefix))
    .map(({ key, line }) => `${placeOf(fileName, line)}: there is no key ${key}${suggestion(key)}`)
  const inEnvironment = Object.keys(env)
    .filter((name) => name.startsWith('PGRST_') && !name.startsWith(appSettingsVariable) && !variables.has(name))
    .map((name) => {
      const key = name.slice('PGRST_'.length).toLowerCase().replaceAll('_', '-')
      return `${name}: there is no key ${key}${suggestion(key)}`
    })
  return [...given, ...inFile, ...inEnvironment]
}

/** A key that a file sets twice, or under two of its names: one of the values is not used. */
export function repeatedKeys({ file, fileName }: ConfigSources): string[] {
  return keyDefinitions.flatMap(({ key, aliases = [], misspellings = [] }) => {
    const inOrder = [key, ...aliases, ...misspellings]
    const found = file.filter((setting) => inOrder.includes(setting.key))
    const name = inOrder.find((candidate) => found.some((setting) => setting.key === candidate))
    const used = found.findLast((setting) => setting.key === name)
    return found
      .filter((setting) => setting !== used)
      .map(
        (setting) =>
          `${placeOf(fileName, setting.line)}: ${setting.key} is not used: line ${used?.line} sets ${used?.key}`,
      )
  })
}

function suggestion(key: string, among: readonly string[] = names): string {
  const closest = closestName(key, among)
  return closest === undefined ? '' : `; did you mean ${closest}?`
}
