import { type Command, Option } from 'commander'
import type { Config } from '../config/config.js'
import { UsageError } from '../errors.js'
import { presetNames } from '../presets/preset.js'
import type { CatalogSource } from './open-catalog.js'

/** Options of every command that reads a database without a configuration file too. */
export interface SourceOptions {
  config?: string
  db?: string
  catalog?: string
  schemas?: string[]
  authenticator?: string
  preset?: string
}

export function withSourceOptions(command: Command): Command {
  return withPresetOption(
    withDatabaseOptions(command).option(
      '--config <file>',
      'configuration file for what is not given here (default: rolecast.config.ts in this folder)',
    ),
  )
}

/** `--preset`, which stands in for a configuration. */
export function withPresetOption(command: Command): Command {
  return command.addOption(
    new Option('--preset <name>', 'fill in what no configuration says, as this kind of project has it').choices([
      ...presetNames,
    ]),
  )
}

/** The same without the configuration. */
export function withDatabaseOptions(command: Command): Command {
  return command
    .option('--db <uri>', 'the database to read')
    .option('--catalog <file>', 'a catalog that `rolecast snapshot` wrote, instead of a database')
    .option('--schemas <names>', 'exposed schemas, separated by commas', namesIn('--schemas'))
    .option('--authenticator <role>', 'the role that must be able to become the others')
}

/**
 * What to read: the command line first, the project's configuration for what it leaves out.
 *
 * @throws UsageError when neither says which database or schemas
 */
export async function sourceOf(options: SourceOptions, roles: readonly string[] | undefined): Promise<CatalogSource> {
  const cwd = process.cwd()
  const given = databaseOf(options)
  if (given !== undefined && options.schemas !== undefined && options.config === undefined) {
    return { database: given, schemas: options.schemas, roles, authenticator: options.authenticator, folder: cwd }
  }
  const { hasConfig, loadConfig } = await import('../config/load-config.js')
  if (options.config === undefined && options.preset === undefined && !hasConfig(cwd)) {
    throw new UsageError(
      'Say what to read: --db URI --schemas a,b (or --catalog FILE --schemas a,b), or run this beside a rolecast.config.ts.',
    )
  }
  const { config, file, folder, project } = await loadConfig(options.config, cwd, {
    preset: options.preset,
    hasDatabase: given !== undefined,
  })
  return {
    database: given ?? config.database,
    platform: project?.platform,
    schemas: options.schemas ?? config.schemas,
    roles,
    authenticator: options.authenticator ?? config.authenticator,
    folder: given === undefined ? folder : cwd,
    configuration: { config, file },
  }
}

/**
 * What the command line names in place of the configuration's database.
 *
 * @throws UsageError when it names two
 */
export function databaseOf({ db, catalog }: Pick<SourceOptions, 'db' | 'catalog'>): Config['database'] | undefined {
  if (db !== undefined && catalog !== undefined) throw new UsageError('Give either --db or --catalog, not both.')
  if (db !== undefined) return { uri: db }
  return catalog === undefined ? undefined : { catalog }
}

/** `a,"b,c",d`: names with commas or quotes in them are quoted as in SQL. */
export const namesIn =
  (option: string) =>
  (text: string): string[] => {
    const names = [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*?))\s*(?:,|$)/gy)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
    )
    const given = names.filter((name) => name !== '')
    if (given.length === 0) throw new UsageError(`${option} needs at least one name.`)
    return given
  }
