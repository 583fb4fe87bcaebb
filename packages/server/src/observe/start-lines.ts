import { connectionSettings } from '@rolecast/connect'
import type { Config } from '../config/config.js'

/** What runs now, in a few lines: for the log at start. No value in it is secret. */
export function startLines(config: Config, version: string, postgresVersion: string, roles: number): string[] {
  const { servers, database, user } = connectionSettings(config.dbUri)
  const places = servers.map(({ host, port }) => `${host}:${port}`).join(', ')
  const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MiB`
  return [
    `Rolecast ${version} on Node ${process.versions.node}, PostgreSQL ${postgresVersion}`,
    `database "${database}" at ${places} as ${user}; schemas ${config.dbSchemas.join(', ')}; ` +
      `anonymous role ${config.dbAnonRole ?? 'none'}; ${roles} roles to switch to`,
    `pool of ${config.dbPool} connections; notifications ${config.dbChannelEnabled ? `on "${config.dbChannel}"` : 'off'}`,
    `limits: ${megabytes(config.serverMaxBodySize)} a body, ${megabytes(config.serverMaxBodyMemory)} all bodies, ` +
      `${config.serverMaxConnections} connections, ${config.dbMaxRows ?? 'any number of'} rows`,
  ]
}
