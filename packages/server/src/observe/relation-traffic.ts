import { splitTarget } from '../http-message.js'
import type { SchemaCache } from '../schema-cache/schema-cache.js'
import type { Metric, Sample } from './metric.js'

/** Upper bounds of the buckets of the histograms, in seconds: few, since each relation and method has its own. */
const bounds = [0.005, 0.025, 0.1, 0.5, 2.5, 10]

const methods = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS'])

/** Everything that is not told apart: what does not exist, and what came when there were enough names. */
const other = 'other'

interface Latency {
  readonly buckets: number[]
  seconds: number
}

/** Requests by method, relation or function, and status. Names are those of the schema alone, and so many at most. */
export class RelationTraffic {
  private readonly answered = new Map<string, number>()
  private readonly latencies = new Map<string, Latency>()
  private readonly names = new Set<string>()

  /** @param most names that are told apart; 0: there are no such metrics */
  constructor(private readonly most: number) {}

  handled(known: ReadonlySet<string>, method: string, target: string, status: number, milliseconds: number): void {
    if (this.most === 0) return
    const labels = `method="${methods.has(method) ? method : other}",relation="${this.labelOf(known, target)}"`
    const counted = `{${labels},status="${status}"}`
    this.answered.set(counted, (this.answered.get(counted) ?? 0) + 1)
    const latency = this.latencies.get(labels) ?? { buckets: new Array<number>(bounds.length + 1).fill(0), seconds: 0 }
    const bucket = bounds.findIndex((bound) => milliseconds <= bound * 1000)
    const index = bucket === -1 ? bounds.length : bucket
    latency.buckets[index] = (latency.buckets[index] ?? 0) + 1
    latency.seconds += milliseconds / 1000
    this.latencies.set(labels, latency)
  }

  metrics(): Metric[] {
    if (this.most === 0) return []
    return [
      {
        name: 'rolecast_http_relation_requests_total',
        help: 'Requests that were answered, by relation or function',
        kind: 'counter',
        samples: [...this.answered].map(([labels, value]) => ({ labels, value })),
      },
      {
        name: 'rolecast_http_relation_duration_seconds',
        help: 'Seconds from the headers of a request to its answer, by relation or function',
        kind: 'histogram',
        samples: [...this.latencies].flatMap(([labels, latency]) => histogram(labels, latency)),
      },
    ]
  }

  private labelOf(known: ReadonlySet<string>, target: string): string {
    const name = splitTarget(target).path.slice(1)
    if (name === '') return '/'
    if (!known.has(name)) return other
    if (!this.names.has(name) && this.names.size >= this.most) return other
    this.names.add(name)
    return escaped(name)
  }
}

function histogram(labels: string, { buckets, seconds }: Latency): Sample[] {
  let count = 0
  const samples = buckets.map((value, index): Sample => {
    count += value
    return { suffix: '_bucket', labels: `{${labels},le="${bounds[index] ?? '+Inf'}"}`, value: count }
  })
  const ofAll = `{${labels}}`
  return [
    ...samples,
    { suffix: '_sum', labels: ofAll, value: seconds },
    { suffix: '_count', labels: ofAll, value: count },
  ]
}

/** As label values are written in Prometheus' text format. */
function escaped(name: string): string {
  return name.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

const namesOf = new WeakMap<SchemaCache, ReadonlySet<string>>()

/** What paths may name: `orders` and `rpc/total`, as it stands in a path, so names that need percent-encoding are not among them. */
export function pathNames(cache: SchemaCache, schemas: readonly string[]): ReadonlySet<string> {
  const known = namesOf.get(cache)
  if (known !== undefined) return known
  const relations = [...cache.relations.values()].filter(({ schema }) => schemas.includes(schema))
  const routines = [...cache.routines.values()].flat().filter(({ schema }) => schemas.includes(schema))
  const names = new Set([...relations.map(({ name }) => name), ...routines.map(({ name }) => `rpc/${name}`)])
  namesOf.set(cache, names)
  return names
}
