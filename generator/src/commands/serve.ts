import cluster from 'node:cluster'
import { UnsupportedVersionError } from '@rolecast/catalog'
import {
  ConfigError,
  ConnectionFailedError,
  createServer,
  KeySetError,
  ListenError,
  reloadOnSignals,
  type Server,
  serveOnAllCores,
} from '@rolecast/server'
import type { Command } from 'commander'
import { exitCodes, ProcessFailed, UnreachableError, UsageError } from '../errors.js'
import { reasonOf } from '../input/reason.js'
import { type Progress, progressTo } from '../progress.js'

const help = `
The file is a PostgREST configuration as it is (postgrest.conf); PGRST_* environment variables are stronger than it.
Without a file the environment says everything:

  PGRST_DB_URI=postgresql://authenticator@localhost/shop PGRST_DB_SCHEMAS=api PGRST_DB_ANON_ROLE=anon rolecast serve

SIGTERM and SIGINT end it after the requests under way; SIGUSR1 reads the schema anew, SIGUSR2 the configuration.

Exit codes: 0 ended; 2 wrong use or configuration; 3 the database, or the URL of jwt-secret, cannot be
reached or refuses.`

export function addServe(program: Command): Command {
  return program
    .command('serve')
    .summary('serve the API over HTTP')
    .argument('[file]', 'configuration in the format of postgrest.conf')
    .option('--processes <number>', 'processes that share the port', processCount, 1)
    .option('--allow-insecure-secret', 'take a jwt-secret that is short or published: for tests only')
    .addHelpText('after', help)
    .action(async (file: string | undefined, { processes, allowInsecureSecret = false }: ServeOptions) => {
      const progress = progressTo(process.stderr)
      const source: Source = { file, allowInsecureSecret }
      await (processes === 1 ? serve(source, progress) : serveInProcesses(processes, source, progress))
    })
}

interface ServeOptions {
  readonly processes: number
  readonly allowInsecureSecret?: boolean
}

/** Where a server has its configuration from. */
interface Source {
  readonly file: string | undefined
  readonly allowInsecureSecret: boolean
}

function processCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 256)
    throw new UsageError('--processes takes a number from 1 to 256.')
  return count
}

/** Each has its own connections: `db-pool` counts for one of them. */
async function serveInProcesses(workers: number, source: Source, progress: Progress): Promise<void> {
  const onRestart = (reason: string, delay: number) =>
    progress.say(`a server process ${reason}; it is started again in ${delay / 1000} s`)
  const isFinal = (code: number) => code === exitCodes.usage || code === exitCodes.unreachable
  const work = async () => {
    try {
      await serve(source, progress)
    } finally {
      cluster.worker?.disconnect() // the channel to the first process would keep this one alive
    }
  }
  const exitCode = await serveOnAllCores(work, { workers, onRestart, isFinal })
  if (exitCode !== 0) throw new ProcessFailed('a server process could not start; see above.', exitCode)
}

async function serve(source: Source, progress: Progress): Promise<void> {
  const ending = signalToEnd()
  const starting = start(source)
  reloadOnSignals(starting)
  const server = await Promise.race([starting, ending])
  if (typeof server === 'string') {
    progress.say(`ended before the server had started (${server})`)
    process.exit(0) // what waits for the database would go on
  }
  // Of several processes one says what all are.
  if (cluster.isPrimary || cluster.worker?.id === 1) for (const line of server.startLines) progress.say(line)
  const { serverHost, serverPort, serverUnixSocket } = server.config
  try {
    const port = await server.listen()
    progress.say(`listening on ${serverUnixSocket ?? `${serverHost}:${port}`}`)
  } catch (error) {
    await server.close()
    const place = serverUnixSocket ?? `${serverHost}:${serverPort}`
    throw new UsageError(
      error instanceof ListenError ? error.message : `Cannot listen on ${place}: ${(error as Error).message}`,
      { cause: error },
    )
  }
  progress.say(`ending after the requests under way (${await ending})`)
  await server.close()
}

/**
 * Later ones change nothing: a terminal signals each of its processes, and npm and others hand the signal on besides, so
 * that one Ctrl-C comes twice.
 */
function signalToEnd(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, resolve)
  })
}

async function start({ file, allowInsecureSecret }: Source): Promise<Server> {
  try {
    return await createServer({
      ...(file !== undefined && { configFile: file }),
      ...(allowInsecureSecret && { jwtAllowInsecureSecret: true }),
      env: process.env,
    })
  } catch (error) {
    if (error instanceof ListenError) throw new UsageError(error.message, { cause: error })
    if (error instanceof ConfigError) throw new UsageError(error.message, { cause: error })
    if (error instanceof KeySetError) throw new UnreachableError(error.message, { cause: error })
    if (error instanceof ConnectionFailedError || error instanceof UnsupportedVersionError) {
      const reason = reasonOf(error.cause ?? error)
      throw new UnreachableError(`Cannot use the database of db-uri: ${reason}`, { cause: error })
    }
    throw error
  }
}
