import { ConnectionStringError } from './errors.js'

/** Parameters by libpq's names, as they are written. */
export type Parameters = ReadonlyMap<string, string>

/**
 * Reads a URI, which may name several servers, or `keyword=value` pairs ("Connection Strings" in the manual of libpq).
 * @throws ConnectionStringError
 */
export function parseConnectionString(text: string): Parameters {
  return /^postgres(?:ql)?:\/\//.test(text) ? readUri(text) : readPairs(text)
}

/** `postgresql://user:password@host:port,host:port/database?parameter=value` */
function readUri(text: string): Parameters {
  const [, user, password, places = '', database, query = ''] =
    /^postgres(?:ql)?:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s.exec(text) ?? fail()
  const parameters = new Map<string, string>()
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
    if (value === undefined) throw new ConnectionStringError('a parameter has no =')
    // As JDBC writes it; libpq takes it in URIs.
    if (name === 'ssl' && value === 'true') parameters.set('sslmode', 'require')
    else parameters.set(decoded(name), decoded(value))
  }
  return parameters
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new ConnectionStringError('a % in it encodes nothing')
  }
}

/** `host=localhost password='it''s'`: in quotes and outside, a backslash takes the next character as it is. */
function readPairs(text: string): Parameters {
  const parameters = new Map<string, string>()
  const pattern = /\s*([A-Za-z_]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))(?=\s|$)\s*/sy
  while (pattern.lastIndex < text.length) {
    const [, name = '', quoted, bare = ''] = pattern.exec(text) ?? fail()
    parameters.set(name, (quoted ?? bare).replace(/\\(.)/gs, '$1'))
  }
  return parameters
}

function fail(): never {
  throw new ConnectionStringError('it is neither a URI (postgresql://…) nor a list of keyword=value')
}
