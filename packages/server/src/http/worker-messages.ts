import { randomUUID } from 'node:crypto'
import type { Metric } from '../observe/metric.js'

/** In the environment of workers whose first process is `serveOnAllCores`. */
export const workerVariable = 'ROLECAST_WORKER'

/** What workers and their first process tell each other, so that each worker can tell the metrics of all. */
export type WorkerMessage =
  | { readonly rolecast: 'ask-own' | 'ask-sum'; readonly id: string }
  | { readonly rolecast: 'own' | 'sum'; readonly id: string; readonly metrics: readonly Metric[] }

export function isWorkerMessage(message: unknown): message is WorkerMessage {
  return typeof message === 'object' && message !== null && 'rolecast' in message && 'id' in message
}

/** Milliseconds that the others have to tell theirs. */
export const patience = 1_000

/** A worker's side: tells its metrics when asked, and asks for those of all. */
export class WorkerMetrics {
  private readonly asked = new Map<string, (metrics: readonly Metric[]) => void>()
  private readonly isWorker = process.env[workerVariable] !== undefined

  constructor(private readonly own: () => readonly Metric[]) {
    if (this.isWorker) process.on('message', this.receive)
  }

  close(): void {
    process.off('message', this.receive)
  }

  /** Of all workers; of this process alone where it has no others, or these do not answer. */
  async ofAll(): Promise<readonly Metric[]> {
    if (!this.isWorker || process.connected !== true) return this.own()
    const id = randomUUID()
    const sum = await new Promise<readonly Metric[] | null>((resolve) => {
      const timer = setTimeout(() => resolve(null), 2 * patience)
      this.asked.set(id, (metrics) => {
        clearTimeout(timer)
        resolve(metrics)
      })
      process.send?.({ rolecast: 'ask-sum', id } satisfies WorkerMessage)
    })
    this.asked.delete(id)
    return sum ?? this.own()
  }

  private readonly receive = (message: unknown): void => {
    if (!isWorkerMessage(message)) return
    if (message.rolecast === 'sum') this.asked.get(message.id)?.(message.metrics)
    if (message.rolecast === 'ask-own' && process.connected)
      process.send?.({ rolecast: 'own', id: message.id, metrics: this.own() } satisfies WorkerMessage)
  }
}
