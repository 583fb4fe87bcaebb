import type { Metric, Sample } from './metric.js'

/** Upper bounds of the buckets of the histogram of latencies, in seconds. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** What became of the requests so far. */
export class Traffic {
  private readonly answered = new Map<number, number>()
  private readonly refused = new Map<number, number>()
  private readonly buckets = new Array<number>(bounds.length + 1).fill(0)
  private seconds = 0
  private abandoned = 0
  dropped = 0
  cut = 0

  /** A request that was answered, or whose client left. */
  handled(status: number, milliseconds: number): void {
    if (status === clientLeft) {
      this.abandoned += 1
      return
    }
    add(this.answered, status)
    const seconds = milliseconds / 1000
    const bucket = bounds.findIndex((bound) => seconds <= bound)
    const index = bucket === -1 ? bounds.length : bucket
    this.buckets[index] = (this.buckets[index] ?? 0) + 1
    this.seconds += seconds
  }

  /** A request that was not read as a whole. */
  refusedWith(status: number): void {
    if (status === clientLeft) this.abandoned += 1
    else add(this.refused, status)
  }

  metrics(): Metric[] {
    return [
      counter('rolecast_http_requests_total', 'Requests that were answered', byStatus(this.answered)),
      counter(
        'rolecast_http_refused_total',
        'Requests that were refused before they were read',
        byStatus(this.refused),
      ),
      counter('rolecast_http_abandoned_total', 'Requests whose client left', [{ labels: '', value: this.abandoned }]),
      counter('rolecast_http_connections_dropped_total', 'Connections that were one too many', [
        { labels: '', value: this.dropped },
      ]),
      counter('rolecast_http_cut_total', 'Responses that could not be sent to their end', [
        { labels: '', value: this.cut },
      ]),
      {
        name: 'rolecast_http_request_duration_seconds',
        help: 'Seconds from the headers of a request to its answer',
        kind: 'histogram',
        samples: this.histogram(),
      },
    ]
  }

  private histogram(): Sample[] {
    let count = 0
    const samples = this.buckets.map((value, index): Sample => {
      count += value
      return { suffix: '_bucket', labels: `{le="${bounds[index] ?? '+Inf'}"}`, value: count }
    })
    return [
      ...samples,
      { suffix: '_sum', labels: '', value: this.seconds },
      { suffix: '_count', labels: '', value: count },
    ]
  }
}

const clientLeft = 499

function add(counts: Map<number, number>, status: number): void {
  counts.set(status, (counts.get(status) ?? 0) + 1)
}

function byStatus(counts: ReadonlyMap<number, number>): Sample[] {
  return [...counts].sort(([a], [b]) => a - b).map(([status, value]) => ({ labels: `{status="${status}"}`, value }))
}

function counter(name: string, help: string, samples: readonly Sample[]): Metric {
  return { name, help, kind: 'counter', samples }
}
