import { printCatalog } from '@rolecast/catalog'
import type { Command } from 'commander'
import { loadConfig } from '../config/load-config.js'
import { UsageError } from '../errors.js'
import { openCatalog } from '../input/open-catalog.js'
import { commaSeparated, type SourceOptions, sourceOf, withSourceOptions } from '../input/source-options.js'
import { silent } from '../progress.js'

const help = `
The catalog is JSON without object ids, row data or secrets, the same bytes for the same schema. Commands that take
--catalog FILE use it in place of a database:

  rolecast snapshot > catalog.json
  rolecast inspect --role anon --catalog catalog.json`

export function addSnapshot(program: Command): Command {
  return withSourceOptions(program.command('snapshot'))
    .summary('print the catalog, for use without a database')
    .option(
      '--roles <names>',
      'the roles to ask PostgreSQL about (default: those of the configuration)',
      commaSeparated,
    )
    .addHelpText('after', help)
    .action(async (options: SourceOptions & { roles?: string[] }) => {
      const roles = options.roles ?? (await configuredRoles(options))
      const catalog = await openCatalog(await sourceOf(options, roles), silent)
      process.stdout.write(printCatalog(catalog))
    })
}

async function configuredRoles(options: SourceOptions): Promise<readonly string[]> {
  try {
    return (await loadConfig(options.config, process.cwd())).config.roles
  } catch (error) {
    if (options.config !== undefined || !(error instanceof UsageError)) throw error
    throw new UsageError('Say which roles to ask about: --roles a,b.', { cause: error })
  }
}
