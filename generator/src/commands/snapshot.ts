import { printCatalog } from '@rolecast/catalog'
import type { Command } from 'commander'
import { hasConfig, loadConfig } from '../config/load-config.js'
import { UsageError } from '../errors.js'
import { openCatalog } from '../input/open-catalog.js'
import { namesIn, type SourceOptions, sourceOf, withSourceOptions } from '../input/source-options.js'
import { silent } from '../progress.js'

const help = `
The catalog is JSON. It holds no row data, no passwords, no source code and no settings that may be secret. Commands that
take --catalog FILE use it in place of a database:

  rolecast snapshot > catalog.json
  rolecast inspect --role anon --catalog catalog.json`

export function addSnapshot(program: Command): Command {
  return withSourceOptions(program.command('snapshot'))
    .summary('print the catalog, for use without a database')
    .option(
      '--roles <names>',
      'the roles to ask PostgreSQL about (default: those of the configuration)',
      namesIn('--roles'),
    )
    .addHelpText('after', help)
    .action(async (options: SourceOptions & { roles?: string[] }) => {
      const source = await sourceOf(options, options.roles ?? [])
      const roles = options.roles ?? (await configuredRoles(options))
      const catalog = await openCatalog({ ...source, roles, security: true }, silent)
      process.stdout.write(printCatalog(catalog))
    })
}

async function configuredRoles({ config, preset }: SourceOptions): Promise<readonly string[]> {
  const cwd = process.cwd()
  if (config === undefined && preset === undefined && !hasConfig(cwd))
    throw new UsageError('Say which roles to ask about: --roles a,b.')
  return (await loadConfig(config, cwd, { preset, hasDatabase: true })).config.roles
}
