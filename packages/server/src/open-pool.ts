import { connectionSettings } from '@rolecast/connect'
import type { Config } from './config/config.js'
import type { Log } from './observe/log.js'
import { reasonOf } from './observe/reason.js'
import type { StreamBounds } from './postgres/body-stream.js'
import { connectClient } from './postgres/connect.js'
import { Pool } from './postgres/pool.js'
import { StreamMemory } from './postgres/stream-memory.js'

const unprepared =
  'Prepared statements do not stay in their session (a pooler in transaction mode?), so none are kept from now on. Set db-prepared-statements = false.'

/** How many connections answers that go out row by row may hold. */
export function mostExports({ dbPool, dbPoolExports }: Config): number {
  return dbPoolExports ?? Math.max(1, Math.floor(dbPool / 2))
}

/** How long, and with how much memory, bodies of responses may be on their way. */
export function streamBounds(current: () => Config): StreamBounds {
  return {
    get holdMilliseconds() {
      return current().serverResponseHold * 1000
    },
    memory: new StreamMemory(() => current().serverMaxResponseMemory),
  }
}

/** @param current the configuration of now: of what the pool does, only `db-prepared-statements` changes while it is open */
export function openPool(current: () => Config, log: Log): Pool {
  const config = current()
  return new Pool(() => connectClient(config, 'rolecast'), {
    size: config.dbPool,
    acquisitionTimeoutMilliseconds: config.dbPoolAcquisitionTimeout * 1000,
    maximumIdleMilliseconds: config.dbPoolMaxIdletime * 1000,
    maximumLifetimeMilliseconds: config.dbPoolMaxLifetime * 1000,
    silenceMilliseconds: connectionSettings(config.dbUri).silenceMilliseconds,
    maximumWaiting: config.dbPool * 1000,
    prepare: () => current().dbPreparedStatements,
    maximumPrepared: 500,
    onReachable: (error) =>
      log.notice(
        error === null
          ? 'The database can be reached again.'
          : `The database cannot be reached: ${reasonOf(error)}. Requests are answered 503 until it can.`,
      ),
    onUnprepared: () => log.notice(unprepared),
  })
}
