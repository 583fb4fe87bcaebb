import type { Config } from './config/config.js'
import type { Log } from './observe/log.js'
import { connectClient } from './postgres/connect.js'
import { Pool } from './postgres/pool.js'

const unprepared =
  'Prepared statements do not stay where they were prepared, as behind a pooler of transactions: none is kept from now on. db-prepared-statements=false says so from the start.'

/** The pool of connections as configured. */
export function openPool(config: Config, log: Log): Pool {
  return new Pool(() => connectClient(config, 'rolecast'), {
    size: config.dbPool,
    acquisitionTimeoutMilliseconds: config.dbPoolAcquisitionTimeout * 1000,
    maximumIdleMilliseconds: config.dbPoolMaxIdletime * 1000,
    maximumLifetimeMilliseconds: config.dbPoolMaxLifetime * 1000,
    maximumWaiting: config.dbPool * 1000,
    prepare: config.dbPreparedStatements,
    maximumPrepared: 500,
    onUnprepared: () => log.say('warn', unprepared),
  })
}
