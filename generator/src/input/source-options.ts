import type { Command } from 'commander'
import { findConfigIn } from '../config/find-config.js'
import { UsageError } from '../errors.js'
import type { CatalogSource } from './open-catalog.js'

/** Options of every command that reads a database without a configuration file too. */
export interface SourceOptions {
  config?: string
  db?: string
  catalog?: string
  schemas?: string[]
  authenticator?: string
}

export function withSourceOptions(command: Command): Command {
  return command
    .option('--db <uri>', 'the database to read')
    .option('--catalog <file>', 'a catalog that `rolecast snapshot` wrote, instead of a database')
    .option('--schemas <names>', 'exposed schemas, separated by commas', commaSeparated)
    .option('--authenticator <role>', 'the role that must be able to become the others')
    .option(
      '--config <file>',
      'configuration file for what is not given here (default: rolecast.config.ts in this folder)',
    )
}

/**
 * What to read: the command line first, the project's configuration for what it leaves out.
 *
 * @throws UsageError when neither says which database or schemas
 */
export async function sourceOf(options: SourceOptions, roles: readonly string[]): Promise<CatalogSource> {
  if (options.db !== undefined && options.catalog !== undefined)
    throw new UsageError('Give either --db or --catalog, not both.')
  const cwd = process.cwd()
  const given =
    options.db !== undefined
      ? { uri: options.db }
      : options.catalog !== undefined
        ? { catalog: options.catalog }
        : undefined
  if (given !== undefined && options.schemas !== undefined && options.config === undefined) {
    return { database: given, schemas: options.schemas, roles, authenticator: options.authenticator, folder: cwd }
  }
  if (options.config === undefined && findConfigIn(cwd) === undefined) {
    throw new UsageError(
      'Say what to read: --db URI --schemas a,b (or --catalog FILE --schemas a,b), or run this beside a rolecast.config.ts.',
    )
  }
  const { loadConfig } = await import('../config/load-config.js')
  const { config, folder } = await loadConfig(options.config, cwd)
  return {
    database: given ?? config.database,
    schemas: options.schemas ?? config.schemas,
    roles,
    authenticator: options.authenticator ?? config.authenticator,
    folder: given === undefined ? folder : cwd,
  }
}

/** `a,"b,c",d`: names with commas or quotes in them are quoted as in SQL. */
export function commaSeparated(text: string): string[] {
  const names = [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*?))\s*(?:,|$)/gy)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
  const given = names.filter((name) => name !== '')
  if (given.length === 0) throw new UsageError('--schemas needs at least one name.')
  return given
}
