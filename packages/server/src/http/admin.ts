import { createServer, type Server } from 'node:http'

/** What the admin server tells. */
export interface Health {
  /** whether the API's own socket takes connections */
  isLive(): boolean
  /** whether requests can be answered: schema read, database there */
  isReady(): Promise<boolean>
  metrics(): readonly Metric[]
}

export interface Metric {
  readonly name: string
  readonly help: string
  readonly kind: 'gauge' | 'counter'
  readonly value: number
}

/** `/live`, `/ready` and `/metrics` ("Admin Server" in PostgREST's manual), on a port of their own. */
export function createAdminServer(health: Health): Server {
  return createServer((request, response) => {
    void answer(health, (request.url ?? '').split('?', 1)[0] ?? '').then(
      ({ status, body }) => {
        response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
        response.end(body)
      },
      () => response.destroy(),
    )
  })
}

async function answer(health: Health, path: string): Promise<{ status: number; body: string }> {
  switch (path) {
    case '/live':
      return { status: health.isLive() ? 200 : 500, body: '' }
    case '/ready':
      return { status: !health.isLive() ? 500 : (await health.isReady()) ? 200 : 503, body: '' }
    case '/metrics':
      return { status: 200, body: health.metrics().map(metricText).join('') }
    default:
      return { status: 404, body: '' }
  }
}

/** Prometheus' text format. */
function metricText({ name, help, kind, value }: Metric): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${name} ${value}\n`
}
