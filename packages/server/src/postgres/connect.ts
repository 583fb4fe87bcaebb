import {
  ConnectionStringError,
  connectionSettings,
  lossOf,
  openClient,
  type SessionAttributes,
  watchSilence,
} from '@rolecast/connect'
import pg from 'pg'
import { ConfigError } from '../errors/config-error.js'
import { ConnectionFailedError } from './errors.js'

/** How to reach the database. */
export interface DatabaseAddress {
  /** a connection string as libpq takes it; it may hold a password */
  readonly dbUri: string
}

/**
 * Opens a connection as db-uri says.
 *
 * @param wanted stronger than what db-uri says
 * @throws ConfigError where db-uri, or a file that it names, cannot be used
 * @throws Error of the network or of PostgreSQL
 */
export async function connectClient(
  { dbUri }: DatabaseAddress,
  applicationName: string,
  wanted?: SessionAttributes,
): Promise<pg.Client> {
  try {
    return await openClient(dbUri, { applicationName, attributes: wanted })
  } catch (error) {
    throw error instanceof ConnectionStringError ? new ConfigError(`db-uri: ${error.message}`) : error
  }
}

/** The role that connections are opened as. */
export function loginRoleOf({ dbUri }: DatabaseAddress): string {
  return connectionSettings(dbUri).user
}

/** @throws ConfigError, ConnectionFailedError, and what the work throws */
export async function withClient<T>(
  address: DatabaseAddress,
  applicationName: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await connectClient(address, applicationName).catch((error: unknown) => {
    throw error instanceof ConfigError ? error : new ConnectionFailedError(error)
  })
  const endWatch = watchSilence(client)
  try {
    return await work(client)
  } catch (error) {
    const lost = lossOf(client)
    throw lost !== undefined || isEnd(error) ? new ConnectionFailedError(lost ?? error) : error
  } finally {
    endWatch()
    await client.end().catch(() => {})
  }
}

/** PostgreSQL ends the session, as when it is stopped (class 57P). */
function isEnd(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code?.startsWith('57P') === true
}
