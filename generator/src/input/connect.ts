import pg from 'pg'
import { UnreachableError } from '../errors.js'

/** Milliseconds to wait for a connection. */
const connectTimeout = 15_000

/**
 * Runs `work` on a connection of its own.
 *
 * @throws UnreachableError when the server cannot be reached or refuses the login
 */
export async function withClient<T>(uri: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = clientOf(uri)
  try {
    await connect(client)
  } catch (error) {
    client.end().catch(() => {}) // what is left of it
    throw new UnreachableError(`Cannot use the database ${describe(client)}: ${reasonOf(error)}`, { cause: error })
  }
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Some failures of the login are events only. */
function connect(client: pg.Client): Promise<void> {
  return new Promise((resolve, reject) => {
    client.on('error', reject) // afterwards without effect: a lost connection also rejects the query under way
    client.connect().then(() => resolve(), reject)
  })
}

function clientOf(uri: string): pg.Client {
  try {
    return new pg.Client({
      connectionString: uri,
      connectionTimeoutMillis: connectTimeout,
      application_name: 'rolecast',
    })
  } catch {
    // The URI may hold a password, so the parser's message, which quotes it, is not passed on.
    throw new UnreachableError(
      'The database URI cannot be understood; it should read postgresql://user@host:port/database.',
    )
  }
}

function describe(client: pg.Client): string {
  const { database, host, port, user } = client
  return `"${database ?? 'by default'}" at ${host}:${port}${user === undefined ? '' : ` as ${user}`}`
}

/** SQLSTATEs and system errors that have an advice of their own. */
const advice: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Is PostgreSQL running, and on that port?',
  ENOTFOUND: 'there is no host of that name.',
  EAI_AGAIN: 'the name of the host cannot be looked up now.',
  ENOENT: 'there is no such socket. Is PostgreSQL running?',
  ETIMEDOUT: 'no answer. Is the host right, and its firewall open?',
  '28P01': 'the password is wrong.',
  '28000': 'the server does not let this user in from here (pg_hba.conf).',
  '3D000': 'there is no database of that name.',
  '53300': 'it has no connection left to give.',
  '57P03': 'it is starting up or shutting down; try again.',
}

function reasonOf(error: unknown): string {
  const { code, message, errors } = error as { code?: string; message?: string; errors?: { code?: string }[] }
  const known = advice[code ?? errors?.[0]?.code ?? '']
  if (known !== undefined) return known
  if (/password must be a string/.test(message ?? '')) return 'the server asks for a password and the URI has none.'
  return message || String(error)
}
