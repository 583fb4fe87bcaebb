import { resolve } from 'node:path'
import type { Config } from '../config/config.js'
import { type LoadedConfig, loadConfig } from '../config/load-config.js'
import { UsageError } from '../errors.js'
import { postgrestProject } from './postgrest-project.js'
import { databaseOf } from './source-options.js'

/** What the command line says of a project. */
export interface ProjectOptions {
  readonly config?: string
  readonly db?: string
  readonly catalog?: string
  readonly out?: string
  readonly preset?: string
  readonly postgrest?: string
  readonly roles?: string[]
}

/** A project, and where it is read and written. */
export interface Reading {
  readonly loaded: LoadedConfig
  readonly database: Config['database']
  /** folder that relative paths of `database` start from */
  readonly base: string
  readonly out: string
}

/**
 * Reads a project's configuration, under what the command line says.
 *
 * @throws UsageError for a configuration or options that cannot be followed
 * @throws UnreachableError for a PostgREST configuration whose database cannot be asked
 */
export async function readProject(options: ProjectOptions): Promise<Reading> {
  const given = databaseOf(options)
  const loaded = await projectOf(options, given !== undefined)
  const { config, folder } = loaded
  return {
    loaded,
    database: given ?? config.database,
    // Paths given on the command line start from where the command was called, the configuration's from its own folder.
    base: given === undefined ? folder : process.cwd(),
    out: options.out === undefined ? resolve(folder, config.out) : resolve(options.out),
  }
}

function projectOf({ postgrest, out, roles, config, preset }: ProjectOptions, hasDatabase: boolean) {
  if (postgrest !== undefined) return postgrestProject(postgrest, { ...(out && { out }), ...(roles && { roles }) })
  if (roles !== undefined) throw new UsageError('--roles belongs to --postgrest: a configuration says its own roles.')
  return loadConfig(config, process.cwd(), { preset, hasDatabase })
}
