import { resolve } from 'node:path'
import { leastPrivilege, type RoleUsage } from '@rolecast/audit'
import { printableJson } from '@rolecast/audit/printable'
import type { Catalog } from '@rolecast/catalog'
import type { Command } from 'commander'
import { findConfigIn } from '../config/find-config.js'
import { CheckFailed, UsageError } from '../errors.js'
import { withJudgedOptions } from '../input/config-files.js'
import { type JudgedOptions, openJudged } from '../input/open-judged.js'
import { preRequestOf } from '../input/server-facts.js'
import { namesIn } from '../input/source-options.js'
import { allowList, readAllowFile } from '../least-privilege/allow-list.js'
import { narrowingMigration, writeMigration } from '../least-privilege/migration.js'
import { usageText } from '../least-privilege/usage-text.js'
import { count, progressTo } from '../progress.js'
import type { AppUsage } from '../usage/read-usage.js'

const help = `
Examples:
  rolecast least-privilege
  rolecast least-privilege --tsconfig web/tsconfig.json --tsconfig admin/tsconfig.json --out migrations/20_narrow.sql
  rolecast least-privilege --db postgresql://me@localhost/shop --schemas api --check --allow allowed.txt
  rolecast least-privilege --supabase-roles anon,authenticated

It reads the app's TypeScript, finds what calls of generated clients and of supabase-js ask for, adds what that needs
underneath (keys of embeds, junction tables, sequences, functions, USAGE), and prints it beside what was granted, with the SQL
that narrows each role's own grants on the exposed schemas. It changes nothing.

Give every app of a role: what none of these uses counts as not used. A role without an app is left alone, and so are grants
that such a role inherits, unless --roles names it. Calls of which it cannot be told what they ask are listed, and nothing that
they could need is revoked.

An allow list has lines such as
  app_user update(note, ship_to) on api.orders   # the next release needs it
in which * stands for any characters of a name. The configuration has them as leastPrivilege: { allow: ['…'] }.

Exit codes: 0 done; 1 --check found more than is used; 2 wrong use or configuration; 3 the database cannot be reached.`

interface LeastPrivilegeOptions extends JudgedOptions {
  readonly tsconfig: readonly string[]
  readonly supabaseRoles?: readonly string[]
  readonly allow?: string
  readonly out?: string
  readonly check?: boolean
  readonly json?: boolean
}

export function addLeastPrivilege(program: Command): Command {
  return withJudgedOptions(program.command('least-privilege'))
    .summary('compare what roles may do with what apps use, and narrow the grants')
    .option(
      '--tsconfig <file>',
      "the app's tsconfig.json, or its folder; may be repeated (default: this folder)",
      (path, all: readonly string[]) => [...all, path],
      [],
    )
    .option(
      '--roles <names>',
      'judge these roles, also if no app uses them (default: those that apps use)',
      namesIn('--roles'),
    )
    .option(
      '--supabase-roles <names>',
      'the roles that supabase-js runs as, where its types do not say',
      namesIn('--supabase-roles'),
    )
    .option('--allow <file>', 'what roles may have though no app uses it')
    .option('--out <file>', 'write the SQL to this file, which must not be there yet')
    .option('--check', 'exit with 1 if a role has more than its apps use')
    .option('--json', 'as JSON')
    .addHelpText('after', help)
    .action(async (options: LeastPrivilegeOptions) => {
      const { usage, roles } = await answer(options)
      if (options.out !== undefined) await writeMigration(resolve(options.out), narrowingMigration(roles))
      const { unresolved, calls } = usage
      process.stdout.write(options.json ? `${printableJson({ roles, unresolved, calls })}\n` : usageText(roles, usage))
      const excess = roles.reduce((sum, { unused }) => sum + unused.length, 0)
      if (options.check && excess > 0) {
        throw new CheckFailed(`${count(excess, 'privilege')} that no app uses.`)
      }
    })
}

async function answer(options: LeastPrivilegeOptions): Promise<{ usage: AppUsage; roles: readonly RoleUsage[] }> {
  const allowed = await allowedBy(options)
  const { roles: named, tsconfig, supabaseRoles = [], ...source } = options
  // The compiler is large: only this command loads it.
  const { readUsage } = await import('../usage/read-usage.js')
  const usage = readUsage(tsconfig.length > 0 ? tsconfig : ['.'], { supabaseRoles }, progressTo(process.stderr))
  const { catalog, options: facts } = await openJudged(source)
  const used = new Set(usage.uses.flatMap(({ roles }) => roles))
  const judged = named ?? [...used]
  mustBeThere(catalog, [...judged, ...used])
  if (judged.length === 0) {
    throw new UsageError(
      'These programs call no client of which a role is known. Say where the app is with --tsconfig, or name roles with --roles.',
    )
  }
  const roles = leastPrivilege({
    catalog,
    schemas: facts.schemas,
    roles: [...judged].sort(),
    uses: usage.uses,
    authenticator: facts.authenticator,
    preRequest: preRequestOf(catalog, source.config?.server),
    isAllowed: allowed,
  })
  return { usage, roles }
}

function mustBeThere(catalog: Catalog, roles: readonly string[]): void {
  const known = catalog.privileges.map(({ role }) => role)
  const missing = roles.find((role) => !known.includes(role))
  if (missing === undefined) return
  throw new UsageError(
    `An app runs as ${JSON.stringify(missing)}, which the database does not have, or the authenticator cannot become. There are: ${known.join(', ')}.`,
  )
}

async function allowedBy({ allow, config }: LeastPrivilegeOptions) {
  const lists = [
    ...(allow === undefined ? [] : [allowList(await readAllowFile(allow), allow)]),
    ...(await configured(config?.project)),
  ]
  return (...asked: Parameters<ReturnType<typeof allowList>>) => lists.some((isAllowed) => isAllowed(...asked))
}

async function configured(project: string | undefined) {
  if (project === undefined && findConfigIn(process.cwd()) === undefined) return []
  const { loadConfig } = await import('../config/load-config.js')
  const { config, file } = await loadConfig(project, process.cwd())
  return [allowList(config.leastPrivilege?.allow ?? [], `${file}: leastPrivilege.allow`)]
}
