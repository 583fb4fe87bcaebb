import type { Config } from '../config/config.js'
import type { HttpSettings } from './answer.js'
import type { HttpLimits } from './listen.js'

/** What the sockets go by, as it is configured now. */
export function httpSettings(config: Config): HttpSettings {
  return {
    maximumBody: config.serverMaxBodySize,
    maximumBodies: config.serverMaxBodyMemory,
    minimumRate: config.serverMinBodyRate,
    responseTimeoutMilliseconds: config.serverRequestTimeout * 1000,
    verbosity: config.clientErrorVerbosity,
    proxies: config.logFormat === 'json' || limitsAddresses(config) ? config.serverTrustedProxies : null,
  }
}

function limitsAddresses({ serverRateLimit }: Config): boolean {
  return serverRateLimit.length > 0 && serverRateLimit.some(({ by }) => by === 'address')
}

/** What the sockets go by from the start. */
export function httpLimits(config: Config): HttpLimits {
  return {
    maximumUrl: config.serverMaxUrlLength,
    maximumConnections: config.serverMaxConnections,
    headersTimeoutMilliseconds: config.serverHeadersTimeout * 1000,
    requestTimeoutMilliseconds: config.serverRequestTimeout * 1000,
    bodyPeriodMilliseconds: config.serverBodyRatePeriod * 1000,
  }
}
