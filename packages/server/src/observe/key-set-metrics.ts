import type { KeySource } from '../authenticate/key-source/key-source.js'
import { RemoteKeySet } from '../authenticate/key-source/remote-key-set.js'
import type { Metric } from './metric.js'

/** Of keys that are fetched from a URL; of others there is nothing to tell. */
export function keySetMetrics(source: KeySource): Metric[] {
  if (!(source instanceof RemoteKeySet)) return []
  const { counts, isFailing, keys } = source
  return [
    {
      name: 'rolecast_jwks_fetches_total',
      help: 'Times the keys of jwt-secret were fetched',
      kind: 'counter',
      samples: [
        { labels: '{status="success"}', value: counts.successes },
        { labels: '{status="failure"}', value: counts.failures },
      ],
    },
    {
      name: 'rolecast_jwks_failing',
      help: 'Whether the keys could not be fetched the last time, so that older ones are in use',
      kind: 'gauge',
      together: 'maximum',
      samples: [{ labels: '', value: isFailing ? 1 : 0 }],
    },
    {
      name: 'rolecast_jwks_keys',
      help: 'Keys of the fetched set that verify tokens',
      kind: 'gauge',
      together: 'minimum',
      samples: [{ labels: '', value: keys.length }],
    },
  ]
}
