import { once } from 'node:events'
import { ConfigError, ConnectionFailedError, createServer, reloadOnSignals, type Server } from '@rolecast/server'
import type { Command } from 'commander'
import { UnreachableError, UsageError } from '../errors.js'
import { type Progress, progressTo } from '../progress.js'

const help = `
The file is a PostgREST configuration as it is (postgrest.conf); PGRST_* environment variables are stronger than it.
Without a file the environment says everything:

  PGRST_DB_URI=postgresql://authenticator@localhost/shop PGRST_DB_SCHEMAS=api PGRST_DB_ANON_ROLE=anon rolecast serve

SIGTERM and SIGINT end it after the requests under way; SIGUSR1 reads the schema anew, SIGUSR2 the configuration.

Exit codes: 0 ended; 2 wrong use or configuration; 3 the database cannot be reached or refuses.`

export function addServe(program: Command): Command {
  return program
    .command('serve')
    .summary('serve the API over HTTP')
    .argument('[file]', 'configuration in the format of postgrest.conf')
    .addHelpText('after', help)
    .action(async (file: string | undefined) => {
      await serve(file, progressTo(process.stderr))
    })
}

async function serve(file: string | undefined, progress: Progress): Promise<void> {
  const server = await start(file)
  reloadOnSignals(server)
  const { serverHost } = server.config
  try {
    const port = await server.listen()
    progress.say(`listening on ${serverHost}:${port}`)
  } catch (error) {
    await server.close()
    throw new UsageError(`Cannot listen on ${serverHost}:${server.config.serverPort}: ${(error as Error).message}`, {
      cause: error,
    })
  }
  const signal = await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  progress.say(`ending after the requests under way (${signal.length > 0 ? String(signal[0]) : 'signal'})`)
  await server.close()
}

async function start(file: string | undefined): Promise<Server> {
  try {
    return await createServer({ ...(file !== undefined && { configFile: file }), env: process.env })
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message, { cause: error })
    if (error instanceof ConnectionFailedError) throw new UnreachableError(error.message, { cause: error })
    throw error
  }
}
