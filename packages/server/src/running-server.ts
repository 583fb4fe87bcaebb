import type { Server as NodeServer } from 'node:http'
import { type Authenticator, createAuthenticator } from './authenticate/authenticator.js'
import { coalesced } from './coalesced.js'
import type { Config } from './config/config.js'
import { type ConfigSource, readConfig, reloadedConfig } from './config/read-config.js'
import { Core } from './core.js'
import { createAdminServer } from './http/admin.js'
import { fromFetch, toFetch } from './http/fetch.js'
import { createHttpServer, portOf } from './http/listen.js'
import { bodyTooLong } from './http/refuse.js'
import { bound, canSharePorts, closeServer, hostOf, listenOnFile } from './http/sockets.js'
import type { Log } from './observe/log.js'
import { loggingQueries, type Run } from './observe/log-queries.js'
import { metricsOf } from './observe/metrics.js'
import { openPool } from './open-pool.js'
import { loginRoleOf } from './postgres/connect.js'
import { AcquisitionTimeoutError } from './postgres/errors.js'
import { DatabaseListener, type Reloads } from './postgres/listener.js'
import type { Pool } from './postgres/pool.js'
import { dumpSchemaCache } from './schema-cache/dump.js'
import type { DatabaseState } from './schema-cache/load.js'
import { readDatabaseState, readRoleSettings } from './schema-cache/read-database.js'
import type { Server, TestTransaction } from './server.js'
import { SharedTransaction } from './transaction/test-transaction.js'
import { runTransaction } from './transaction/transaction.js'

const deaf =
  'Notifications on db-channel do not arrive, as behind a pooler of transactions: db-channel-enabled=false says so from the start.'

/** A server and its state: the configuration and schema that it goes by now, its connections and sockets. */
export class RunningServer implements Server {
  private readonly listening = new Set<NodeServer>()
  private readonly pool: Pool
  private listener: DatabaseListener | null
  private admin: NodeServer | null = null
  private authenticator: Authenticator
  private core: Core
  private loads = 1
  private failedLoads = 0
  private loadSeconds = 0

  private constructor(
    private readonly source: ConfigSource,
    private current: Config,
    private database: DatabaseState,
    private readonly log: Log,
  ) {
    this.pool = openPool(current, log)
    this.authenticator = this.makeAuthenticator()
    this.core = this.makeCore()
    this.listener = this.makeListener()
  }

  static async start(source: ConfigSource, config: Config, log: Log): Promise<RunningServer> {
    const begun = performance.now()
    const server = new RunningServer(source, config, await readDatabaseState(config), log)
    server.loadSeconds = (performance.now() - begun) / 1000
    server.warnOfPrivilegedRoles()
    await server.listener?.start()
    return server
  }

  get config(): Config {
    return this.current
  }

  async listen(port = this.current.serverPort, host = hostOf(this.current.serverHost)): Promise<number> {
    const { serverUnixSocket, serverUnixSocketMode, serverReuseport: reusePort } = this.current
    const server = createHttpServer((request, abandoned) => this.core.handle(request, abandoned), {
      onHandled: ({ method, target }, { status }) => this.log.response(method, target, status),
      maximumBody: this.current.serverMaxBodySize,
      maximumUrl: this.current.serverMaxUrlLength,
      headersTimeoutMilliseconds: this.current.serverHeadersTimeout * 1000,
      requestTimeoutMilliseconds: this.current.serverRequestTimeout * 1000,
      verbosity: this.current.clientErrorVerbosity,
    })
    await this.openAdmin()
    if (reusePort && !canSharePorts)
      this.log.say('warn', 'server-reuseport needs Node 22.12 or newer: the port is not shared.')
    if (serverUnixSocket === null) await bound(server, () => server.listen({ port, host, ...{ reusePort } }))
    else await listenOnFile(server, serverUnixSocket, serverUnixSocketMode)
    this.listening.add(server)
    return serverUnixSocket === null ? portOf(server) : 0
  }

  async fetch(request: Request): Promise<Response> {
    return this.answer(request, this.core)
  }

  async testTransaction(): Promise<TestTransaction> {
    const transaction = await SharedTransaction.begin(this.pool)
    const core = this.makeCore((request) => transaction.run(request))
    const rollback = () => transaction.rollback()
    return {
      fetch: (request) => this.answer(request, core),
      query: (text, values = []) => transaction.query(text, values),
      rollback,
      [Symbol.asyncDispose]: rollback,
    }
  }

  readonly reloadSchema = coalesced(async () => {
    if (this.current.dbConfig)
      await this.reloadConfig().catch((error: unknown) => this.notReloaded('configuration', error))
    await this.loadSchema()
  })

  readonly reloadConfig = coalesced(() => this.loadConfig())

  private async loadSchema(): Promise<void> {
    const begun = performance.now()
    try {
      this.database = await readDatabaseState(this.current)
    } catch (error) {
      this.failedLoads += 1
      throw error
    }
    this.loads += 1
    this.loadSeconds = (performance.now() - begun) / 1000
    this.warnOfPrivilegedRoles()
    this.renewCore()
    this.pool.renew()
  }

  private async loadConfig(): Promise<void> {
    const { config, warnings } = await readConfig(this.source)
    for (const warning of warnings) this.log.say('warn', warning)
    const before = this.current
    const roleSettings = await readRoleSettings(before)
    this.current = reloadedConfig(before, config)
    this.database = { ...this.database, roleSettings }
    this.renewCore()
    const { dbChannel, dbChannelEnabled } = this.current
    if (dbChannel === before.dbChannel && dbChannelEnabled === before.dbChannelEnabled) return
    await this.listener?.close()
    this.listener = this.makeListener()
    await this.listener?.start()
  }

  private makeListener(): DatabaseListener | null {
    return this.current.dbChannelEnabled ? new DatabaseListener(this.current, this.reloads()) : null
  }

  async close(): Promise<void> {
    await this.listener?.close()
    const servers = [...this.listening, ...(this.admin === null ? [] : [this.admin])]
    await Promise.all(servers.map((server) => closeServer(server, this.current.serverDrainTimeout * 1000)))
    await this.pool.close()
  }

  private async answer(request: Request, core: Core): Promise<Response> {
    const { serverMaxBodySize: maximum, clientErrorVerbosity } = this.current
    const asked = await fromFetch(request, maximum)
    return toFetch(asked === null ? bodyTooLong(maximum, clientErrorVerbosity) : await core.handle(asked))
  }

  private renewCore(): void {
    this.authenticator = this.makeAuthenticator()
    this.core = this.makeCore()
  }

  private makeAuthenticator(): Authenticator {
    const { current: config, database } = this
    const loginRole = loginRoleOf(config)
    const privileged = config.jwtPrivilegedRoles === 'refuse' ? database.privilegedRoles : []
    return createAuthenticator(config, loginRole === undefined ? privileged : [loginRole, ...privileged])
  }

  private warnOfPrivilegedRoles(): void {
    const { privilegedRoles } = this.database
    if (this.current.jwtPrivilegedRoles !== 'warn' || privilegedRoles.length === 0) return
    const names = privilegedRoles.join(', ')
    this.log.say('warn', `tokens may name roles that no row security holds: ${names}; see jwt-privileged-roles`)
  }

  private makeCore(
    run: Run = (transaction, abandoned) =>
      this.pool.lend((connection) => runTransaction(connection, transaction), abandoned),
  ): Core {
    const { current: config, database, log } = this
    return new Core(
      {
        config,
        database,
        authenticator: this.authenticator,
        onError: (error) => {
          if (log.has('debug')) log.say('debug', String(error))
        },
      },
      this.pool,
      config.logQuery ? loggingQueries(run, log) : run,
    )
  }

  private reloads(): Reloads {
    const report = (what: string, work: Promise<void>) =>
      work.then(
        () => this.log.say('info', `${what} reloaded`),
        (error: unknown) => this.notReloaded(what, error),
      )
    const schema = () => void report('schema', this.reloadSchema())
    const config = () => void report('configuration', this.reloadConfig())
    return {
      schema,
      config,
      both: () => {
        if (!this.current.dbConfig) config() // otherwise it is read with the schema
        schema()
      },
      failed: (error: unknown) => this.log.say('error', `listening on the database failed: ${String(error)}`),
      deaf: () => this.log.say('warn', deaf),
    }
  }

  private notReloaded(what: string, error: unknown): void {
    this.log.say('error', `${what} could not be reloaded: ${String(error)}`)
  }

  /** Where all connections are busy, the database is there. */
  private async isReady(): Promise<boolean> {
    if (this.pool.waitingCount > 0) return true
    try {
      await this.pool.lend((connection) => connection.run([{ text: 'SELECT 1', values: [] }]), null)
      return true
    } catch (error) {
      return error instanceof AcquisitionTimeoutError
    }
  }

  private async openAdmin(): Promise<void> {
    const { adminServerPort, adminServerHost, adminServerUnixSocket, adminServerUnixSocketMode } = this.current
    if ((adminServerPort === null && adminServerUnixSocket === null) || this.admin !== null) return
    const admin = createAdminServer({
      isLive: () => [...this.listening].some(({ listening }) => listening),
      isReady: () => this.isReady(),
      metrics: () =>
        metricsOf(this.pool, this.authenticator, {
          size: this.current.dbPool,
          loads: this.loads,
          failedLoads: this.failedLoads,
          loadSeconds: this.loadSeconds,
          hears: this.listener?.hears ?? null,
        }),
      schemaCache: () => dumpSchemaCache(this.database.cache, this.current.dbSchemas),
    })
    this.admin = admin
    if (adminServerUnixSocket !== null) await listenOnFile(admin, adminServerUnixSocket, adminServerUnixSocketMode)
    else await bound(admin, () => admin.listen(adminServerPort ?? 0, hostOf(adminServerHost)))
  }
}
