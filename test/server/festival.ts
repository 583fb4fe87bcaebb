import { fileURLToPath } from 'node:url'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { createServer, type Server, type ServerOptions } from '@rolecast/server'
import { SignJWT } from 'jose'
import pg from 'pg'

export const secret = 'the festival has a secret of more than thirty-two bytes'

export interface Festival {
  readonly postgres: EmbeddedPostgres
  readonly server: Server
  /** options of the server, for others like it */
  readonly options: ServerOptions
  ask(request: string, options?: AskOptions): Promise<Answer>
  close(): Promise<void>
}

export interface AskOptions {
  readonly headers?: Record<string, string>
  readonly body?: unknown
  /** a role to have a token of */
  readonly as?: string
}

export interface Answer {
  readonly status: number
  /** what stands behind the status */
  readonly statusText: string
  readonly headers: Headers
  readonly text: string
  /** the body, parsed; undefined where it is no JSON */
  readonly json: unknown
}

export interface FestivalOptions extends ServerOptions {
  /** SQL that adds what the file's tests need */
  readonly prepare?: string
}

/** A festival of its own for a file of tests, and a server that answers without a socket. */
export async function openFestival({ prepare = '', ...options }: FestivalOptions = {}): Promise<Festival> {
  const sql = [fileURLToPath(new URL('./festival.sql', import.meta.url))]
  const postgres = await startPostgres({ authentication: 'trust', sql })
  if (prepare !== '') await runSql(postgres, prepare)
  const all: ServerOptions = {
    dbUri: postgres.uriOf({ user: 'authenticator' }),
    dbSchemas: ['fest', 'archive'],
    dbAnonRole: 'visitor',
    dbExtraSearchPath: [],
    jwtSecret: secret,
    dbTxEnd: 'commit-allow-override',
    dbConfig: false,
    dbChannelEnabled: false,
    log: () => {},
    ...options,
  }
  const server = await createServer(all)
  const close = async () => {
    await server.close()
    await postgres.stop()
  }
  return { postgres, server, options: all, ask: (request, how) => askServer(server, request, how), close }
}

/** Asks `METHOD /path`, or `/path` with GET. */
export async function askServer(server: Server, request: string, options: AskOptions = {}): Promise<Answer> {
  const [method = 'GET', path = ''] = request.startsWith('/') ? ['GET', request] : request.split(/ (.*)/s)
  const { headers = {}, body, as } = options
  const isJson = body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array)
  const response = await server.fetch(
    new Request(`http://festival${path}`, {
      method,
      headers: {
        ...(isJson ? { 'Content-Type': 'application/json' } : {}),
        ...(as === undefined ? {} : { Authorization: `Bearer ${await tokenOf({ role: as, sub: '7' })}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : (body as BodyInit) }),
    }),
  )
  const text = await response.text()
  const { status, statusText } = response
  return { status, statusText, headers: response.headers, text, json: parse(text) }
}

async function runSql({ uri }: EmbeddedPostgres, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: uri })
  await client.connect()
  await client.query(sql)
  await client.end()
}

export function tokenOf(claims: Record<string, unknown>): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
