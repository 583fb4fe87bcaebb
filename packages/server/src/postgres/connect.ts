import pg from 'pg'
import { connectionTargets, type SessionAttributes } from './connection-string.js'
import { ConnectionFailedError } from './errors.js'

/** How to reach the database. */
export interface ConnectionSettings {
  /** a connection string as libpq takes it; it may hold a password */
  readonly dbUri: string
}

const usualTimeout = 10_000

/**
 * Opens a connection to the first server of db-uri that can be reached and is what it must be. Who is refused by one is
 * not asked of the next.
 *
 * @param wanted stronger than what db-uri says
 * @throws Error of the network or of PostgreSQL, of the last server
 */
export async function connectClient(
  { dbUri }: ConnectionSettings,
  applicationName: string,
  wanted?: SessionAttributes,
): Promise<pg.Client> {
  const { uris, attributes, timeout } = connectionTargets(dbUri)
  const attempts = (wanted ?? attributes) === 'prefer-standby' ? (['standby', 'any'] as const) : [wanted ?? attributes]
  let failure: unknown
  for (const attempt of attempts) {
    for (const connectionString of uris) {
      const client = new pg.Client({
        connectionString,
        application_name: applicationName,
        connectionTimeoutMillis: timeout === null ? usualTimeout : timeout * 1000,
      })
      client.on('error', () => {}) // reported by what runs on it
      try {
        await client.connect()
        if (await isWhatItMustBe(client, attempt)) return client
        failure = new Error(`No server of db-uri is ${attempt}.`)
      } catch (error) {
        failure = error
        if (isRefusal(error)) throw error
      }
      await client.end().catch(() => {})
    }
  }
  throw failure
}

/** The role that connections are opened as, if db-uri or the environment says it. */
export function loginRoleOf({ dbUri }: ConnectionSettings): string | undefined {
  const [connectionString] = connectionTargets(dbUri).uris
  return new pg.Client({ connectionString }).user
}

async function isWhatItMustBe(client: pg.Client, attributes: SessionAttributes): Promise<boolean> {
  if (attributes === 'any') return true
  const { rows } = await client.query<{ standby: boolean; reads: boolean }>(
    `SELECT pg_catalog.pg_is_in_recovery() AS standby, current_setting('transaction_read_only') = 'on' AS reads`,
  )
  const { standby = false, reads = false } = rows[0] ?? {}
  switch (attributes) {
    case 'read-write':
      return !reads
    case 'read-only':
      return reads
    case 'primary':
      return !standby
    default:
      return standby
  }
}

/** invalid_authorization_specification, invalid_password */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '28000' || error.code === '28P01')
}

/** @throws ConnectionFailedError, and what the work throws */
export async function withClient<T>(
  settings: ConnectionSettings,
  applicationName: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await connectClient(settings, applicationName).catch((error: unknown) => {
    throw new ConnectionFailedError(error)
  })
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
