import { setTimeout as delay } from 'node:timers/promises'
import { type DatabaseAddress, withClient } from '../postgres/connect.js'
import { AcquisitionTimeoutError } from '../postgres/errors.js'
import type { Pool } from '../postgres/pool.js'
import { reasonOf } from './reason.js'

/** Milliseconds that the database has to answer whether the server is ready. */
const readyPatience = 3_000

/**
 * Why the database cannot be asked; null where it can. Where all connections of the pool are busy, one of its own tells
 * whether the database is there.
 */
export function databaseProblem(pool: Pool, address: DatabaseAddress): Promise<string | null> {
  const asked = pool.isExhausted
    ? withClient(address, 'rolecast readiness', async (client) => void (await client.query('SELECT 1')))
    : pool.withConnection((connection) => connection.run([{ text: 'SELECT 1', values: [] }]), null).then(() => {})
  const silent = delay(readyPatience, 'The database does not answer.', { ref: false })
  return Promise.race([
    silent,
    asked.then(
      () => null,
      (error: unknown) => {
        const isThere = error instanceof AcquisitionTimeoutError || hasNoRoom(error)
        return isThere ? null : `The database cannot be reached: ${reasonOf(error)}`
      },
    ),
  ])
}

/** too_many_connections: it is there, but has no connection left to ask by. */
function hasNoRoom(error: unknown): boolean {
  return (error as { cause?: { code?: string } }).cause?.code === '53300'
}
