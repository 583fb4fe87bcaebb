import type { StubExtension } from '../../platform/platform.js'
import { ofFunctions } from './functions.js'
import { cron, net, pgmq } from './jobs.js'
import { postgis } from './postgis.js'
import { vector } from './vector.js'

/** Extensions of which migrations name nothing but the extension. */
const empty = [
  'address_standardizer',
  'address_standardizer_data_us',
  'hypopg',
  'pg_partman',
  'pg_repack',
  'pg_tle',
  'pgaudit',
  'pgroonga',
  'pgroonga_database',
  'pgtap',
  'plpgsql_check',
  'postgis_raster',
  'postgis_sfcgal',
  'postgis_tiger_geocoder',
  'postgis_topology',
  'rum',
  'supautils',
  'wrappers',
]

/** What the platform offers, and an embedded PostgreSQL does not bring along. */
export const extensions: readonly StubExtension[] = [
  vector,
  postgis,
  cron,
  net,
  pgmq,
  ...ofFunctions,
  ...empty.map((name) => ({ name, script: '', isRelocatable: true })),
]
