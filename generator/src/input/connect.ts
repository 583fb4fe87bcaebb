import { UnsupportedVersionError } from '@rolecast/catalog'
import pg from 'pg'
import { UnreachableError, UsageError } from '../errors.js'
import { reasonOf } from './reason.js'

/** Milliseconds to wait for a connection. */
const connectTimeout = 15_000

/**
 * Runs `work` on a connection of its own.
 *
 * @throws UsageError for a URI that cannot be followed
 * @throws UnreachableError when the server cannot be reached, is too old, or refuses the login or what `work` asks
 */
export async function withClient<T>(uri: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = clientOf(uri)
  let lost: Error | undefined
  client.on('error', (error) => {
    lost ??= error // also rejects the query under way
  })
  try {
    await connect(client)
  } catch (error) {
    client.end().catch(() => {}) // what is left of it
    throw new UnreachableError(`Cannot use the database ${describe(client)}: ${reasonOf(error)}`, { cause: error })
  }
  try {
    return await work(client)
  } catch (error) {
    if (lost === undefined && !isRefusal(error)) throw error
    const reason = reasonOf(isRefusal(error) ? error : lost)
    throw new UnreachableError(`Cannot read the database ${describe(client)}: ${reason}`, { cause: error })
  } finally {
    await client.end().catch(() => {})
  }
}

/** Some failures of the login are events only. */
function connect(client: pg.Client): Promise<void> {
  return new Promise((resolve, reject) => {
    client.once('error', reject)
    client.connect().then(() => resolve(), reject)
  })
}

function clientOf(uri: string): pg.Client {
  // The URI may hold a password, so nothing of it is said, nor the parser's message, which quotes it.
  if (!/^postgres(ql)?:\/\//.test(uri))
    throw new UsageError('The database is named by a URI: postgresql://user:password@host:port/database.')
  try {
    return new pg.Client({
      connectionString: withVerifiedTls(uri),
      connectionTimeoutMillis: connectTimeout,
      application_name: 'rolecast',
    })
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException
    if (path !== undefined) throw new UsageError(`The database URI names ${path}, which cannot be read (${code}).`)
    throw new UsageError(
      'The database URI cannot be understood; it should read postgresql://user:password@host:port/database, ' +
        'with what is special in a name or password as %XX (encodeURIComponent does it).',
    )
  }
}

/** What the driver does for these modes already, while it warns that a later version will check less. */
function withVerifiedTls(uri: string): string {
  if (/[?&]uselibpqcompat=/.test(uri)) return uri
  return uri.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/, '$1verify-full')
}

function describe({ database, host, port, user }: pg.Client): string {
  const place = host.startsWith('/') ? `${host}/.s.PGSQL.${port}` : `${host}:${port}`
  return `"${database ?? 'by default'}" at ${place}${user === undefined ? '' : ` as ${user}`}`
}

/** Its version, or PostgreSQL's classes: connection, transaction, privileges of catalogs, resources, state, operator, system, internal. */
function isRefusal(error: unknown): boolean {
  if (error instanceof UnsupportedVersionError) return true
  return error instanceof pg.DatabaseError && /^(08|25|40|42501|53|55|57|58|XX)/.test(error.code ?? '')
}
