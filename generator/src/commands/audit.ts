import { audit, type Finding, isAtLeast, loadLints, type Severity, severities, summaryOf } from '@rolecast/audit'
import { type Command, InvalidArgumentError } from 'commander'
import { CheckFailed } from '../errors.js'
import { withJudgedOptions } from '../input/config-files.js'
import { type JudgedOptions, openJudged } from '../input/open-judged.js'
import { namesIn } from '../input/source-options.js'
import { printableJson } from '../printable.js'
import { findingsText } from './findings-text.js'

const help = `
Examples:
  rolecast audit
  rolecast audit --db postgresql://me@localhost/shop --schemas api --authenticator authenticator
  rolecast audit --config postgrest.conf
  rolecast audit --json --fail-on warning

It reads the database's catalogs only, as any login role may, and changes nothing. With the server's configuration it judges that too, and has
database, schemas and roles from there.

Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 wrong use or configuration; 3 the database cannot be reached.`

interface AuditCommandOptions extends JudgedOptions {
  readonly json?: boolean
  readonly failOn: Severity
}

export function addAudit(program: Command): Command {
  return withJudgedOptions(program.command('audit'))
    .summary('find what is wrong with grants and row-level security')
    .option(
      '--roles <names>',
      'the roles that requests run as (default: all that the authenticator can become)',
      namesIn('--roles'),
    )
    .option('--json', 'as JSON')
    .option('--fail-on <severity>', `exit with 1 at or above: ${severities.join(', ')}`, severity, 'error')
    .addHelpText('after', help)
    .action(async (options: AuditCommandOptions) => {
      const findings = await findingsOf(options)
      process.stdout.write(
        options.json ? `${printableJson({ findings, summary: summaryOf(findings) })}\n` : findingsText(findings),
      )
      const failing = findings.filter((finding) => isAtLeast(finding.severity, options.failOn))
      if (failing.length > 0) {
        throw new CheckFailed(`${failing.length} of the findings are at or above ${options.failOn}.`)
      }
    })
}

async function findingsOf(options: AuditCommandOptions): Promise<readonly Finding[]> {
  const judged = await openJudged(options)
  return audit(judged.catalog, judged.options, await loadLints())
}

function severity(text: string): Severity {
  const found = severities.find((known) => known === text)
  if (found === undefined) throw new InvalidArgumentError(`It must be one of: ${severities.join(', ')}.`)
  return found
}
