import type { Config } from './config/config.js'
import type { LogWriter } from './observe/log-lines.js'
import type { RateLimitStore } from './rate-limit/rate-limit-store.js'

export interface Server {
  readonly config: Config
  /** versions, database, roles and limits, in a few lines for a log */
  readonly startLines: readonly string[]
  /**
   * Answers on a TCP port; resolves to the port, which is a free one for 0.
   * @throws ListenError where the API or the admin server cannot listen (EADDRINUSE, EACCES)
   */
  listen(port?: number, host?: string): Promise<number>
  /** Answers one request without a socket; what goes wrong is a response, too. Its signal cancels it, which is a 499. */
  fetch(request: Request): Promise<Response>
  /**
   * For tests: a transaction that many requests share, and that is rolled back in the end. A request that fails undoes
   * its own work only. It holds one of the pool's connections.
   * @throws Error where none could be opened, or became free in time
   */
  testTransaction(): Promise<TestTransaction>
  /**
   * Reads the database's schema anew, as SIGUSR1 and `NOTIFY pgrst, 'reload schema'` make it do.
   * @throws ConnectionFailedError, and what PostgreSQL says; what was known then stays in use
   */
  reloadSchema(): Promise<void>
  /**
   * Reads the configuration anew, as far as it can change while running.
   * @throws ConfigError for values that cannot be used, ConnectionFailedError; the old ones then stay in use
   */
  reloadConfig(): Promise<void>
  /** Ends listening and gives the database's connections back. */
  close(): Promise<void>
}

/** Requests that see each other's writes, of which nothing is left in the end. */
export interface TestTransaction extends AsyncDisposable {
  /** Answers one request, as `fetch` of the server does, after those that came before it. */
  fetch(request: Request): Promise<Response>
  /**
   * Runs one statement as the role that the server connects as: to prepare rows, or to look. Columns come as text.
   * @throws Error with PostgreSQL's message and its SQLSTATE as `code`
   */
  query(text: string, values?: readonly string[]): Promise<readonly (readonly (string | null)[])[]>
  rollback(): Promise<void>
}

/** Keys of the configuration in camel case; what is left out has PostgREST's defaults. */
export interface ServerOptions extends Partial<Config> {
  /** a configuration file in PostgREST's format; the keys given here are stronger */
  readonly configFile?: string
  /** where `PGRST_*` variables are read; none are unless given */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** where log lines go: stderr unless given */
  readonly log?: LogWriter
  /** where the buckets of server-rate-limit are, for several processes to share; in memory unless given */
  readonly rateLimitStore?: RateLimitStore
}
