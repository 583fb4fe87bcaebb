import type { Server } from './server.js'

/**
 * SIGUSR1 reads the schema anew, SIGUSR2 the configuration, as PostgREST does. For the program that runs one server.
 * @param server may still be starting: what is asked meanwhile is done once it has started
 * @returns takes the handlers away again
 */
export function reloadOnSignals(server: Server | Promise<Server>): () => void {
  const schema = () => void reload(async () => (await server).reloadSchema())
  const config = () => void reload(async () => (await server).reloadConfig())
  process.on('SIGUSR1', schema)
  process.on('SIGUSR2', config)
  return () => {
    process.off('SIGUSR1', schema)
    process.off('SIGUSR2', config)
  }
}

/** The server tells its log what came of it; a start that failed is told to who waits for it. */
async function reload(work: () => Promise<void>): Promise<void> {
  await work().catch(() => {})
}
