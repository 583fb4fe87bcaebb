import type { Config } from '../config/config.js'

/** Where clients find the API. */
export interface ServerAddress {
  readonly scheme: 'http' | 'https'
  /** with port */
  readonly host: string
  readonly basePath: string
}

const anyHost: ReadonlySet<string> = new Set(['*', '*4', '!4', '*6', '!6'])

/** What openapi-server-proxy-uri says, or where the server listens. */
export function serverAddress(
  config: Pick<Config, 'openapiServerProxyUri' | 'serverHost' | 'serverPort'>,
): ServerAddress {
  const { openapiServerProxyUri, serverHost, serverPort } = config
  if (openapiServerProxyUri === null) {
    const host = anyHost.has(serverHost) ? '0.0.0.0' : serverHost
    return { scheme: 'http', host: `${host}:${serverPort}`, basePath: '/' }
  }
  const { protocol, hostname, port, pathname } = new URL(openapiServerProxyUri)
  const scheme = protocol === 'http:' ? 'http' : 'https'
  return { scheme, host: `${hostname}:${port || (scheme === 'http' ? 80 : 443)}`, basePath: pathname || '/' }
}
