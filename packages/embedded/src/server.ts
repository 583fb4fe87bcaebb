import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, mkdtemp, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { type Binaries, binariesOf, exists, type PostgresVersion } from './binaries.js'
import { type Authentication, environment, hostBasedAuthenticationOf, makeCluster } from './cluster.js'
import { EmbeddedPostgresError } from './errors.js'
import type { LoadReport } from './load-report.js'
import { loadOnPlatform } from './platform/load-on-platform.js'
import type { Platform } from './platform/platform.js'
import { withStubExtensions } from './platform/stub-files.js'
import { type ServerUser, serverUser } from './server-user.js'
import { loadSqlFiles } from './sql-files.js'
import { Watchdog } from './watchdog.js'

export interface StartOptions {
  /** major version; 18 unless given */
  readonly version?: PostgresVersion
  /** a folder to keep the data in, made if it is not there; without it a temporary one, removed at the end */
  readonly dataDir?: string
  /** SQL files to load into the database `postgres`, in order, when the cluster is new */
  readonly sql?: readonly string[]
  /** what is there before the SQL files: a hosted platform's roles, schemas and extensions */
  readonly platform?: Platform | undefined
  /** TCP port on loopback; a free one unless given */
  readonly port?: number
  /** how TCP connections are authenticated: by password (default), or not at all */
  readonly authentication?: Authentication
  /** server settings, as postgresql.conf names them */
  readonly settings?: Readonly<Record<string, string>>
}

export interface EmbeddedPostgres extends AsyncDisposable {
  /** connection URI of the superuser (`postgres`, or the platform's), to the database `postgres` */
  readonly uri: string
  readonly version: PostgresVersion
  readonly host: string
  readonly port: number
  readonly dataDir: string
  /** false when `dataDir` held a cluster already, and so no SQL was loaded */
  readonly isNew: boolean
  /** what of the SQL files is not there as they say; without a platform nothing */
  readonly report: LoadReport
  /** The connection URI of another database or user. `password` is needed where `authentication` is 'password'. */
  uriOf(target: { database?: string; user?: string; password?: string }): string
  /** Stops the server; removes its data if the folder was temporary. May be called twice. */
  stop(): Promise<void>
}

/** Development data, quickly: a crash of the machine may lose it. */
const fastSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '128MB',
}

/**
 * Starts a real PostgreSQL of its own on a free loopback port. It ends with this process, even if that is killed.
 * Works as root (PostgreSQL then runs as another user) and several times at once.
 *
 * @throws EmbeddedPostgresError when the version is not installed or the server does not start
 * @throws SqlFileError when a file fails; the server is stopped then
 */
export async function startPostgres(options: StartOptions = {}): Promise<EmbeddedPostgres> {
  try {
    return await start(options)
  } catch (error) {
    throw refusalOfSystem(error) ?? error
  }
}

async function start(options: StartOptions): Promise<EmbeddedPostgres> {
  const version = options.version ?? 18
  const user = await serverUser()
  const { platform } = options
  const superuser = platform?.superuser ?? 'postgres'
  const installed = await binariesOf(version)
  const binaries = platform ? await withStubExtensions(installed, platform.extensions) : installed
  const folder = options.dataDir === undefined ? await temporaryFolder(user) : undefined
  const watchdog = new Watchdog(folder)
  try {
    const dataDir = folder === undefined ? resolve(options.dataDir ?? '') : join(folder, 'data')
    const isNew = !(await exists(join(dataDir, 'PG_VERSION')))
    if (isNew) {
      await mkdir(dataDir, { recursive: true })
      if (user) await assertReachable(dataDir)
      await makeCluster(binaries, dataDir, { user, superuser })
    }
    const socketDir = await makeSocketFolder(dataDir, user)
    const authentication = options.authentication ?? 'password'
    await writeFile(join(dataDir, 'pg_hba.conf'), hostBasedAuthenticationOf(authentication))

    const port = options.port ?? (await freePort())
    const settings = { ...fastSettings, ...options.settings }
    const server = await launch({ binaries, dataDir, socketDir, port, settings, user, watchdog, superuser })
    const password = await setPassword({ socketDir, port, superuser })
    const host = '127.0.0.1'
    const uriOf = (target: { database?: string; user?: string; password?: string }) => {
      const name = target.user ?? superuser
      const isOurs = name === superuser || name === platform?.owner
      const secret = target.password ?? (isOurs ? password : undefined)
      const credentials = encodeURIComponent(name) + (secret === undefined ? '' : `:${encodeURIComponent(secret)}`)
      return `postgresql://${credentials}@${host}:${port}/${encodeURIComponent(target.database ?? 'postgres')}`
    }
    const files = isNew ? (options.sql ?? []) : []
    let report: LoadReport = { stubs: [], leftOut: [] }
    if (isNew && platform) report = await loadOnPlatform({ platform, uriOf, password, files })
    else if (files.length > 0) await loadSqlFiles(uriOf({}), files)

    let stopped: Promise<void> | undefined
    const stop = () => {
      server.removeAllListeners('exit')
      stopped ??= watchdog.end()
      return stopped
    }
    return { uri: uriOf({}), version, host, port, dataDir, isNew, report, uriOf, stop, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await watchdog.end()
    throw error
  }
}

/** What a file system or a program of the system's refused: no room, no permission, no folder. */
function refusalOfSystem(error: unknown): EmbeddedPostgresError | undefined {
  if (!(error instanceof Error) || !('syscall' in error || 'cmd' in error)) return undefined
  const said = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : ''
  const [reason] = (said || error.message).split('\n')
  return new EmbeddedPostgresError(`PostgreSQL could not be prepared: ${reason}`, { cause: error })
}

interface Launch {
  binaries: Binaries
  dataDir: string
  socketDir: string
  port: number
  settings: Readonly<Record<string, string>>
  user: ServerUser | undefined
  watchdog: Watchdog
  superuser: string
}

async function launch(options: Launch): Promise<ChildProcess> {
  const { binaries, dataDir, socketDir, port, settings, user, watchdog, superuser } = options
  const flags = Object.entries({
    ...settings,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: socketDir,
    port: String(port),
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(binaries.home, 'bin', 'postgres'), ['-D', dataDir, ...flags], {
    cwd: dataDir,
    detached: true,
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    ...user,
  })
  let output = ''
  server.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    output = (output + chunk).slice(-4000)
  })
  const failed = new Promise<never>((_, reject) => {
    const fail = (why: string) =>
      reject(new EmbeddedPostgresError(`PostgreSQL did not start: ${why}\n${output.trim()}`))
    server.on('error', (error) => fail(error.message))
    server.on('exit', (code, signal) => fail(`it ended with ${signal ?? code}`))
  })
  failed.catch(() => {}) // an exit after the start is not this function's to report
  if (server.pid !== undefined) watchdog.watch(server.pid)
  await Promise.race([failed, untilReady({ socketDir, port, superuser })])
  server.unref()
  ;(server.stderr as unknown as { unref(): void }).unref()
  return server
}

async function untilReady(place: Place): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(20)) {
    try {
      await withSuperuser(place, async () => {})
      return
    } catch {
      // not yet: the server's exit, if that is why, is reported by the race above
    }
  }
  throw new EmbeddedPostgresError('PostgreSQL did not accept a connection within a minute.')
}

/** The superuser's password lives as long as the server: only who started it knows it. */
async function setPassword(place: Place): Promise<string> {
  const password = randomBytes(18).toString('base64url')
  const { superuser } = place
  await withSuperuser(place, (client) =>
    client.query(`ALTER ROLE ${pg.escapeIdentifier(superuser)} PASSWORD ${pg.escapeLiteral(password)}`),
  )
  return password
}

/** Where a server listens, and the role that it was made with. */
interface Place {
  readonly socketDir: string
  readonly port: number
  readonly superuser: string
}

async function withSuperuser(
  { socketDir, port, superuser }: Place,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ host: socketDir, port, user: superuser, database: 'postgres', password: '' })
  client.on('error', () => {}) // a lost connection also rejects the query under way
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

async function temporaryFolder(user: ServerUser | undefined): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rolecast-'))
  if (user) await chmod(folder, 0o711)
  return folder
}

/** As root, another user runs the server: every folder above its data must let others through. */
async function assertReachable(dataDir: string): Promise<void> {
  for (let path = dirname(dataDir); ; path = dirname(path)) {
    if (((await stat(path)).mode & 0o001) === 0) {
      throw new EmbeddedPostgresError(
        `PostgreSQL does not run as root, and the user that runs it instead cannot enter ${path}. ` +
          `Choose another data folder, or allow it with: chmod o+x ${path}`,
      )
    }
    if (path === dirname(path)) return
  }
}

/** Socket paths are limited to about 100 bytes, so the folder is a temporary one when the data's path is long. */
async function makeSocketFolder(dataDir: string, user: ServerUser | undefined): Promise<string> {
  const inside = join(dataDir, 'socket')
  const folder = inside.length < 80 ? inside : await mkdtemp(join(tmpdir(), 'rolecast-socket-'))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  if (user) await chown(folder, user.uid, user.gid)
  return folder
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
