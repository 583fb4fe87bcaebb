import {
  type FormatName,
  formatNames,
  isAtLeast,
  loadFormat,
  narrowingMigration,
  type Report,
  type Severity,
  severities,
} from '@rolecast/audit'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { writeBaseline } from '../audit/baseline-file.js'
import { type AuditRequest, runAudit } from '../audit/run-audit.js'
import { writeWhole } from '../emit/write-file.js'
import { CheckFailed, UsageError } from '../errors.js'
import { withJudgedOptions } from '../input/config-files.js'
import { namesIn } from '../input/source-options.js'

const help = `
Examples:
  rolecast audit
  rolecast audit --db postgresql://me@localhost/shop --schemas api --authenticator authenticator
  rolecast audit --config postgrest.conf
  rolecast audit --format html --out permissions.html
  rolecast audit --write-baseline audit.json; rolecast audit --baseline audit.json --fail-on warning
  rolecast audit --fix | psql -1 shop

It reads the database's catalogs only, as any login role may, and changes nothing. With the server's configuration it judges that too, and has
database, schemas and roles from there. What the project's configuration suppresses (audit.suppressions) is left out until its
day has come.

Formats: text; json; sarif for code scanning; markdown for a pull request; github for annotations of a workflow; junit; html, a
page in one file with the matrix of roles, relations and verbs.

Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 wrong use or configuration; 3 the database cannot be reached.`

interface AuditCommandOptions extends AuditRequest {
  readonly json?: boolean
  readonly format?: FormatName
  readonly out?: string
  readonly writeBaseline?: string
  /** true: to standard output, in place of the report */
  readonly fix?: string | true
}

export function addAudit(program: Command): Command {
  return withJudgedOptions(program.command('audit'))
    .summary('find what is wrong with grants and row-level security')
    .option(
      '--roles <names>',
      'the roles that requests run as (default: all that the authenticator can become)',
      namesIn('--roles'),
    )
    .addOption(new Option('--format <format>', 'how to print it (default: text)').choices(formatNames))
    .option('--json', 'the same as --format json')
    .option('--out <file>', 'write it there, not to standard output')
    .option('--fail-on <severity>', `exit with 1 at or above: ${severities.join(', ')}`, severity, 'error')
    .option('--baseline <file>', 'leave out the findings that this file has')
    .option('--write-baseline <file>', 'write a file of all findings that there are, and end with 0')
    .option(
      '--fix [file]',
      'write those fixes that only take rights away as SQL, to standard output unless a file is named',
    )
    .addHelpText('after', help)
    .action(async (options: AuditCommandOptions) => {
      const format = formatOf(options)
      const report = await runAudit(options)
      await write(report, format, options)
      if (options.writeBaseline !== undefined) return
      const failing = report.findings.filter((finding) => isAtLeast(finding.severity, options.failOn))
      if (failing.length > 0) {
        throw new CheckFailed(`${failing.length} of the findings are at or above ${options.failOn}.`)
      }
    })
}

async function write(report: Report, format: FormatName, options: AuditCommandOptions): Promise<void> {
  const { out, fix, writeBaseline: baseline } = options
  if (baseline !== undefined) await writeBaseline(baseline, report.findings, report.context)
  if (fix !== undefined) {
    const sql = narrowingMigration(report.findings)
    if (fix === true) process.stdout.write(sql)
    else await writeWhole(fix, sql)
  }
  if (fix === true && out === undefined) return
  const printed = (await loadFormat(format)).print(report)
  if (out === undefined) process.stdout.write(printed)
  else await writeWhole(out, printed)
}

function formatOf({ json, format, baseline, writeBaseline: written }: AuditCommandOptions): FormatName {
  if (json && format !== undefined && format !== 'json') {
    throw new UsageError(`Give either --json or --format ${format}, not both.`)
  }
  if (baseline !== undefined && written !== undefined) {
    throw new UsageError('Give either --baseline or --write-baseline, not both: what is written has all findings.')
  }
  return json ? 'json' : (format ?? 'text')
}

function severity(text: string): Severity {
  const found = severities.find((known) => known === text)
  if (found === undefined) throw new InvalidArgumentError(`It must be one of: ${severities.join(', ')}.`)
  return found
}
