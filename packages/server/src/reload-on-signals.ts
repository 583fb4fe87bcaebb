import type { Server } from './server.js'

/**
 * SIGUSR1 reads the schema anew, SIGUSR2 the configuration, as PostgREST does. For the program that runs one server.
 * @returns takes the handlers away again
 */
export function reloadOnSignals(server: Server): () => void {
  const schema = () => void server.reloadSchema().catch(() => {})
  const config = () => void server.reloadConfig().catch(() => {})
  process.on('SIGUSR1', schema)
  process.on('SIGUSR2', config)
  return () => {
    process.off('SIGUSR1', schema)
    process.off('SIGUSR2', config)
  }
}
