import { createServer, type Server } from 'node:http'
import { splitTarget } from '../http-message.js'
import { type Metric, metricText } from '../observe/metric.js'

/** What the admin server tells. */
export interface Health {
  /** whether the process should go on: it starts, answers, or ends after the requests under way */
  isLive(): boolean
  /** why requests cannot be answered as they should be; null: they can */
  notReady(): Promise<string | null>
  metrics(): Promise<readonly Metric[]>
  /** what is known of the database's schema, as JSON */
  schemaCache(): string
  /** the configuration without its secrets, as a file has it */
  config(): string
}

/** `/live`, `/ready`, `/metrics`, `/config` and `/schema_cache` ("Admin Server" in PostgREST's manual), on a port of their own. */
export function createAdminServer(health: () => Health): Server {
  return createServer((request, response) => {
    void answer(health(), splitTarget(request.url ?? '').path).then(
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
      return { status: 200, body: (await health.metrics()).map(metricText).join('') }
    case '/schema_cache':
      return { status: 200, body: health.schemaCache(), type: 'application/json' }
    case '/config':
      return { status: 200, body: health.config() }
    default:
      return { status: 404, body: '' }
  }
}

function readiness(problem: string | null): { status: number; body: string } {
  return problem === null ? { status: 200, body: '' } : { status: 503, body: `${problem}\n` }
}
