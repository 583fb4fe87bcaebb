import { closestName } from '@rolecast/catalog'
import { appSettingsPrefix, appSettingsVariable } from './app-settings.js'
import type { Config } from './config.js'
import type { ConfigSources } from './config-sources.js'
import { environmentName, settings } from './settings.js'

const known: ReadonlySet<string> = new Set(
  Object.values(settings).flatMap(({ key, aliases = [], misnomers = [] }) => [key, ...aliases, ...misnomers]),
)
const variables: ReadonlySet<string> = new Set([...known].map(environmentName))
const keys: readonly string[] = Object.values(settings).map(({ key }) => key)

/** What works, but hardly as it should. */
export function doubtfulValues(config: Config): string[] {
  const { jwtRoleClaimKey, dbPoolAutomaticRecovery, serverReuseport } = config
  return [
    ...(dbPoolAutomaticRecovery
      ? []
      : ['db-pool-automatic-recovery: connections that were lost are opened again always']),
    ...(serverReuseport && !canReusePort()
      ? [`server-reuseport: Node ${process.versions.node} cannot; 22.12 and 23.1 can`]
      : []),
    ...(jwtRoleClaimKey.startsWith('.')
      ? [`jwt-role-claim-key: this form is deprecated since PostgREST 16; as a JSON Path it starts with $`]
      : []),
  ]
}

function canReusePort(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major > 23 || (major === 23 && minor >= 1) || (major === 22 && minor >= 12)
}

/** PostgREST drops what it does not know without a word; here a typing error does not go unseen. */
export function unknownKeys({ file, env, overrides }: ConfigSources): string[] {
  const given = Object.keys(overrides)
    .filter((name) => name !== 'appSettings' && !Object.hasOwn(settings, name))
    .map((name) => `there is no key ${name}${suggestion(name, Object.keys(settings))}`)
  const inFile = file
    .filter(({ key }) => !known.has(key) && !key.startsWith(appSettingsPrefix))
    .map(({ key, line }) => `line ${line}: there is no key ${key}${suggestion(key)}`)
  const inEnvironment = Object.keys(env)
    .filter((name) => name.startsWith('PGRST_') && !name.startsWith(appSettingsVariable) && !variables.has(name))
    .map((name) => {
      const key = name.slice('PGRST_'.length).toLowerCase().replaceAll('_', '-')
      return `${name}: there is no key ${key}${suggestion(key)}`
    })
  return [...given, ...inFile, ...inEnvironment]
}

function suggestion(key: string, among: readonly string[] = keys): string {
  const closest = closestName(key, among)
  return closest === undefined ? '' : `; did you mean ${closest}?`
}
