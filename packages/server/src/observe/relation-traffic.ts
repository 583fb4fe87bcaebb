import { splitTarget } from '../http-message.js'
import type { SchemaCache } from '../schema-cache/schema-cache.js'
import type { Metric, Sample } from './metric.js'

/** Upper bounds of the buckets of the histograms, in seconds: few, since each relation and method has its own. */
const bounds = [0.005, 0.025, 0.1, 0.5, 2.5, 10]

const methods = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS'])

/** Everything that is not told apart: what does not exist, and what came when there were enough names. */
const other = 'other'

/** What became of the requests of one method to one relation. */
interface Series {
  readonly labels: string
  readonly answered: Map<number, number>
  readonly buckets: number[]
  seconds: number
}

/** Requests by method, relation or function, and status. Names are those of the schema alone, and so many at most. */
export class RelationTraffic {
  /** by method, then by relation: no text is made for a request */
  private readonly series = new Map<string, Map<string, Series>>()
  private readonly names = new Set<string>()

  /** @param most names that are told apart; 0: there are no such metrics */
  constructor(private readonly most: number) {}

  handled(known: ReadonlySet<string>, method: string, target: string, status: number, milliseconds: number): void {
    if (this.most === 0) return
    const series = this.seriesOf(methods.has(method) ? method : other, this.nameOf(known, target))
    series.answered.set(status, (series.answered.get(status) ?? 0) + 1)
    const bucket = bounds.findIndex((bound) => milliseconds <= bound * 1000)
    const index = bucket === -1 ? bounds.length : bucket
    series.buckets[index] = (series.buckets[index] ?? 0) + 1
    series.seconds += milliseconds / 1000
  }

  metrics(): Metric[] {
    if (this.most === 0) return []
    const all = [...this.series.values()].flatMap((ofMethod) => [...ofMethod.values()])
    return [
      {
        name: 'rolecast_http_relation_requests_total',
        help: 'Requests that were answered, by relation or function',
        kind: 'counter',
        samples: all.flatMap(({ labels, answered }) =>
          [...answered].map(([status, value]) => ({ labels: `{${labels},status="${status}"}`, value })),
        ),
      },
      {
        name: 'rolecast_http_relation_duration_seconds',
        help: 'Seconds from the headers of a request to its answer, by relation or function',
        kind: 'histogram',
        samples: all.flatMap(histogram),
      },
    ]
  }

  private seriesOf(method: string, name: string): Series {
    const ofMethod = this.series.get(method) ?? new Map<string, Series>()
    const known = ofMethod.get(name)
    if (known !== undefined) return known
    const labels = `method="${method}",relation="${escaped(name)}"`
    const buckets = new Array<number>(bounds.length + 1).fill(0)
    const series: Series = { labels, answered: new Map(), buckets, seconds: 0 }
    this.series.set(method, ofMethod.set(name, series))
    return series
  }

  private nameOf(known: ReadonlySet<string>, target: string): string {
    const name = splitTarget(target).path.slice(1)
    if (name === '') return '/'
    if (!known.has(name)) return other
    if (!this.names.has(name) && this.names.size >= this.most) return other
    this.names.add(name)
    return name
  }
}

function histogram({ labels, buckets, seconds }: Series): Sample[] {
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
