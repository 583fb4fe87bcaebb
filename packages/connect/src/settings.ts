import { existsSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import { type Parameters, parseConnectionString } from './connection-string.js'
import { ConnectionStringError } from './errors.js'
import {
  authenticationMethods,
  checkParameters,
  environmentParameters,
  type sessionAttributes,
  sessionVariables,
} from './parameters.js'
import { serviceParameters } from './service-file.js'
import { type TlsSettings, tlsSettings } from './tls.js'

/** What a server must be for a connection to be taken (libpq's `target_session_attrs`). */
export type SessionAttributes = (typeof sessionAttributes)[number]

export interface ServerAddress {
  /** name, address or folder of a socket, as it was given: what certificates and passwords are looked up by */
  readonly host: string
  /** where to connect to: an address or the host */
  readonly address: string
  readonly port: number
}

/** How to connect, with libpq's defaults where nothing was said. */
export interface ConnectionSettings {
  /** to be tried in this order */
  readonly servers: readonly ServerAddress[]
  readonly isShuffled: boolean
  readonly user: string
  readonly database: string
  /** null: not given */
  readonly password: string | null
  readonly passwordFile: string
  readonly options: string
  /** null: not given */
  readonly applicationName: string | null
  readonly attributes: SessionAttributes
  /** for one server; 0: as long as it takes; null: not given */
  readonly timeoutMilliseconds: number | null
  /** null: no probes */
  readonly keepAliveMilliseconds: number | null
  /** how long a server may leave a statement without an answer before it is looked whether it still runs */
  readonly silenceMilliseconds: number
  readonly tls: TlsSettings
  readonly channelBinding: 'disable' | 'prefer' | 'require'
  /** ways to log in that are taken */
  readonly authentication: ReadonlySet<string>
}

/** Shorter than the system's two hours, after which no firewall knows the connection any more. */
const defaultKeepAlive = 30_000
const defaultSilence = 10_000
const defaultPort = 5432

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads a connection string, and what it leaves open from its service, then from libpq's environment variables.
 * @throws ConnectionStringError, which says what is wrong and repeats no value
 */
export function connectionSettings(text: string, env: Environment = process.env): ConnectionSettings {
  const parameters = allParameters(text, env)
  const value = (name: string) => parameters.get(name) ?? ''
  const user = value('user') || userInfo().username
  const seconds = (name: string) => (value(name) === '' ? null : Math.max(0, Number(value(name))) * 1000)
  return {
    servers: serversOf(parameters),
    isShuffled: value('load_balance_hosts') === 'random',
    user,
    database: value('dbname') || user,
    password: parameters.get('password') ?? null,
    passwordFile: value('passfile') || join(homedir(), '.pgpass'),
    options: [value('options'), ...sessionOptions(env)].filter((part) => part !== '').join(' '),
    applicationName: value('application_name') || value('fallback_application_name') || null,
    attributes: (value('target_session_attrs') || 'any') as SessionAttributes,
    timeoutMilliseconds: seconds('connect_timeout'),
    keepAliveMilliseconds:
      Number(value('keepalives') || 1) === 0 ? null : seconds('keepalives_idle') || defaultKeepAlive,
    silenceMilliseconds: Math.max(0, Number(value('tcp_user_timeout'))) || defaultSilence,
    tls: tlsSettings(parameters),
    channelBinding: (value('channel_binding') || 'prefer') as ConnectionSettings['channelBinding'],
    authentication: authenticationOf(value('require_auth')),
  }
}

function allParameters(text: string, env: Environment): Parameters {
  const given = parseConnectionString(text)
  checkParameters(given)
  const environment = environmentParameters(env)
  const service = given.get('service') ?? environment.get('service')
  const file = given.get('servicefile') ?? environment.get('servicefile') ?? null
  const ofService: Parameters = service === undefined ? new Map() : serviceParameters(service, file, env)
  checkParameters(ofService)
  return new Map([...environment, ...ofService, ...given])
}

function serversOf(parameters: Parameters): ServerAddress[] {
  const list = (name: string) =>
    parameters
      .get(name)
      ?.split(',')
      .map((part) => part.trim()) ?? null
  const addresses = list('hostaddr')
  const names = list('host')
  const ports = list('port') ?? ['']
  if (names !== null && addresses !== null && names.length !== addresses.length)
    throw new ConnectionStringError('it has not as many host addresses as hosts')
  const hosts = names ?? addresses ?? ['']
  if (ports.length !== 1 && ports.length !== hosts.length)
    throw new ConnectionStringError('it has not as many ports as hosts')
  return hosts.map((given, index) => {
    const port = portOf(ports[ports.length === 1 ? 0 : index] ?? '')
    const host = given || addresses?.[index] || defaultHost(port)
    return { host, address: addresses?.[index] || host, port }
  })
}

function portOf(text: string): number {
  const port = text === '' ? defaultPort : /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65_535) throw new ConnectionStringError('a port is a number from 1 to 65535')
  return port
}

/** As libpq: the server's socket on this machine; over TCP where there is none. */
function defaultHost(port: number): string {
  return ['/var/run/postgresql', '/tmp'].find((folder) => existsSync(`${folder}/.s.PGSQL.${port}`)) ?? 'localhost'
}

function sessionOptions(env: Environment): string[] {
  return Object.entries(sessionVariables).flatMap(([variable, setting]) => {
    const value = env[variable]
    return value === undefined || value === '' ? [] : [`-c ${setting}=${value.replace(/[\\\s]/g, '\\$&')}`]
  })
}

function authenticationOf(required: string): ReadonlySet<string> {
  const methods = required.split(',').map((method) => method.trim())
  if (required === '') return new Set(authenticationMethods)
  if (!required.includes('!')) return new Set(methods)
  return new Set(authenticationMethods.filter((method) => !methods.includes(`!${method}`)))
}
