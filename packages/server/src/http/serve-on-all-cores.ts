import cluster, { type Worker } from 'node:cluster'
import { availableParallelism } from 'node:os'
import { MetricsGatherer } from './gather-metrics.js'
import { workerVariable } from './worker-messages.js'

export interface ClusterOptions {
  /** processes; as many as there are cores unless given */
  readonly workers?: number
  /** hears of a worker that ended by itself, why, and in how many milliseconds it is started again */
  readonly onRestart?: (reason: string, delay: number) => void
  /** whether a worker that ends with this code before any has listened will never start; any but 0 unless given */
  readonly isFinal?: (exitCode: number) => boolean
}

const minDelay = 100
const maxDelay = 10_000
/** A worker that has run for so long begins anew with the shortest delay, in milliseconds. */
const steady = 10_000

/**
 * One process a core on one port: the first process starts the same program again as workers, hands signals on to them
 * and replaces those that end, with a pause that grows; a worker runs `work`, which listens. Nothing is shared but
 * PostgreSQL.
 *
 * @returns in the first process when all workers have ended; the exit code of one that could not start, else 0
 */
export async function serveOnAllCores(work: () => Promise<void>, options: ClusterOptions = {}): Promise<number> {
  if (cluster.isPrimary) return new Workers(options).run()
  await work()
  return 0
}

/** Whether Node can be told that SIGUSR1 opens no debugger, so that it does not before the program is loaded. */
const closedToDebuggers = '--disable-sigusr1'

class Workers {
  private readonly metrics = new MetricsGatherer()
  private readonly online = new Set<Worker>()
  private readonly pauses = new Map<NodeJS.Timeout, () => void>()
  private hasListened = false
  private isEnding = false
  private exitCode = 0

  constructor(private readonly options: ClusterOptions) {}

  async run(): Promise<number> {
    const handlers = [
      ['SIGTERM', (signal: NodeJS.Signals) => this.end(signal)],
      ['SIGINT', (signal: NodeJS.Signals) => this.end(signal)],
      ['SIGUSR1', (signal: NodeJS.Signals) => this.forward(signal)],
      ['SIGUSR2', (signal: NodeJS.Signals) => this.forward(signal)],
    ] as const
    for (const [signal, handler] of handlers) process.on(signal, handler)
    if (process.allowedNodeEnvironmentFlags.has(closedToDebuggers))
      cluster.setupPrimary({ execArgv: [...process.execArgv, closedToDebuggers] })
    const { workers = availableParallelism() } = this.options
    await Promise.all(Array.from({ length: workers }, () => this.keep()))
    // The last ones stay: without a handler, these signals open a debugger and end the process.
    for (const [signal, handler] of handlers.slice(0, 2)) process.off(signal, handler)
    return this.exitCode
  }

  /** Keeps one worker running until the end. */
  private async keep(): Promise<void> {
    for (let delay = minDelay; !this.isEnding; delay = Math.min(delay * 2, maxDelay)) {
      const begun = Date.now()
      const { code, signal } = await this.runOne()
      if (this.isEnding) return
      if (signal === null && !this.hasListened && this.isFinal(code)) {
        this.exitCode = code
        this.end('SIGTERM')
        return
      }
      if (Date.now() - begun > steady) delay = minDelay
      this.options.onRestart?.(signal === null ? `ended with ${code}` : `was ended by ${signal}`, delay)
      await this.pause(delay)
    }
  }

  private isFinal(code: number): boolean {
    return this.options.isFinal?.(code) ?? code !== 0
  }

  private runOne(): Promise<{ code: number; signal: string | null }> {
    const worker = cluster.fork({ [workerVariable]: '1' })
    worker.on('online', () => this.online.add(worker))
    worker.on('listening', () => {
      this.hasListened = true
    })
    worker.on('message', (message: unknown) => this.metrics.receive(worker, message))
    worker.on('error', () => {}) // its channel is closed; that it ends is told below
    return new Promise((resolve) => {
      worker.on('exit', (code, signal: string | null) => {
        this.online.delete(worker)
        resolve({ code, signal: signal || null })
      })
    })
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.pauses.delete(timer)
        resolve()
      }, milliseconds)
      this.pauses.set(timer, resolve)
    })
  }

  private end(signal: NodeJS.Signals): void {
    this.isEnding = true
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal)
    for (const [timer, resolve] of this.pauses) {
      clearTimeout(timer)
      resolve()
    }
  }

  /** One that is not there yet reads everything anyway. */
  private forward(signal: NodeJS.Signals): void {
    for (const worker of this.online) worker.process.kill(signal)
  }
}
