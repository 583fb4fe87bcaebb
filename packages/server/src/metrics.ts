import type { Pool } from './execute/pool.js'
import type { Metric } from './http/admin.js'

export interface Counts {
  /** connections that the pool may have */
  readonly size: number
  readonly loads: number
  readonly failedLoads: number
}

/** What `/metrics` tells, under PostgREST's names. */
export function metricsOf(pool: Pool, { size, loads, failedLoads }: Counts): Metric[] {
  return [
    gauge('pgrst_db_pool_max', 'Connections that the pool may have', size),
    gauge('pgrst_db_pool_available', 'Connections of the pool that are free', pool.idleCount),
    gauge('pgrst_db_pool_waiting', 'Requests that wait for a connection', pool.waitingCount),
    counter('pgrst_schema_cache_loads_total', 'Times the schema was read', loads),
    counter('pgrst_schema_cache_failures_total', 'Times the schema could not be read', failedLoads),
  ]
}

function gauge(name: string, help: string, value: number): Metric {
  return { name, help, kind: 'gauge', value }
}

function counter(name: string, help: string, value: number): Metric {
  return { name, help, kind: 'counter', value }
}
