import type { Authenticator } from '../authenticate/authenticator.js'
import type { Metric, Sample } from '../http/admin.js'
import type { Pool } from '../postgres/pool.js'

export interface Counts {
  /** connections that the pool may have */
  readonly size: number
  /** times the schema was read, and times it could not be */
  readonly loads: number
  readonly failedLoads: number
  /** seconds that reading it took the last time */
  readonly loadSeconds: number
  /** whether notifications of the database arrive; null: they are not wanted */
  readonly hears: boolean | null
}

/** What `/metrics` tells, under PostgREST's names ("Metrics" in its manual). */
export function metricsOf(pool: Pool, { cacheCounts }: Authenticator, counts: Counts): Metric[] {
  const { size, loads, failedLoads, loadSeconds, hears } = counts
  return [
    gauge('pgrst_db_pool_max', 'Connections that the pool may have', size),
    gauge('pgrst_db_pool_available', 'Connections of the pool that are free', pool.idleCount),
    gauge('pgrst_db_pool_waiting', 'Requests that wait for a connection', pool.waitingCount),
    counter('pgrst_db_pool_timeouts_total', 'Requests that waited for a connection in vain', one(pool.timeoutCount)),
    ...(hears === null
      ? []
      : [gauge('rolecast_listener_up', 'Whether notifications of the database arrive', hears ? 1 : 0)]),
    gauge('pgrst_schema_cache_query_time_seconds', 'Seconds that the last reading of the schema took', loadSeconds),
    counter('pgrst_schema_cache_loads_total', 'Times the schema was read', [
      { labels: '{status="SUCCESS"}', value: loads },
      { labels: '{status="FAIL"}', value: failedLoads },
    ]),
    counter('pgrst_jwt_cache_requests_total', 'Tokens looked up in the cache', one(cacheCounts.requests)),
    counter('pgrst_jwt_cache_hits_total', 'Tokens found in the cache', one(cacheCounts.hits)),
    counter('pgrst_jwt_cache_evictions_total', 'Tokens that the cache has forgotten', one(cacheCounts.evictions)),
  ]
}

const one = (value: number): Sample[] => [{ labels: '', value }]

function gauge(name: string, help: string, value: number): Metric {
  return { name, help, kind: 'gauge', samples: one(value) }
}

function counter(name: string, help: string, samples: readonly Sample[]): Metric {
  return { name, help, kind: 'counter', samples }
}
