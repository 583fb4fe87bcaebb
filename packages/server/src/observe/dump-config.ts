import { connectionSettings } from '@rolecast/connect'
import { keyUrlOf, shownUrl } from '../authenticate/key-source/key-url.js'
import type { Config } from '../config/config.js'
import type { KeyDefinition } from '../config/keys/key-definition.js'
import { environmentName, keyDefinitions, keyNames, keys } from '../config/keys.js'
import { valueText } from '../config/value-text.js'

const hidden = '[redacted]'

/**
 * The configuration as a file would have it, one key a line, for people and logs: no secret is in it. Keys without a value
 * are comments.
 */
export function dumpConfig(config: Config): string {
  const lines = keyNames.map((name) => line(keys[name], shownValue(name, config)))
  const settings = config.appSettings.map(([name]) => `${name} = ${JSON.stringify(hidden)}`)
  return `${[...lines, ...settings].join('\n')}\n`
}

/** A file with every key, its default and what it means, in which nothing is set yet. */
export function exampleConfig(): string {
  const keysOf = (origin: KeyDefinition['origin']) =>
    keyDefinitions
      .filter((definition) => definition.origin === origin)
      .map(
        ({ key, default: value, description, type }) =>
          `## ${description.replaceAll('`', '')} (${(type.description ?? '').replaceAll('`', '')})\n` +
          `# ${key} = ${value === null ? '' : valueText(value)}`.trimEnd(),
      )
  const environment = `# Every key is also read from the environment: db-uri is ${environmentName('db-uri')}.`
  return [environment, '# Keys of PostgREST', ...keysOf('PostgREST'), '# Keys of Rolecast', ...keysOf('Rolecast')]
    .join('\n\n')
    .concat('\n')
}

function line({ key }: KeyDefinition, value: unknown): string {
  return value === null ? `# ${key} =` : `${key} = ${valueText(value)}`
}

function shownValue(name: (typeof keyNames)[number], config: Config): unknown {
  if (name === 'dbUri') return shownConnection(config.dbUri)
  if (name === 'jwtSecret') return shownSecret(config)
  if (name === 'jwtDeniedIds') return config.jwtDeniedIds.map(() => hidden)
  return config[name]
}

function shownConnection(uri: string): string {
  const { servers, database, user } = connectionSettings(uri)
  const places = servers.map(({ host, port }) => `${encodeURIComponent(host)}:${port}`).join(',')
  return `postgresql://${encodeURIComponent(user)}@${places}/${encodeURIComponent(database)}`
}

function shownSecret({ jwtSecret, jwtSecretIsBase64 }: Config): string | null {
  const url = jwtSecret === null ? null : keyUrlOf(jwtSecret, jwtSecretIsBase64)
  return url !== null ? shownUrl(url) : jwtSecret === null ? null : hidden
}
