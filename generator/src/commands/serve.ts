import cluster from 'node:cluster'
import { UnsupportedVersionError } from '@rolecast/catalog'
import {
  ConfigError,
  ConnectionFailedError,
  createServer,
  dumpConfig,
  exampleConfig,
  KeySetError,
  ListenError,
  readConfig,
  readSchemaDump,
  reloadOnSignals,
  type Server,
  serveOnAllCores,
} from '@rolecast/server'
import type { Command } from 'commander'
import { exitCodes, ProcessFailed, UnreachableError, UsageError } from '../errors.js'
import { reasonOf } from '../input/reason.js'
import { type Progress, progressTo } from '../progress.js'
import { checkReady } from './check-ready.js'

const help = `
The file is a PostgREST configuration as it is (postgrest.conf); PGRST_* environment variables are stronger than it.
Without a file the environment says everything:

  PGRST_DB_URI=postgresql://authenticator@localhost/shop PGRST_DB_SCHEMAS=api PGRST_DB_ANON_ROLE=anon rolecast serve

SIGTERM and SIGINT end it after the requests under way; SIGUSR1 reads the schema anew, SIGUSR2 the configuration.

Exit codes: 0 ended; 1 not ready (--ready); 2 wrong use or configuration; 3 the database, or the URL of jwt-secret, cannot be
reached or refuses.`

export function addServe(program: Command): Command {
  return program
    .command('serve')
    .summary('serve the API over HTTP')
    .argument('[file]', 'configuration in the format of postgrest.conf')
    .option('--processes <number>', 'processes that share the port', processCount, 1)
    .option('--allow-insecure-secret', 'take a jwt-secret that is short or published: for tests only')
    .option('--strict-config', 'end with exit code 2 where the configuration gives a warning')
    .option('--dump-config', 'print the configuration without its secrets, and end')
    .option('--dump-schema', 'print what a server knows of the schema as JSON, and end')
    .option('--example', 'print a configuration file with every key and its default, and end')
    .option('--ready', 'ask the admin server of a running server whether it is ready, and end with 0 or 1')
    .addHelpText('after', help)
    .action(async (file: string | undefined, options: ServeOptions) => {
      const { processes, allowInsecureSecret = false } = options
      const progress = progressTo(process.stderr)
      const source: Source = { file, allowInsecureSecret }
      if (options.example === true) {
        process.stdout.write(exampleConfig())
        return
      }
      if (options.strictConfig || options.dumpConfig || options.dumpSchema || options.ready) {
        const { config, warnings } = await read(source, options.ready === true)
        if (options.strictConfig && warnings.length > 0) throw new UsageError(warnings.join('\n'))
        if (options.ready) return checkReady(config, (line) => progress.say(line))
        if (options.dumpConfig) process.stdout.write(dumpConfig(config))
        if (options.dumpSchema) process.stdout.write(`${await explained(() => readSchemaDump(config))}\n`)
        if (options.dumpConfig || options.dumpSchema) return
      }
      await (processes === 1 ? serve(source, progress) : serveInProcesses(processes, source, progress))
    })
}

interface ServeOptions {
  readonly processes: number
  readonly allowInsecureSecret?: boolean
  readonly strictConfig?: boolean
  readonly dumpConfig?: boolean
  readonly dumpSchema?: boolean
  readonly example?: boolean
  readonly ready?: boolean
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

/** The configuration as a server reads it. Who asks whether a server is ready need not reach the database. */
function read({ file, allowInsecureSecret }: Source, withoutDatabase: boolean): ReturnType<typeof readConfig> {
  const overrides = {
    ...(allowInsecureSecret && { jwtAllowInsecureSecret: true }),
    ...(withoutDatabase && { dbConfig: false }),
  }
  return explained(() => readConfig({ file, env: process.env, overrides }))
}

function start({ file, allowInsecureSecret }: Source): Promise<Server> {
  return explained(() =>
    createServer({
      ...(file !== undefined && { configFile: file }),
      ...(allowInsecureSecret && { jwtAllowInsecureSecret: true }),
      env: process.env,
    }),
  )
}

/** What goes wrong with the configuration or the database as the command says it, with its exit code. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
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
