import { type Grade, grades, isGradeAtLeast } from '@rolecast/audit'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { changesBetween, type WitnessedChange } from '../diff/changes-between.js'
import { comparedRoles } from '../diff/compared-roles.js'
import { diffMarkdown, diffText } from '../diff/diff-text.js'
import { CheckFailed, UsageError } from '../errors.js'
import type { CatalogSource } from '../input/open-catalog.js'
import { databaseNamed, openSide } from '../input/open-side.js'
import { namesIn, type SourceOptions, sourceOf, withSourceOptions } from '../input/source-options.js'

const help = `
BEFORE and AFTER are connection URIs, catalogs that \`rolecast snapshot\` wrote, SQL files, or folders of migrations, which are
loaded into an embedded PostgreSQL. Without AFTER, it is what --db, --catalog or the configuration names.

Examples:
  rolecast diff main.catalog.json migrations --schemas api
  rolecast diff postgresql://me@staging/shop postgresql://me@localhost/shop --schemas api --format markdown
  rolecast diff --db postgresql://me@localhost/shop --schemas api --roles anon,app_user

With one database and --roles a,b it prints what b may do and a may not, and the other way round.

Grades: safe; review (more is allowed, or other rows); breaking (the role's client loses a member, or a type changes);
dangerous (data may be open to those who should not have it). What is widened comes with a request that was refused before and
is answered after. It is executed where both sides are databases, in a transaction that is rolled back; writes touch no row.

Exit codes: 0 nothing at or above --fail-on; 1 changes; 2 wrong use or configuration; 3 a database cannot be reached.`

interface DiffOptions extends SourceOptions {
  readonly roles?: readonly string[]
  readonly anonymous?: string
  readonly json?: boolean
  readonly format?: 'text' | 'markdown' | 'json'
  readonly failOn: Grade | 'never'
}

export function addDiff(program: Command): Command {
  return withSourceOptions(program.command('diff'))
    .summary('compare what roles may do, before and after a change')
    .argument('[before]', 'what it was')
    .argument('[after]', 'what it is now')
    .option(
      '--roles <names>',
      'only these roles (default: all that requests may run as); or the two to compare',
      namesIn('--roles'),
    )
    .option('--anonymous <role>', 'the role of requests without a token (default: anon, if there is one)')
    .option('--json', 'as JSON')
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'markdown', 'json']).default('text'))
    .option('--fail-on <grade>', `exit with 1 at or above: ${grades.join(', ')}, or never`, gradeNamed, 'breaking')
    .addHelpText('after', help)
    .action(async (before: string | undefined, after: string | undefined, options: DiffOptions) => {
      const changes = await changesOf(before, after, options)
      process.stdout.write(printed(changes, options))
      const { failOn } = options
      const failing = failOn === 'never' ? [] : changes.filter(({ grade }) => isGradeAtLeast(grade, failOn))
      if (failing.length > 0) throw new CheckFailed(`${failing.length} of the changes are at or above ${failOn}.`)
    })
}

function printed(changes: readonly WitnessedChange[], { json, format }: DiffOptions): string {
  if (json || format === 'json') return `${JSON.stringify({ changes }, null, 2)}\n`
  return format === 'markdown' ? diffMarkdown(changes) : diffText(changes)
}

async function changesOf(
  before: string | undefined,
  after: string | undefined,
  options: DiffOptions,
): Promise<readonly WitnessedChange[]> {
  const [first, second] = options.roles ?? []
  if (after === undefined && first !== undefined && second !== undefined) {
    if (options.roles?.length !== 2) throw new UsageError('Give --roles two roles to compare: --roles a,b.')
    return betweenRoles(await sourceNamed(before, options), [first, second], options)
  }
  if (before === undefined) {
    throw new UsageError('Say what to compare: rolecast diff BEFORE AFTER, or one database and --roles a,b.')
  }
  return betweenStates(await sourceNamed(before, options), await sourceNamed(after, options), options)
}

/** @param text what the command line names; undefined: what its options or the configuration name */
async function sourceNamed(text: string | undefined, options: DiffOptions): Promise<CatalogSource> {
  if (text === undefined) return sourceOf(options, options.roles)
  const cwd = process.cwd()
  const database = await databaseNamed(text, cwd)
  const { db: _, ...others } = options
  return { ...(await sourceOf({ ...others, catalog: text }, undefined)), database, folder: cwd }
}

async function betweenRoles(
  source: CatalogSource,
  roles: readonly [string, string],
  { anonymous }: DiffOptions,
): Promise<readonly WitnessedChange[]> {
  await using side = await openSide({ ...source, roles, authenticator: undefined })
  const compared = (role: string) => ({ side, schemas: source.schemas, role })
  return changesBetween(compared(roles[0]), compared(roles[1]), anonymous ?? 'anon')
}

async function betweenStates(
  before: CatalogSource,
  after: CatalogSource,
  { roles: named, anonymous }: DiffOptions,
): Promise<readonly WitnessedChange[]> {
  await using was = await openSide(readFor(before, named))
  await using is = await openSide(readFor(after, named))
  const known = comparedRoles([was.catalog, is.catalog], after.schemas, after.authenticator)
  const missing = named?.find(
    (role) => ![was, is].some(({ catalog }) => catalog.roles.some(({ name }) => name === role)),
  )
  if (missing !== undefined)
    throw new UsageError(`Neither side has a role ${JSON.stringify(missing)}. There are: ${known.join(', ')}.`)
  const changes: WitnessedChange[] = []
  for (const role of named ?? known) {
    const compared = (side: typeof was, { schemas }: CatalogSource) => ({ side, schemas, role })
    changes.push(...(await changesBetween(compared(was, before), compared(is, after), anonymous ?? 'anon')))
  }
  return changes
}

/** Named roles need not be ones that the authenticator can become, nor be there on both sides. */
function readFor(source: CatalogSource, roles: readonly string[] | undefined): CatalogSource {
  return { ...source, roles, ...(roles && { authenticator: undefined }) }
}

function gradeNamed(text: string): Grade | 'never' {
  const found = [...grades, 'never' as const].find((known) => known === text)
  if (found === undefined) throw new InvalidArgumentError(`It must be one of: ${grades.join(', ')}, never.`)
  return found
}
