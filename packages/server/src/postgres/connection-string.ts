import { ConfigError } from '../errors/config-error.js'

/** What a server must be for a connection to be taken (libpq's `target_session_attrs`). */
export type SessionAttributes = 'any' | 'read-write' | 'read-only' | 'primary' | 'standby' | 'prefer-standby'

/** Where connections lead, as libpq's connection strings say it. */
export interface ConnectionTargets {
  /** one for each server, to be tried in this order */
  readonly uris: readonly string[]
  readonly attributes: SessionAttributes
  /** seconds; null: not said */
  readonly timeout: number | null
}

/**
 * Reads a URI, which may name several servers, or `keyword=value` pairs ("Connection Strings" in the manual of libpq).
 * @throws ConfigError, which says what is wrong and does not repeat the string: it may hold a password
 */
export function connectionTargets(text: string): ConnectionTargets {
  const isUri = /^postgres(?:ql)?:\/\//.test(text)
  const parameters = isUri ? readUri(text) : readPairs(text)
  const hosts = listOf(parameters, 'hostaddr') ?? listOf(parameters, 'host') ?? ['']
  const ports = listOf(parameters, 'port') ?? ['']
  if (ports.length !== 1 && ports.length !== hosts.length) throw unreadable('it has not as many ports as hosts')
  const attributes = parameters.get('target_session_attrs') ?? 'any'
  if (!isAttributes(attributes)) throw unreadable(`target_session_attrs is one of ${known.join(', ')}`)
  const timeout = parameters.get('connect_timeout')
  const uris = hosts.map((host, index) => uriOf(parameters, host, ports[ports.length === 1 ? 0 : index] ?? ''))
  return { uris, attributes, timeout: timeout === undefined ? null : Math.max(0, Number.parseInt(timeout, 10) || 0) }
}

const known: readonly SessionAttributes[] = ['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby']

function isAttributes(text: string): text is SessionAttributes {
  return (known as readonly string[]).includes(text)
}

type Parameters = Map<string, string>

function listOf(parameters: Parameters, name: string): string[] | null {
  const value = parameters.get(name)
  return value === undefined ? null : value.split(',').map((part) => part.trim())
}

/** What stands for several servers, and what is ours, is not the driver's. */
const taken: ReadonlySet<string> = new Set(['host', 'hostaddr', 'port', 'dbname', 'target_session_attrs'])

function uriOf(parameters: Parameters, host: string, port: string): string {
  const query = new URLSearchParams()
  if (host !== '') query.set('host', host)
  if (port !== '') query.set('port', port)
  for (const [name, value] of parameters) if (!taken.has(name)) query.set(name, value)
  // As the driver decodes it.
  const database = encodeURI(parameters.get('dbname') ?? '').replace(/[?#]/g, encodeURIComponent)
  return `postgresql:///${database}?${query}`
}

/** `postgresql://user:password@host:port,host:port/database?parameter=value` */
function readUri(text: string): Parameters {
  const [, user, password, places = '', database, query = ''] =
    /^postgres(?:ql)?:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s.exec(text) ?? fail()
  const parameters: Parameters = new Map()
  const set = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== '') parameters.set(name, decoded(value))
  }
  set('user', user)
  set('password', password)
  set('dbname', database)
  const servers = places.split(',').map((place) => /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(place) ?? fail())
  if (servers.some(([, host]) => host !== '')) {
    set('host', servers.map(([, host = '']) => host.replace(/^\[(.*)\]$/, '$1')).join(','))
  }
  if (servers.some(([, , port = '']) => port !== '')) set('port', servers.map(([, , port = '']) => port).join(','))
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const [name = '', value] = pair.split(/=(.*)/s)
    if (value === undefined) throw unreadable('a parameter has no =')
    parameters.set(decoded(name), decoded(value))
  }
  return parameters
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw unreadable('a % in it encodes nothing')
  }
}

/** `host=localhost password='it''s'`: in quotes and outside, a backslash takes the next character as it is. */
function readPairs(text: string): Parameters {
  const parameters: Parameters = new Map()
  const pattern = /\s*([A-Za-z_]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))(?=\s|$)\s*/sy
  while (pattern.lastIndex < text.length) {
    const [, name = '', quoted, bare = ''] = pattern.exec(text) ?? fail()
    parameters.set(name, (quoted ?? bare).replace(/\\(.)/gs, '$1'))
  }
  return parameters
}

function fail(): never {
  throw unreadable('it is neither a URI nor a list of keyword=value')
}

function unreadable(reason: string): ConfigError {
  return new ConfigError(reason)
}
