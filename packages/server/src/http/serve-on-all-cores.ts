import cluster, { type Worker } from 'node:cluster'
import { availableParallelism } from 'node:os'

export interface ClusterOptions {
  /** processes; as many as there are cores unless given */
  readonly workers?: number
  /** hears of a worker that ended by itself and has been replaced */
  readonly onRestart?: (exitCode: number) => void
}

/** How soon after its start a worker may end without this being taken for a failure to start, in milliseconds. */
const steady = 5_000

/**
 * One process a core on one port: the first process starts the same program again as workers, hands signals on to them
 * and replaces those that end; a worker runs `work`, which listens. Nothing is shared but PostgreSQL.
 *
 * @returns in the first process when all workers have ended; the exit code of one that could not start, else 0
 */
export async function serveOnAllCores(work: () => Promise<void>, options: ClusterOptions = {}): Promise<number> {
  if (!cluster.isPrimary) {
    await work()
    return 0
  }
  const { workers = availableParallelism(), onRestart } = options
  let ending = false
  let exitCode = 0
  const forward = (signal: NodeJS.Signals) => {
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal)
  }
  const end = (signal: NodeJS.Signals) => {
    ending = true
    forward(signal)
  }
  const handlers = [
    ['SIGTERM', end],
    ['SIGINT', end],
    ['SIGUSR1', forward],
    ['SIGUSR2', forward],
  ] as const
  for (const [signal, handler] of handlers) process.on(signal, handler)
  const start = (): Promise<void> =>
    new Promise((resolve) => {
      const startedAt = Date.now()
      const worker: Worker = cluster.fork()
      worker.once('exit', (code) => {
        if (ending) return resolve()
        if (Date.now() - startedAt < steady) {
          exitCode = code || 1
          end('SIGTERM')
          return resolve()
        }
        onRestart?.(code)
        resolve(start())
      })
    })
  await Promise.all(Array.from({ length: workers }, start))
  for (const [signal, handler] of handlers) process.off(signal, handler)
  return exitCode
}
