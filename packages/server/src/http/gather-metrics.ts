import cluster, { type Worker } from 'node:cluster'
import { type Metric, togetherOf } from '../observe/metric.js'
import { isWorkerMessage, patience, type WorkerMessage } from './worker-messages.js'

interface Gathering {
  readonly metrics: (readonly Metric[])[]
  readonly missing: Set<number>
  finish(): void
}

/** The first process's side: answers workers that ask for the metrics of all. */
export class MetricsGatherer {
  private readonly underWay = new Map<string, Gathering>()

  receive(from: Worker, message: unknown): void {
    if (!isWorkerMessage(message)) return
    if (message.rolecast === 'ask-sum') this.gather(from, message.id)
    if (message.rolecast !== 'own') return
    const gathering = this.underWay.get(message.id)
    if (gathering?.missing.delete(from.id) !== true) return
    gathering.metrics.push(message.metrics)
    if (gathering.missing.size === 0) gathering.finish()
  }

  private gather(asker: Worker, id: string): void {
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected() === true)
    const timer = setTimeout(() => gathering.finish(), patience)
    const gathering: Gathering = {
      metrics: [],
      missing: new Set(workers.flatMap((worker) => worker?.id ?? [])),
      finish: () => {
        clearTimeout(timer)
        this.underWay.delete(id)
        const metrics = togetherOf(gathering.metrics)
        if (asker.isConnected()) asker.send({ rolecast: 'sum', id, metrics } satisfies WorkerMessage)
      },
    }
    this.underWay.set(id, gathering)
    for (const worker of workers) worker?.send({ rolecast: 'ask-own', id } satisfies WorkerMessage)
  }
}
