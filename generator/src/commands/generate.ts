import { resolve } from 'node:path'
import { printableJson } from '@rolecast/audit/printable'
import type { Rights } from '@rolecast/audit/rights'
import { type Command, Option } from 'commander'
import { paintFor } from '../colors.js'
import { generateFiles, type RoleOutput } from '../emit/generate-files.js'
import { type Changes, compareFiles, type OutputFile, writeFiles } from '../emit/output-files.js'
import { CheckFailed, UsageError } from '../errors.js'
import { withClient } from '../input/connect.js'
import { openCatalog } from '../input/open-catalog.js'
import { type ProjectOptions, type Reading, readProject } from '../input/read-project.js'
import { namesIn, withPresetOption } from '../input/source-options.js'
import { keepRun } from '../last-run/keep-run.js'
import { lastRunFolder, readRights } from '../last-run/stored-rights.js'
import { count, type Progress, progressTo, silent } from '../progress.js'
import { triggerSql } from '../watch/fingerprint.js'
import { projectChanges } from '../watch/project-changes.js'
import { untilEnded, watchAndRun } from '../watch/watch.js'
import { checkReport } from './check-report.js'
import { dryRunReport } from './dry-run-report.js'
import { generationJson } from './generation-json.js'
import { sizeOf } from './size.js'

const help = `
Reads what each role may do from PostgreSQL and writes one typed client per role,
as rolecast.config.ts says:

  import { defineConfig } from 'rolecast'

  export default defineConfig({
    database: { uri: 'postgresql://me@localhost/shop' },  // or { sql: ['schema.sql'] }
    schemas: ['api'],
    roles: ['anon', 'app_user'],
    out: 'src/api',                                       // src/api/anon, src/api/app_user
  })

A Supabase project (supabase/config.toml and supabase/migrations) needs no configuration:
its schemas are taken from there, its roles are anon and authenticated, its clients are in src/api.

A PostgREST project has its configuration already:

  rolecast generate --postgrest postgrest.conf --out src/api --roles anon,app_user

Files that would not change are not touched. Nothing is written unless everything can be.

Exit codes: 0 done; 1 --check found differences; 2 wrong use or configuration;
3 the database cannot be reached or refuses.`

export function addGenerate(program: Command): Command {
  return withPresetOption(program.command('generate'))
    .summary('write one typed client per role')
    .option('--config <file>', 'configuration file (default: rolecast.config.ts in this folder)')
    .option('--db <uri>', 'read this database instead of the configured one')
    .option('--catalog <file>', 'read a catalog that `rolecast snapshot` wrote instead of a database')
    .option('--out <folder>', 'write to this folder instead of the configured one')
    .addOption(
      new Option('--postgrest <file>', 'go by a PostgREST configuration instead; needs --out').conflicts([
        'config',
        'db',
        'catalog',
        'preset',
      ]),
    )
    .addOption(
      new Option(
        '--roles <names>',
        'with --postgrest: the roles to write files for (default: its db-anon-role)',
      ).argParser(namesIn('--roles')),
    )
    .option('--check', 'write nothing; exit with 1 if the files are not up to date')
    .addOption(
      new Option(
        '--dry-run',
        'write nothing; say which files would be written, and what roles gained or lost',
      ).conflicts('check'),
    )
    .addOption(
      new Option('--watch', 'go on, and write again whenever the database or the SQL files change').conflicts([
        'check',
        'dryRun',
      ]),
    )
    .option('--install-trigger', 'with --watch: install an event trigger that tells of changes at once (superusers)')
    .addOption(new Option('--json', 'print files, remarks, and rights gained and lost as JSON').conflicts('watch'))
    .option('--quiet', 'say nothing but what is wrong')
    .addHelpText('after', help)
    .action(async (options: GenerateOptions) => {
      if (options.installTrigger && !options.watch) throw new UsageError('--install-trigger belongs to --watch.')
      await generate(options, options.quiet && !options.watch ? silent : progressTo(process.stderr))
    })
}

interface GenerateOptions extends ProjectOptions {
  readonly check?: boolean
  readonly dryRun?: boolean
  readonly watch?: boolean
  readonly installTrigger?: boolean
  readonly json?: boolean
  readonly quiet?: boolean
}

async function generate(options: GenerateOptions, progress: Progress): Promise<void> {
  const run = async () => writeOnce(await readProject(options), options, progress)
  if (!options.watch) return run()
  const project = await readProject(options)
  if (options.installTrigger) await installTrigger(project)
  await watchAndRun(run, await projectChanges(project, options, progress, untilEnded()), progress)
}

async function installTrigger({ database }: Reading): Promise<void> {
  if (!('uri' in database)) throw new UsageError('--install-trigger belongs to a database, not to SQL files.')
  await withClient(database.uri, async (client) => void (await client.query(triggerSql)))
}

async function writeOnce({ loaded, database, base, out }: Reading, options: GenerateOptions, progress: Progress) {
  const started = performance.now()
  const { config, targets, project, folder } = loaded
  for (const line of project?.remarks ?? []) progress.say(line)
  const { schemas, roles, authenticator } = config
  const catalog = await openCatalog(
    {
      database,
      platform: project?.platform,
      schemas,
      roles,
      authenticator,
      folder: base,
      // the conditions of policies, which facts are held against
      security: config.facts !== undefined,
    },
    progress,
  )
  const outputs = await generateFiles(catalog, { ...config, targets }, progress)
  const files = outputs.flatMap((output) => output.files)
  const changes = await compareFiles(out, files)

  const lastRun = lastRunFolder(folder, out)
  const write = async () => {
    await writeFiles(out, files, changes)
    await keepRun(outputs, lastRun, progress)
  }
  const written = !options.check && !options.dryRun
  if (options.json) {
    const before = await rightsBefore(outputs, lastRun)
    if (written) await write()
    process.stdout.write(`${printableJson(generationJson(outputs, changes, before, { out, written }))}\n`)
    if (options.check) refuseChanges(changes, out)
    return
  }
  if (options.check) return check(changes, files, out)
  if (options.dryRun) {
    process.stdout.write(dryRunReport(outputs, changes, await rightsBefore(outputs, lastRun)))
    return
  }
  await write()
  for (const output of outputs) sayWhatIsThere(output, resolve(out, output.folder), schemas, progress)
  progress.say(
    `${count(changes.added.length + changes.changed.length, 'file')} written, ${changes.unchanged} unchanged, ${changes.removed.length} removed ` +
      `in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  )
}

/** What was written for a role, and what a reader would miss without knowing why. */
function sayWhatIsThere(
  { surface: { role, relations, functions }, files, reports, remarks }: RoleOutput,
  folder: string,
  schemas: readonly string[],
  progress: Progress,
): void {
  const contents = [...reports].map(([target, report]) => (reports.size > 1 ? `${target} with ` : '') + report.contents)
  const size = files.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0)
  progress.say(`${role}: ${contents.length > 0 ? `${contents.join('; ')} in ` : ''}${folder} (${sizeOf(size)})`)
  const lines = [...reports.values()].flatMap(({ leftOut = [] }) => leftOut)
  for (const line of [...lines, ...remarks]) progress.say(`  ${line}`)
  if (relations.length + functions.length === 0) {
    progress.say(`  ${role} has no privilege on anything in ${schemas.join(', ')}`)
  }
}

/** What the roles could do at the last run, by their folders. */
async function rightsBefore(
  outputs: readonly RoleOutput[],
  lastRun: string,
): Promise<ReadonlyMap<string, Rights | null>> {
  const rights = new Map<string, Rights | null>()
  for (const { folder } of outputs) rights.set(folder, await readRights(lastRun, folder))
  return rights
}

async function check(changes: Changes, files: readonly OutputFile[], out: string): Promise<void> {
  if (changed(changes) === 0) process.stdout.write(`${count(changes.unchanged, 'file')} in ${out} up to date\n`)
  else process.stdout.write(await checkReport(changes, files, out, paintFor(process.stdout)))
  refuseChanges(changes, out)
}

const changed = ({ added, changed, removed }: Changes) => added.length + changed.length + removed.length

/** @throws CheckFailed where something would be written */
function refuseChanges(changes: Changes, out: string): void {
  const found = changed(changes)
  if (found > 0) throw new CheckFailed(`${count(found, 'file')} in ${out} not up to date: run \`rolecast generate\`.`)
}
