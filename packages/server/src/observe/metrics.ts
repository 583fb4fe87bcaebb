import type { Authenticator } from '../authenticate/authenticator.js'
import type { Pool } from '../postgres/pool.js'
import type { Metric, Sample } from './metric.js'

export interface Counts {
  /** connections that the pool may have */
  readonly size: number
  /** what is read anew while the server runs */
  readonly reloads: Readonly<Record<'configuration' | 'schema', Reload>>
  /** seconds that reading it took the last time */
  readonly loadSeconds: number
  /** whether notifications of the database arrive; null: they are not wanted */
  readonly notificationsArrive: boolean | null
  /** of clients, and bytes that their bodies take */
  readonly connections: number
  readonly bodyBytes: number
  /** that slow clients have yet to take */
  readonly responseBytes: number
}

/** How often something was read anew since the start, and whether the last try failed. */
export interface Reload {
  readonly successes: number
  readonly failures: number
  readonly failure: object | null
}

/** What `/metrics` tells, under PostgREST's names ("Metrics" in its manual). */
export function metricsOf(pool: Pool, { cached, cacheCounts }: Authenticator, counts: Counts): Metric[] {
  const { size, reloads, loadSeconds, notificationsArrive, connections, bodyBytes, responseBytes } = counts
  return [
    gauge('pgrst_db_pool_max', 'Connections that the pool may have', size),
    gauge('pgrst_db_pool_available', 'Connections of the pool that are free', pool.idleCount),
    gauge('pgrst_db_pool_waiting', 'Requests that wait for a connection', pool.waitingCount),
    counter('pgrst_db_pool_timeouts_total', 'Requests that waited for a connection in vain', one(pool.timeoutCount)),
    gauge('rolecast_http_connections', 'Connections of clients', connections),
    gauge('rolecast_http_body_bytes', 'Memory that the bodies of requests take', bodyBytes),
    gauge('rolecast_http_response_bytes', 'Memory of bodies that slow clients have yet to take', responseBytes),
    gauge('rolecast_db_pool_connections', 'Connections that are open', pool.size),
    counter('rolecast_db_pool_refused_total', 'Requests that found too many others waiting', one(pool.refusedCount)),
    counter(
      'rolecast_db_cancelled_total',
      'Statements that were cancelled since their client left',
      one(pool.cancelledCount),
    ),
    counter('rolecast_db_connections_dead_total', 'Connections that died without a word', one(pool.deadCount)),
    ...(notificationsArrive === null
      ? []
      : [
          {
            ...gauge(
              'rolecast_listener_up',
              'Whether notifications of the database arrive',
              notificationsArrive ? 1 : 0,
            ),
            together: 'minimum' as const,
          },
        ]),
    {
      ...gauge(
        'pgrst_schema_cache_query_time_seconds',
        'Seconds that the last reading of the schema took',
        loadSeconds,
      ),
      together: 'maximum',
    },
    counter('pgrst_schema_cache_loads_total', 'Times the schema was read', [
      { labels: '{status="SUCCESS"}', value: 1 + reloads.schema.successes },
      { labels: '{status="FAIL"}', value: reloads.schema.failures },
    ]),
    counter('rolecast_reloads_total', 'Times something was read anew', reloadSamples(reloads)),
    {
      name: 'rolecast_reload_failing',
      help: 'Whether something could not be read anew, so that the old is still in use',
      kind: 'gauge',
      together: 'maximum',
      samples: Object.entries(reloads).map(([what, { failure }]) => ({
        labels: `{what="${what}"}`,
        value: failure === null ? 0 : 1,
      })),
    },
    gauge('rolecast_jwt_cache_entries', 'Tokens in the cache', cached),
    counter('pgrst_jwt_cache_requests_total', 'Tokens looked up in the cache', one(cacheCounts.requests)),
    counter('pgrst_jwt_cache_hits_total', 'Tokens found in the cache', one(cacheCounts.hits)),
    counter('pgrst_jwt_cache_evictions_total', 'Tokens that the cache has forgotten', one(cacheCounts.evictions)),
  ]
}

function reloadSamples(reloads: Counts['reloads']): Sample[] {
  return Object.entries(reloads).flatMap(([what, { successes, failures }]) => [
    { labels: `{what="${what}",status="success"}`, value: successes },
    { labels: `{what="${what}",status="failure"}`, value: failures },
  ])
}

const one = (value: number): Sample[] => [{ labels: '', value }]

function gauge(name: string, help: string, value: number): Metric {
  return { name, help, kind: 'gauge', samples: one(value) }
}

function counter(name: string, help: string, samples: readonly Sample[]): Metric {
  return { name, help, kind: 'counter', samples }
}
