import { openKeys } from './authenticate/key-source/open-keys.js'
import type { Config } from './config/config.js'
import type { LoadedConfig } from './config/config-sources.js'
import type { ConfigSource } from './config/read-config.js'
import { Core } from './core.js'
import { Exports } from './exports.js'
import type { Health } from './http/admin.js'
import type { AdminServer } from './http/admin-server.js'
import type { HttpHandler } from './http/answer.js'
import { bound } from './http/bound.js'
import { httpLimits, httpSettings } from './http/configured.js'
import { fromFetch, toFetch } from './http/fetch.js'
import { createHttpServer, type HttpServer, portOf } from './http/listen.js'
import { ListenError } from './http/listen-error.js'
import { bodyTooLong } from './http/refusals.js'
import { refusalResponse } from './http/refuse.js'
import { listenOnFile } from './http/socket-file.js'
import { addressOf, closeServer } from './http/sockets.js'
import { WorkerMetrics } from './http/worker-messages.js'
import { databaseProblem } from './observe/database-problem.js'
import { dumpConfig } from './observe/dump-config.js'
import { keySetMetrics } from './observe/key-set-metrics.js'
import type { Log } from './observe/log.js'
import { loggingKeySets } from './observe/log-key-sets.js'
import type { LogWriter } from './observe/log-lines.js'
import { loggingQueries, type Run } from './observe/log-queries.js'
import type { Metric } from './observe/metric.js'
import { metricsOf } from './observe/metrics.js'
import { openLog } from './observe/open-log.js'
import { ProcessMetrics } from './observe/process-metrics.js'
import { rateLimitMetrics } from './observe/rate-limit-metrics.js'
import { reasonOf } from './observe/reason.js'
import { pathNames, RelationTraffic } from './observe/relation-traffic.js'
import { RequestLog } from './observe/request-log.js'
import { startLines } from './observe/start-lines.js'
import { Traffic } from './observe/traffic.js'
import { oneAtATime } from './one-at-a-time.js'
import { mostExports, openPool, streamBounds } from './open-pool.js'
import { version } from './openapi/version.js'
import { DatabaseListener, type Reloads } from './postgres/listener.js'
import type { Pool } from './postgres/pool.js'
import type { RateLimitStore } from './rate-limit/rate-limit-store.js'
import { RateLimiter } from './rate-limit/rate-limiter.js'
import { withConfigReread, withSchemaReread } from './reload-state.js'
import { Retried } from './retried.js'
import { dumpSchemaCache } from './schema-cache/dump.js'
import { readDatabaseState } from './schema-cache/read-database.js'
import type { Server, TestTransaction } from './server.js'
import { type ServerState, serverStateOf } from './server-state.js'
import { databaseWarnings, loadWarnings } from './state-warnings.js'
import { runTransaction } from './transaction/run-transaction.js'
import { SharedTransaction } from './transaction/test-transaction.js'

const notificationsLost =
  'Notifications on db-channel do not arrive (a pooler in transaction mode?). Set db-channel-enabled = false.'

function sameRules({ serverRateLimit: before }: Config, { serverRateLimit: after }: Config): boolean {
  return JSON.stringify(before) === JSON.stringify(after)
}

/** A server: the one state that it goes by now, its connections and sockets. */
export class RunningServer implements Server {
  private readonly listening = new Set<HttpServer>()
  private readonly requestLog: RequestLog
  private readonly pool: Pool
  private listener: DatabaseListener | null
  private core: Core
  /** seconds that reading the schema took the last time */
  private loadSeconds = 0
  private readonly exports = new Exports(() => mostExports(this.state.config))
  private readonly streams = streamBounds(() => this.state.config)
  private readonly traffic = new Traffic()
  private readonly relationTraffic: RelationTraffic
  private limiter: RateLimiter | null
  private readonly processMetrics = new ProcessMetrics()
  private readonly workerMetrics = new WorkerMetrics(() => this.metrics())
  private isDraining = false
  private readonly reloading = oneAtATime()
  private readonly configReload: Retried
  private readonly schemaReload: Retried

  private constructor(
    private readonly source: ConfigSource,
    private state: ServerState,
    private readonly log: Log,
    private readonly rateLimitStore: RateLimitStore,
    private readonly admin: AdminServer,
  ) {
    this.requestLog = new RequestLog(log, () => this.state.config.serverTraceHeader)
    this.pool = openPool(() => this.state.config, this.log)
    this.relationTraffic = new RelationTraffic(state.config.serverMetricsRelations)
    this.limiter = this.makeLimiter()
    this.core = this.makeCore()
    this.listener = this.makeListener()
    this.configReload = this.retried('configuration', () => this.loadConfig())
    this.schemaReload = this.retried('schema', () => this.loadSchema())
  }

  static async start(
    source: ConfigSource,
    read: LoadedConfig,
    { write, rateLimitStore }: { readonly write: LogWriter | undefined; readonly rateLimitStore: RateLimitStore },
    admin: AdminServer,
  ): Promise<RunningServer> {
    const begun = performance.now()
    let level = () => read.config.logLevel
    const log = await openLog(read.config, () => level(), write)
    const database = await readDatabaseState(read.config)
    const loadSeconds = (performance.now() - begun) / 1000
    const keys = await openKeys(read.config, loggingKeySets(log))
    const server = new RunningServer(source, serverStateOf(read.config, database, keys), log, rateLimitStore, admin)
    level = () => server.config.logLevel
    const { state } = server
    server.loadSeconds = loadSeconds
    server.warn([...read.warnings, ...loadWarnings(state), ...databaseWarnings(state)])
    await server.listener?.start()
    admin.health = server.health()
    return server
  }

  get config(): Config {
    return this.state.config
  }

  get startLines(): readonly string[] {
    const { config, database } = this.state
    return startLines(config, version, database.version, database.roleCount)
  }

  async listen(port = this.state.config.serverPort, host = this.state.config.serverHost): Promise<number> {
    const { serverUnixSocket, serverUnixSocketMode, serverReuseport: reusePort } = this.state.config
    await this.openAdmin()
    const http = createHttpServer(
      this.httpHandler(),
      () => httpSettings(this.state.config),
      httpLimits(this.state.config),
    )
    const { server } = http
    try {
      if (serverUnixSocket === null)
        await bound(server, () => server.listen({ port, ...addressOf(host), ...{ reusePort } }))
      else await listenOnFile(server, serverUnixSocket, serverUnixSocketMode)
    } catch (error) {
      throw new ListenError('API', serverUnixSocket ?? `${host}:${port}`, error)
    }
    this.listening.add(http)
    return serverUnixSocket === null ? portOf(server) : 0
  }

  private async openAdmin(): Promise<void> {
    const place = await this.admin.open(this.state.config)
    if (place !== null) this.log.notice(`The admin server listens on ${place}.`)
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

  async reloadSchema(): Promise<void> {
    if (this.state.config.dbConfig) await this.reloadConfig().catch(() => {}) // it is in the log, and tried again
    await this.schemaReload.run()
  }

  reloadConfig(): Promise<void> {
    return this.configReload.run()
  }

  private retried(what: string, work: () => Promise<void>): Retried {
    return new Retried(() => this.reloading(work), {
      succeeded: () => this.log.notice(`The ${what} has been reloaded.`),
      failed: ({ message }, delay) =>
        this.log.notice(
          `The ${what} could not be reloaded: ${message}. What was loaded before stays in use; the next try is in ${delay / 1000} s.`,
        ),
    })
  }

  private async loadSchema(): Promise<void> {
    const begun = performance.now()
    const state = await withSchemaReread(this.state)
    this.loadSeconds = (performance.now() - begun) / 1000
    this.use(state)
    this.pool.renew()
  }

  private async loadConfig(): Promise<void> {
    const before = this.state
    const { state, warnings } = await withConfigReread(this.source, before, loggingKeySets(this.log))
    this.use(state)
    this.warn([...warnings, ...loadWarnings(state)])
    const changed = (key: keyof Config) => before.config[key] !== state.config[key]
    if (changed('dbPreparedStatements') || before.database.cache !== state.database.cache) this.pool.renew()
    if (changed('dbChannel') || changed('dbChannelEnabled')) await this.restartListener()
  }

  /** Requests that begin now go by this state; those under way end by the one that they began with. */
  private use(state: ServerState): void {
    const known = new Set(databaseWarnings(this.state))
    if (this.state.keys !== state.keys) this.state.keys.close()
    const changesRules = !sameRules(this.state.config, state.config)
    this.state = state
    if (changesRules) this.limiter = this.makeLimiter()
    this.core = this.makeCore()
    for (const warning of databaseWarnings(state)) if (!known.has(warning)) this.log.notice(warning)
  }

  private async restartListener(): Promise<void> {
    await this.listener?.close()
    this.listener = this.makeListener()
    await this.listener?.start()
  }

  private makeLimiter(): RateLimiter | null {
    const { serverRateLimit: rules } = this.state.config
    const failed = (error: unknown) => this.log.say('error', `The store of rate limits failed: ${reasonOf(error)}`)
    return rules.length === 0 ? null : new RateLimiter(rules, this.rateLimitStore, failed)
  }

  private makeListener(): DatabaseListener | null {
    return this.state.config.dbChannelEnabled ? new DatabaseListener(this.state.config, this.reloads()) : null
  }

  async close(): Promise<void> {
    this.configReload.close()
    this.schemaReload.close()
    this.state.keys.close()
    await this.listener?.close()
    this.isDraining = true
    const patience = this.state.config.serverDrainTimeout * 1000
    await Promise.all([...this.listening].map(({ server, closeUnused }) => closeServer(server, patience, closeUnused)))
    await this.pool.close()
    this.processMetrics.close()
    this.workerMetrics.close()
    await this.admin.close()
  }

  private httpHandler(): HttpHandler {
    return {
      admit: (head) => {
        this.requestLog.begun(head)
        return this.core.admit(head)
      },
      handle: (request, abandoned) => {
        this.requestLog.begun(request)
        return this.core.handle(request, abandoned)
      },
      onHandled: (request, response, milliseconds) => {
        const { status } = response
        const { config, database } = this.state
        const known = pathNames(database.cache, config.dbSchemas)
        this.traffic.handled(status, milliseconds)
        this.relationTraffic.handled(known, request.method, request.target, status, milliseconds)
        this.requestLog.handled(request, response, milliseconds)
      },
      onCut: ({ method, target }, error) => {
        this.traffic.cut += 1
        this.log.cut(method, target, error.message)
      },
      onRefused: ({ status, message }, method = '-', target = '-') => {
        this.traffic.refusedWith(status)
        this.log.refused(method, target, status, message)
      },
      onDropped: () => {
        this.traffic.dropped += 1
        this.log.say('warn', 'A connection was closed at once: there are as many as server-max-connections allows.')
      },
    }
  }

  private async answer(request: Request, core: Core): Promise<Response> {
    const { serverMaxBodySize: maximum, clientErrorVerbosity } = this.state.config
    const { head, readBody, abandoned } = fromFetch(request)
    if (request.body === null) return toFetch(await core.handle(head, abandoned))
    const { refusal } = core.admit(head)
    if (refusal !== null) return toFetch(refusal)
    const body = await readBody(maximum)
    if (body === null) return toFetch(refusalResponse(bodyTooLong(maximum), clientErrorVerbosity))
    return toFetch(await core.handle({ ...head, body }, abandoned))
  }

  private warn(warnings: readonly string[]): void {
    for (const warning of warnings) this.log.notice(warning)
  }

  private makeCore(
    run: Run = (transaction, abandoned) => {
      const work = () =>
        this.pool.withConnection((connection) => runTransaction(connection, transaction, this.streams), abandoned)
      return transaction.head === null ? work() : this.exports.run(work)
    },
  ): Core {
    const { state, log } = this
    return new Core(
      {
        ...state,
        limiter: this.limiter,
        onError: (error, request, status) => this.requestLog.failed(error, request, status),
        onIdentified: this.requestLog.identified,
      },
      this.pool,
      state.config.logQuery ? loggingQueries(run, log) : run,
    )
  }

  private reloads(): Reloads {
    // What fails is in the log, and tried again.
    const schema = () => void this.reloadSchema().catch(() => {})
    const config = () => void this.reloadConfig().catch(() => {})
    return {
      schema,
      config,
      both: () => {
        if (!this.state.config.dbConfig) config() // otherwise it is read with the schema
        schema()
      },
      failed: (error: unknown) => this.log.say('error', `listening on the database failed: ${String(error)}`),
      notificationsLost: () => this.log.notice(notificationsLost),
    }
  }

  /** Why requests cannot be answered as they should be; null where they can. Where all connections are busy, the database is there. */
  private async notReady(): Promise<string | null> {
    const { failure: ofConfig } = this.configReload
    if (ofConfig !== null) return `The configuration could not be reloaded: ${ofConfig.message}`
    const { failure: ofSchema } = this.schemaReload
    if (ofSchema !== null) return `The schema could not be reloaded: ${ofSchema.message}`
    if (this.isDraining) return 'The server is ending: it answers the requests under way and takes no new ones.'
    return databaseProblem(this.pool, this.state.config)
  }

  private health(): Health {
    return {
      isLive: () => this.isDraining || [...this.listening].some(({ server }) => server.listening),
      notReady: () => this.notReady(),
      metrics: () => this.workerMetrics.ofAll(),
      config: () => dumpConfig(this.state.config),
      schemaCache: () => dumpSchemaCache(this.state.database.cache, this.state.config.dbSchemas),
    }
  }

  private metrics(): Metric[] {
    const sum = (count: (http: HttpServer) => number) =>
      [...this.listening].reduce((total, http) => total + count(http), 0)
    return [
      ...metricsOf(this.pool, this.state.authenticator, {
        size: this.state.config.dbPool,
        reloads: { configuration: this.configReload, schema: this.schemaReload },
        loadSeconds: this.loadSeconds,
        notificationsArrive: this.listener?.notificationsArrive ?? null,
        connections: sum(({ connections }) => connections()),
        responseBytes: this.streams.memory.heldBytes,
        bodyBytes: sum(({ bodyBytes }) => bodyBytes()),
      }),
      ...keySetMetrics(this.state.keys),
      ...this.traffic.metrics(),
      ...this.relationTraffic.metrics(),
      ...rateLimitMetrics(this.limiter),
      ...this.processMetrics.metrics(),
    ]
  }
}
