import type { Connection } from './connect.js'
import type { ConnectOptions, TokenSource } from './options.js'

export interface TestClientOptions {
  /**
   * What answers: `createServer(…)` of `@rolecast/server` on an embedded PostgreSQL, or one of its test transactions (see
   * `inTestTransaction`). No socket is opened.
   */
  readonly server: { fetch(request: Request): Promise<Response> }
  readonly token?: TokenSource | null
  /**
   * Every call in a transaction that is rolled back, so that a test leaves nothing behind (the server must have
   * `db-tx-end` at `commit-allow-override`). A call then does not see what the one before it wrote.
   */
  readonly rollback?: boolean
}

/** A generated client bound to a server in this process: real grants and row-level security in a unit test. */
export function testClient<Db extends Pick<Connection, 'with'>>(
  createClient: (options: ConnectOptions) => Db,
  { server, token = null, rollback = false }: TestClientOptions,
): Db {
  return createClient({
    url: 'http://rolecast.test',
    token,
    retry: 0,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      if (rollback) request.headers.append('Prefer', 'tx=rollback')
      const { method } = request
      const response = await server.fetch(request)
      if (rollback && method !== 'GET' && method !== 'HEAD' && response.ok && !isRolledBack(response)) {
        throw new Error('The server did not roll back: its db-tx-end must be commit-allow-override')
      }
      return response
    },
  })
}

function isRolledBack({ headers }: Response): boolean {
  return /\btx=rollback\b/.test(headers.get('Preference-Applied') ?? '')
}

/**
 * A test whose calls are parts of one transaction, which is rolled back when it ends or fails: they see each other's
 * writes, whatever roles their clients are of, and nothing of them is left. A call that fails undoes its own work only.
 * For all of that time `now()` is the same, and sequences do not go back.
 *
 * @param server of `@rolecast/server`
 * @example
 * test('an order', () =>
 *   inTestTransaction(server, async (transaction) => {
 *     const visitor = testClient(createVisitor, { server: transaction })
 *     const clerk = testClient(createClerk, { server: transaction, token: () => testToken(secret, { role: 'clerk' }) })
 *   }))
 */
export async function inTestTransaction<T extends { rollback(): Promise<void> }, R>(
  server: { testTransaction(): Promise<T> },
  work: (transaction: T) => Promise<R>,
): Promise<R> {
  const transaction = await server.testTransaction()
  try {
    return await work(transaction)
  } finally {
    await transaction.rollback()
  }
}

/** A token that a server with this secret takes (HS256, RFC 7515): for tests only. Lasts an hour unless `exp` is given. */
export async function testToken(secret: string, claims: Readonly<Record<string, unknown>>): Promise<string> {
  const text = (value: object) => base64url(new TextEncoder().encode(JSON.stringify(value)))
  const exp = Math.floor(Date.now() / 1000) + 3600
  const signed = `${text({ alg: 'HS256', typ: 'JWT' })}.${text({ exp, ...claims })}`
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['sign'])
  const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(signed))
  return `${signed}.${base64url(new Uint8Array(signature))}`
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}
