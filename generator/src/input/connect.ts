import { UnsupportedVersionError } from '@rolecast/catalog'
import { ConnectionStringError, connectionSettings, lossOf, openClient, watchSilence } from '@rolecast/connect'
import pg from 'pg'
import { UnreachableError, UsageError } from '../errors.js'
import { reasonOf } from './reason.js'

/**
 * Runs `work` on a connection of its own.
 *
 * @throws UsageError for a connection string that cannot be followed
 * @throws UnreachableError when the server cannot be reached, is too old, or refuses the login or what `work` asks
 */
export async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const place = describe(connectionString)
  const client = await openClient(connectionString, { applicationName: 'rolecast' }).catch((error: unknown) => {
    if (error instanceof ConnectionStringError) throw unusable(error)
    throw new UnreachableError(`Cannot use the database ${place}: ${reasonOf(error)}`, { cause: error })
  })
  const endWatch = watchSilence(client)
  try {
    return await work(client)
  } catch (error) {
    const lost = lossOf(client)
    if (lost === undefined && !isRefusal(error)) throw error
    const reason = reasonOf(isRefusal(error) ? error : lost)
    throw new UnreachableError(`Cannot read the database ${place}: ${reason}`, { cause: error })
  } finally {
    endWatch()
    await client.end().catch(() => {})
  }
}

/** Neither the string nor its parts are repeated, but for what names the place: it may hold a password. */
function describe(connectionString: string): string {
  try {
    const { database, servers, user } = connectionSettings(connectionString)
    const places = servers.map(({ host, port }) =>
      host.startsWith('/') ? `${host}/.s.PGSQL.${port}` : `${host}:${port}`,
    )
    return `"${database}" at ${places.join(' or ')} as ${user}`
  } catch (error) {
    throw error instanceof ConnectionStringError ? unusable(error) : error
  }
}

function unusable({ message }: ConnectionStringError): UsageError {
  return new UsageError(
    `The connection string of the database cannot be used: ${message}. It should read ` +
      'postgresql://user:password@host:port/database, with what is special in a name or password as %XX ' +
      '(encodeURIComponent does it).',
  )
}

/** Its version, or PostgreSQL's classes: connection, transaction, privileges of catalogs, resources, state, operator, system, internal. */
function isRefusal(error: unknown): boolean {
  if (error instanceof UnsupportedVersionError) return true
  return error instanceof pg.DatabaseError && /^(08|25|40|42501|53|55|57|58|XX)/.test(error.code ?? '')
}
