import type { Socket } from 'node:net'
import pg from 'pg'
import { guardAuthentication } from './authentication.js'
import { ConnectionRefusedError, ConnectionStringError, ConnectTimeoutError } from './errors.js'
import { openSocket } from './open-socket.js'
import { passwordFromFile } from './password-file.js'
import { type ConnectionSettings, connectionSettings, type ServerAddress, type SessionAttributes } from './settings.js'
import { type Encryption, encryptionsOf } from './tls.js'
import { inOrderOfHope, noteAnswer, noteAttempt, noteSilence } from './unreachable-hosts.js'

export interface OpenOptions {
  /** for `pg_stat_activity`, unless the connection string says another */
  readonly applicationName: string
  /** stronger than what the connection string says */
  readonly attributes?: SessionAttributes | undefined
}

/** Milliseconds to wait for the one server, and for each of several, where connect_timeout does not say it. */
const timeoutOfOne = 10_000
const timeoutOfSeveral = 3_000

/** How a client was connected: for further connections to the same server. */
export interface Route {
  readonly settings: ConnectionSettings
  readonly server: ServerAddress
  readonly encryption: Encryption
}

const routes = new WeakMap<pg.Client, Route>()
const losses = new WeakMap<pg.Client, Error>()

/**
 * Why a client that `openClient` opened has lost its connection; undefined while it has it. What runs on it then may fail
 * with less than that: `pg` says only that the client cannot be used.
 */
export const lossOf = (client: pg.Client): Error | undefined => losses.get(client)

/** @throws Error for a client that `openClient` did not open */
export function routeOf(client: pg.Client): Route {
  const route = routes.get(client)
  if (route === undefined) throw new Error('This client was not opened by openClient.')
  return route
}

/**
 * Opens a connection to the first server of a connection string that can be reached and is what it must be. Who is refused
 * by one is not asked of the next.
 *
 * @throws ConnectionStringError
 * @throws ConnectTimeoutError, ConnectionRefusedError, and Error of the network or of PostgreSQL, of the last server
 */
export async function openClient(connectionString: string, options: OpenOptions): Promise<pg.Client> {
  const settings = connectionSettings(connectionString)
  const wanted = options.attributes ?? settings.attributes
  const attempts = wanted === 'prefer-standby' ? (['standby', 'any'] as const) : [wanted]
  const servers = settings.isShuffled ? shuffled(settings.servers) : settings.servers
  let failure: unknown
  for (const attributes of attempts) {
    for (const server of inOrderOfHope(servers)) {
      try {
        const client = await openAt(settings, server, options.applicationName)
        if (await isWhatItMustBe(client, attributes)) return client
        failure = new ConnectionRefusedError(`No server of the connection string is ${attributes}.`)
        await client.end().catch(() => {})
      } catch (error) {
        failure = error
        if (error instanceof ConnectionStringError || isLoginRefused(error)) throw error
      }
    }
  }
  throw failure
}

/** Tries what sslmode allows, one after the other. */
async function openAt(settings: ConnectionSettings, server: ServerAddress, name: string): Promise<pg.Client> {
  const { timeoutMilliseconds, servers } = settings
  const timeout = timeoutMilliseconds ?? (servers.length > 1 ? timeoutOfSeveral : timeoutOfOne)
  const [first = 'plain', second] = encryptionsOf(settings.tls, server.address.startsWith('/'))
  noteAttempt(server)
  try {
    return await openRoute({ settings, server, encryption: first }, name, timeout)
  } catch (error) {
    if (error instanceof ConnectTimeoutError) noteSilence(server)
    if (second === undefined || !mayDependOnEncryption(error)) throw error
  }
  return openRoute({ settings, server, encryption: second }, name, timeout)
}

/** A failed handshake, or invalid_authorization_specification: pg_hba.conf may have a line for the other kind. */
function mayDependOnEncryption(error: unknown): boolean {
  const { code = '' } = error as { code?: string }
  return (
    code === '28000' ||
    code === 'EPROTO' ||
    code.startsWith('ERR_SSL') ||
    code.startsWith('ERR_TLS') ||
    isCertificate(code)
  )
}

function isCertificate(code: string): boolean {
  return /CERT|SIGNATURE|ISSUER|CRL/.test(code)
}

/** @param timeout milliseconds for all of it; 0: as long as it takes */
export async function openRoute(route: Route, applicationName: string, timeout: number): Promise<pg.Client> {
  const { settings, server } = route
  const begun = Date.now()
  const socket = await openSocket(settings, server, route.encryption, timeout)
  const isEncrypted = 'getPeerCertificate' in socket
  const client = new pg.Client({
    host: server.host,
    port: server.port,
    user: settings.user,
    database: settings.database,
    password: () => passwordOf(settings, server),
    options: settings.options,
    application_name: settings.applicationName ?? applicationName,
    client_encoding: 'UTF8',
    ssl: false, // the socket is encrypted already
    sslnegotiation: 'postgres',
    enableChannelBinding: isEncrypted && settings.channelBinding !== 'disable',
    stream: () => adopted(socket),
  } as pg.ClientConfig)
  // Reported by what runs on it. It may come as soon as the login has ended.
  client.on('error', (error) => {
    if (!losses.has(client)) losses.set(client, error)
  })
  const refusalOf = guardAuthentication(client, settings)
  const left = Math.max(1, timeout - (Date.now() - begun))
  const timer = timeout === 0 ? null : setTimeout(() => socket.destroy(new ConnectTimeoutError(timeout)), left)
  try {
    await client.connect()
    // All of a login without a password may come at once.
    const refusal = refusalOf()
    if (refusal !== null) throw refusal
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    if (timer !== null) clearTimeout(timer)
  }
  noteAnswer(server)
  routes.set(client, { ...route, encryption: isEncrypted ? 'tls' : 'plain' })
  return client
}

async function passwordOf({ password, passwordFile, user, database }: ConnectionSettings, server: ServerAddress) {
  const found = password ?? passwordFromFile(passwordFile, { host: server.host, port: server.port, user, database })
  if (found !== null && found !== '') return found
  throw new ConnectionRefusedError(
    `The server asks for a password, and there is none: not in the connection string, in PGPASSWORD or in ${passwordFile}.`,
  )
}

/** The driver connects its socket itself, and waits for the event. */
function adopted(socket: Socket): Socket {
  socket.connect = () => {
    setImmediate(() => {
      socket.emit('connect')
      socket.resume() // it was held back while nobody listened
    })
    return socket
  }
  return socket
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item)
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
function isLoginRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '28000' || error.code === '28P01')
}
