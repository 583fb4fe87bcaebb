import { createHmac } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { createServer, type Server, type ServerOptions } from '@rolecast/server'
import { expect } from 'vitest'
import { bytesOf, exchange, type Reply, type Sent } from './wire.js'

const secret = 'a secret that is long enough for the algorithm'

/** A server on a socket, with one connection to its database: what an attack leaves behind, the next request meets. */
export interface Target {
  readonly postgres: EmbeddedPostgres
  readonly server: Server
  readonly options: ServerOptions
  readonly port: number
  /** what the server logged */
  readonly log: readonly string[]
  ask(sent: Sent): Promise<Reply>
  /** Fails unless the server answers, on a connection that is as new. */
  expectClean(): Promise<void>
  close(): Promise<void>
}

/** @param more file of SQL that is loaded after target.sql */
export async function openTarget(options: ServerOptions = {}, ...more: string[]): Promise<Target> {
  const sql = [fileURLToPath(new URL('./target.sql', import.meta.url)), ...more]
  const postgres = await startPostgres({ authentication: 'trust', sql })
  const log: string[] = []
  const all: ServerOptions = {
    dbUri: postgres.uriOf({ user: 'gate' }),
    dbSchemas: ['api'],
    dbExtraSearchPath: [],
    dbAnonRole: 'visitor',
    dbPool: 1,
    dbConfig: true,
    dbChannelEnabled: false,
    jwtSecret: secret,
    log: (line) => log.push(line),
    ...options,
  }
  const server = await createServer(all)
  const port = await server.listen(0, '127.0.0.1')
  const ask = (sent: Sent) => exchange(port, bytesOf(sent))
  return {
    postgres,
    server,
    options: all,
    port,
    log,
    ask,
    expectClean: async () => expectClean(await ask({ target: '/rpc/state' })),
    async close() {
      await server.close()
      await postgres.stop()
    },
  }
}

function expectClean({ status, json, headers }: Reply): void {
  expect({ status, ...(json as object) }).toEqual({
    status: 200,
    role: 'visitor',
    session: 'gate',
    search_path: expect.stringMatching(/^"?api"?\b/),
    claims: '{"role":"visitor"}',
    method: 'GET',
    path: '/rpc/state',
    response_headers: '',
    response_status: '',
    isolation: 'read committed',
    timezone: expect.any(String),
    statement_timeout: '400ms',
    tenant: '',
    locks: 0,
    channels: 0,
    cursors: 0,
    temporary: 0,
  })
  expect(headers.map(([name]) => name)).not.toContain('x-leak')
}

export function tokenOf(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
