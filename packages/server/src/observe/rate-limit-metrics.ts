import type { RateLimiter } from '../rate-limit/rate-limiter.js'
import type { Metric } from './metric.js'

/** Requests that a rate limit has refused; nothing where there is none. */
export function rateLimitMetrics(limiter: RateLimiter | null): Metric[] {
  if (limiter === null) return []
  return [
    {
      name: 'rolecast_http_rate_limited_total',
      help: 'Requests that were one too many',
      kind: 'counter',
      samples: [...limiter.refused].map(([name, value]) => ({ labels: `{by="${name}"}`, value })),
    },
  ]
}
