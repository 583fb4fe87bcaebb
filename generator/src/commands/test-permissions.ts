import { basename } from 'node:path'
import { printableJson } from '@rolecast/audit/printable'
import { type Command, InvalidArgumentError } from 'commander'
import { writeOwnFile } from '../emit/write-own-file.js'
import { CheckFailed, UsageError } from '../errors.js'
import { namesIn, type SourceOptions, sourceOf, withSourceOptions } from '../input/source-options.js'
import { count, progressTo } from '../progress.js'
import { judge, mutantsFor } from '../test-permissions/mutate.js'
import { openDatabase, withLaboratory } from '../test-permissions/open.js'
import { judgeByCommand } from '../test-permissions/own-tests.js'
import { pgtapFile } from '../test-permissions/pgtap-file.js'
import { pin } from '../test-permissions/pin.js'
import { reportOf, reportText } from '../test-permissions/report.js'
import { type Format, formats, testsFor } from '../test-permissions/test-file.js'
import { vitestFile } from '../test-permissions/vitest-file.js'

const help = `
Examples:
  rolecast test-permissions --out test/permissions.test.ts
  rolecast test-permissions --out permissions.sql --format pgtap --db postgresql://me@localhost/shop_copy --schemas api
  rolecast test-permissions --mutate --db postgresql://me@localhost/shop_copy --schemas api --roles anon,app_user
  rolecast test-permissions --mutate --run 'npm test'

It asks the database what each role may do, and writes tests that hold it to that. Rows are made for them: values are taken from
the schema's own conditions and constraints, never from other rows. --mutate proves the tests: it changes each grant, membership,
policy, owner and the like, one at a time, and sees whether a test fails. Nothing is committed. It needs a login that owns what is
tested, or a superuser, and locks what it changes: run it on a copy. A configuration with database.sql makes one.

--run does the same with your own tests. COMMAND runs in a shell once for each change, with DATABASE_URL naming a copy of the
database in which the change was made; it must exit with 0 when the tests pass.

Exit codes: 0 done, every change is noticed; 1 one is not; 2 wrong use or configuration; 3 the database cannot be reached.`

interface TestPermissionsOptions extends SourceOptions {
  readonly out?: string
  readonly format: Format
  readonly roles?: string[]
  readonly mutate?: boolean
  readonly run?: string
  readonly limit: number
  readonly json?: boolean
}

export function addTestPermissions(program: Command): Command {
  return withSourceOptions(program.command('test-permissions'))
    .summary('write tests of what each role may and may not do, and prove that they notice any change')
    .option('--out <file>', 'the test file to write')
    .option('--format <format>', `of the file: ${formats.join(' or ')}`, format, 'vitest')
    .option(
      '--roles <names>',
      'the roles to test (default: those that the authenticator can become)',
      namesIn('--roles'),
    )
    .option('--mutate', 'try the tests on changed permissions')
    .option('--run <command>', 'with --mutate: try this command instead of the tests')
    .option(
      '--limit <number>',
      'with --mutate: how many changes to try, spread over all',
      limit,
      Number.POSITIVE_INFINITY,
    )
    .option('--json', 'with --mutate: as JSON')
    .addHelpText('after', help)
    .action(run)
}

async function run(options: TestPermissionsOptions): Promise<void> {
  if (options.out === undefined && !options.mutate)
    throw new UsageError('Say what to do: --out FILE, --mutate, or both.')
  if (options.run !== undefined && !options.mutate) throw new UsageError('--run goes with --mutate.')
  const progress = progressTo(process.stderr)
  const source = await sourceOf(options, options.roles)
  await using database = await openDatabase(source, progress)
  const report = await withLaboratory(database.uri, source, async (laboratory, subject) => {
    const pinned = await pin(laboratory, subject, progress)
    for (const { relation, reason } of pinned.failed) progress.say(`no row could be made for ${relation}: ${reason}`)
    const tests = testsFor(options.format, pinned)
    if (options.out !== undefined) {
      const write = options.format === 'pgtap' ? pgtapFile : vitestFile
      await writeOwnFile(options.out, write(subject, pinned, tests))
      progress.say(`wrote ${count(tests.length, 'test')} to ${basename(options.out)}`)
    }
    if (!options.mutate) return null
    const mutants = mutantsFor(subject, options.limit)
    const judged = await judge(laboratory, subject, pinned, tests, mutants, progress)
    return { judged, tests: tests.length }
  })
  if (report === null) return
  const final =
    options.run === undefined
      ? reportOf(report.judged, report.tests)
      : reportOf(await judgeByCommand(database, options.run, report.judged, progress), null)
  process.stdout.write(options.json ? `${printableJson(final)}\n` : reportText(final))
  if (final.summary.survived > 0)
    throw new CheckFailed(`${count(final.summary.survived, 'change')} would go unnoticed.`)
}

function format(text: string): Format {
  const found = formats.find((known) => known === text)
  if (found === undefined) throw new InvalidArgumentError(`It must be one of: ${formats.join(', ')}.`)
  return found
}

function limit(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number of at least 1.')
  return value
}
