import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import type { Metric } from './metric.js'

const resolution = 20

/** How this process is: its memory, and how late its event loop comes. */
export class ProcessMetrics {
  private readonly delay: IntervalHistogram = monitorEventLoopDelay({ resolution })

  constructor() {
    this.delay.enable()
  }

  close(): void {
    this.delay.disable()
  }

  /** The delay is that since the last time it was asked. */
  metrics(): Metric[] {
    const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - resolution / 1000) || 0
    const samples = [
      { labels: '{quantile="0.5"}', value: late(this.delay.percentile(50)) },
      { labels: '{quantile="0.99"}', value: late(this.delay.percentile(99)) },
      { labels: '{quantile="1"}', value: late(this.delay.max) },
    ]
    this.delay.reset()
    const { rss, heapUsed, external } = process.memoryUsage()
    const gauge = (name: string, help: string, value: number): Metric => ({
      name,
      help,
      kind: 'gauge',
      samples: [{ labels: '', value }],
    })
    return [
      {
        name: 'rolecast_event_loop_delay_seconds',
        help: 'How late the event loop came since the last look',
        kind: 'gauge',
        samples,
        together: 'maximum',
      },
      gauge('process_resident_memory_bytes', 'Memory of the process', rss),
      gauge('rolecast_heap_bytes', 'Memory of JavaScript values', heapUsed),
      gauge('rolecast_external_memory_bytes', 'Memory of buffers', external),
    ]
  }
}
