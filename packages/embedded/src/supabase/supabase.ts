import type { Platform } from '../platform/platform.js'
import { extensions } from './extensions/extensions.js'
import { auth } from './objects/auth.js'
import { others } from './objects/others.js'
import { realtime } from './objects/realtime.js'
import { oldDefaultPrivileges, roles } from './objects/roles.js'
import { storage } from './objects/storage.js'

export interface SupabaseOptions {
  /**
   * What the API's roles are granted on every object that the project makes in `public`: nothing, as in projects since
   * 2026, or all, as in older ones.
   */
  readonly grants: 'none' | 'all'
  /** extensions that were enabled in the dashboard, so that no migration says so */
  readonly enabled?: readonly string[]
}

/** Schemas that belong to the platform, so that nothing in them is the project's own. */
export const supabaseSchemas: readonly string[] = [
  'auth',
  'cron',
  'extensions',
  'graphql',
  'graphql_public',
  'net',
  'pgbouncer',
  'pgmq',
  'pgsodium',
  'realtime',
  '_realtime',
  'storage',
  'supabase_functions',
  'supabase_migrations',
  'vault',
]

/**
 * Supabase's platform, in our own words: what migrations refer to has its names, columns and signatures; the services that
 * work with it are not there.
 */
export function supabasePlatform({ grants, enabled = [] }: SupabaseOptions): Platform {
  const dashboard = enabled.map(
    (name) => `CREATE EXTENSION IF NOT EXISTS "${name.replaceAll('"', '""')}" SCHEMA extensions;`,
  )
  return {
    name: 'supabase',
    superuser: 'supabase_admin',
    owner: 'postgres',
    install: [roles, auth, storage, realtime, others, grants === 'all' ? oldDefaultPrivileges : '', ...dashboard].join(
      '\n',
    ),
    // On the platform it is none; there it may do by other means what it does as one here while the files are loaded.
    finish: 'ALTER ROLE postgres NOSUPERUSER',
    extensions,
  }
}
