import { readFile } from 'node:fs/promises'
import { embeddedVersions, supabasePlatform, supabaseSchemas } from '@rolecast/embedded'
import type { SqlConfig } from '../../config/config.js'
import { count } from '../../progress.js'
import type { PresetOptions, PresetProject } from '../preset.js'
import { type ConfigToml, readConfigToml, supabaseConfigFile } from './config-toml.js'
import { enabledElsewhere, grantsInstead } from './said-in-migrations.js'
import { noFiles, projectFiles } from './sql-files.js'

/** What the tool takes where `config.toml` says nothing. */
const usual = { schemas: ['public', 'graphql_public'], extraSearchPath: ['public', 'extensions'] }

/** A request with the project's public key has no user; every other one says its role in the claim `role`. */
const knownOfRequests = {
  anon: { claims: { sub: null, email: null, role: 'anon', app_metadata: null, user_metadata: null } },
  authenticated: { claims: { role: 'authenticated' } },
}

/**
 * Reads a Supabase project: `supabase/config.toml`, the migrations in the order of their versions, and the seeds.
 *
 * @throws UsageError
 */
export async function supabaseProject(
  options: PresetOptions,
  folder: string,
  needsDatabase: boolean,
): Promise<PresetProject> {
  const toml = await readConfigToml(folder)
  const { migrations, seeds, remarks } = needsDatabase ? await projectFiles(folder, toml) : noFiles
  const texts = await Promise.all(migrations.map((file) => readFile(file, 'utf8')))
  const version = versionOf(toml)
  const grants = grantsOf(options, toml, texts)
  const assumed = needsDatabase ? [...version.remarks, ...grants.remarks] : []
  return {
    defaults: {
      database: {
        sql: [...migrations, ...(options.seed === false ? [] : seeds)],
        ...(version.taken !== undefined && { version: version.taken }),
      },
      schemas: (toml.api?.schemas ?? usual.schemas).filter((schema) => !supabaseSchemas.includes(schema)),
      extraSearchPath: toml.api?.extra_search_path ?? usual.extraSearchPath,
      roles: ['anon', 'authenticated'],
      authenticator: 'authenticator',
      out: 'src/api',
      facts: knownOfRequests,
    },
    platform: supabasePlatform({ grants: grants.value, enabled: enabledElsewhere(texts) }),
    platformSchemas: supabaseSchemas,
    remarks: [...remarks, ...assumed],
    server: { maxRows: toml.api?.max_rows, port: toml.api?.port },
  }
}

function versionOf({ db }: ConfigToml): { taken: SqlConfig['version']; remarks: readonly string[] } {
  const wanted = db?.major_version
  const installed = embeddedVersions()
  const taken = installed.find((version) => version === wanted)
  const remark = `${supabaseConfigFile} says PostgreSQL ${wanted}, of which there is no embedded one here: ${installed[0]} is used`
  return { taken, remarks: wanted === undefined || taken !== undefined ? [] : [remark] }
}

/** The configuration says, or the project's own; otherwise what the migrations rely on. */
function grantsOf({ grants }: PresetOptions, { api }: ConfigToml, migrations: readonly string[]) {
  if (grants !== undefined) return { value: grants, remarks: [] }
  if (api?.auto_expose_new_tables !== undefined) {
    return { value: api.auto_expose_new_tables ? ('all' as const) : ('none' as const), remarks: [] }
  }
  const granting = migrations.filter(grantsInstead).length
  const value = granting > 0 ? ('none' as const) : ('all' as const)
  const reason = granting > 0 ? `${count(granting, 'migration')} with GRANTs` : 'no migration grants anything on tables'
  return {
    value,
    remarks: [
      `grants: '${value}' is assumed for new objects in public (${reason}); auto_expose_new_tables in ${supabaseConfigFile} would say`,
    ],
  }
}
