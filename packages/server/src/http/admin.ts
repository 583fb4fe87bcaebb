import { createServer, type Server } from 'node:http'
import { splitTarget } from '../http-message.js'

/** What the admin server tells. */
export interface Health {
  /** whether the API's own socket takes connections */
  isLive(): boolean
  /** why requests cannot be answered as they should be; null: they can */
  notReady(): Promise<string | null>
  metrics(): readonly Metric[]
  /** what is known of the database's schema, as JSON */
  schemaCache(): string
}

export interface Metric {
  readonly name: string
  readonly help: string
  readonly kind: 'gauge' | 'counter'
  readonly samples: readonly Sample[]
}

export interface Sample {
  /** in braces, or nothing */
  readonly labels: string
  readonly value: number
}

/** `/live`, `/ready`, `/metrics` and `/schema_cache` ("Admin Server" in PostgREST's manual), on a port of their own. */
export function createAdminServer(health: Health): Server {
  return createServer((request, response) => {
    void answer(health, splitTarget(request.url ?? '').path).then(
      ({ status, body, type = 'text/plain' }) => {
        response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8` })
        response.end(body)
      },
      () => response.destroy(),
    )
  })
}

async function answer(health: Health, path: string): Promise<{ status: number; body: string; type?: string }> {
  switch (path) {
    case '/live':
      return { status: health.isLive() ? 200 : 500, body: '' }
    case '/ready':
      return health.isLive() ? readiness(await health.notReady()) : { status: 500, body: '' }
    case '/metrics':
      return { status: 200, body: health.metrics().map(metricText).join('') }
    case '/schema_cache':
      return { status: 200, body: health.schemaCache(), type: 'application/json' }
    default:
      return { status: 404, body: '' }
  }
}

function readiness(problem: string | null): { status: number; body: string } {
  return problem === null ? { status: 200, body: '' } : { status: 503, body: `${problem}\n` }
}

/** Prometheus' text format. */
function metricText({ name, help, kind, samples }: Metric): string {
  const lines = samples.map(({ labels, value }) => `${name}${labels} ${value}\n`)
  return `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${lines.join('')}`
}
