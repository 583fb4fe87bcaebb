import { createHmac, randomBytes } from 'node:crypto'
import { ConfigError, ConnectionFailedError, createServer, type ServerOptions } from '@rolecast/server'
import { UnreachableError, UsageError } from '../errors.js'

/** One request of the API, as `GET /orders?select=id` tells it. */
export interface ApiRequest {
  readonly method: string
  /** path and query, beginning with a slash */
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | null
}

export interface ApiAnswer {
  readonly status: number
  /** SQLSTATE or PGRST code of an error */
  readonly code: string | null
  /** the error's message */
  readonly message: string | null
  /** how many rows came or were written; null where that cannot be told */
  readonly rows: number | null
  readonly body: string
}

/** Answers requests as one role, each in a transaction of its own that is rolled back. */
export interface Asker extends AsyncDisposable {
  /**
   * @param statements run as the login role before, in the same transaction
   * @throws Error with PostgreSQL's message and SQLSTATE as `code` when one of these fails
   */
  ask(request: ApiRequest, statements?: readonly string[]): Promise<ApiAnswer>
}

export interface AskerOptions {
  readonly uri: string
  /** the exposed schemas */
  readonly schemas: readonly string[]
  readonly role: string
  /** beside `role` */
  readonly claims: Readonly<Record<string, unknown>>
  /** the server's other keys */
  readonly server?: ServerOptions
}

/**
 * Opens a server of its own on one database, without a socket.
 *
 * @throws UnreachableError, UsageError
 */
export async function openAsker({ uri, schemas, role, claims, server: keys }: AskerOptions): Promise<Asker> {
  const secret = randomBytes(48).toString('base64url')
  const authorization = `Bearer ${token({ ...claims, role }, secret)}`
  const server = await createServer({
    ...keys,
    dbUri: impatient(uri),
    dbSchemas: [...schemas],
    dbAnonRole: null,
    dbConfig: false,
    dbChannelEnabled: false,
    dbPool: 2, // one holds the transaction, one looks names up for hints
    jwtSecret: secret,
    jwtSecretIsBase64: false,
    jwtAud: null,
    jwtRoleClaimKey: '$.role',
    log: () => {},
  }).catch(rethrow)
  return {
    ask: async ({ method, target, headers, body }, statements = []) => {
      await using transaction = await server.testTransaction()
      for (const sql of statements) await transaction.query(sql)
      const request = new Request(`http://rolecast.invalid${target}`, {
        method,
        headers: [...headers.map(([name, value]): [string, string] => [name, value]), ['Authorization', authorization]],
        ...(body !== null && { body }),
      })
      return answerOf(await transaction.fetch(request))
    },
    [Symbol.asyncDispose]: () => server.close(),
  }
}

/** Trials lock tables: they must not wait behind others for long, who would wait behind them. */
function impatient(uri: string): string {
  const separator = uri.includes('?') ? '&' : '?'
  return /[?&]options=/.test(uri) ? uri : `${uri}${separator}options=${encodeURIComponent('-c lock_timeout=3s')}`
}

function rethrow(error: unknown): never {
  if (error instanceof ConfigError)
    throw new UsageError(`The server's configuration: ${error.message}`, { cause: error })
  if (error instanceof ConnectionFailedError) throw new UnreachableError(error.message, { cause: error })
  throw error
}

async function answerOf(response: Response): Promise<ApiAnswer> {
  const body = await response.text()
  const value = parsed(body)
  const isError = response.status >= 400
  const error = isError && typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  return {
    status: response.status,
    code: typeof error.code === 'string' ? error.code : null,
    message: typeof error.message === 'string' ? error.message : null,
    rows: isError ? null : rowsOf(response.headers.get('content-range'), value),
    body,
  }
}

/** `0-4/5`: five; an asterisk instead: none. Writes without a body tell by their count alone. */
function rowsOf(range: string | null, value: unknown): number | null {
  const [, first, last] = /^(\d+)-(\d+)\//.exec(range ?? '') ?? []
  if (first !== undefined && last !== undefined) return Number(last) - Number(first) + 1
  if (Array.isArray(value)) return value.length
  const [, total] = /^\*\/(\d+)$/.exec(range ?? '') ?? []
  return total === undefined ? null : Number(total)
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null // not every answer is JSON: CSV, text, nothing at all
  }
}

/** Of HS256, known to this process alone. */
function token(claims: object, secret: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
