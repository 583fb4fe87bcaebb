import { audit, type Finding, isAtLeast, loadLints, type Severity, severities, summaryOf } from '@rolecast/audit'
import { type Command, InvalidArgumentError } from 'commander'
import { CheckFailed, UsageError } from '../errors.js'
import { openCatalog } from '../input/open-catalog.js'
import { namesIn, type SourceOptions, sourceOf, withSourceOptions } from '../input/source-options.js'
import { silent } from '../progress.js'
import { findingsText } from './findings-text.js'

const help = `
Examples:
  rolecast audit
  rolecast audit --db postgresql://me@localhost/shop --schemas api --authenticator authenticator
  rolecast audit --json --fail-on warning

It reads the database's catalogs only, as any login role may, and changes nothing.

Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 wrong use or configuration; 3 the database cannot be reached.`

interface AuditCommandOptions extends SourceOptions {
  readonly roles?: readonly string[]
  readonly anonymous?: string
  readonly json?: boolean
  readonly failOn: Severity
}

export function addAudit(program: Command): Command {
  return withSourceOptions(program.command('audit'))
    .summary('find what is wrong with grants and row-level security')
    .option(
      '--roles <names>',
      'the roles that requests run as (default: all that the authenticator can become)',
      namesIn('--roles'),
    )
    .option('--anonymous <role>', 'the role of requests without a token (default: anon, if there is one)')
    .option('--json', 'as JSON')
    .option('--fail-on <severity>', `exit with 1 at or above: ${severities.join(', ')}`, severity, 'error')
    .addHelpText('after', help)
    .action(async (options: AuditCommandOptions) => {
      const findings = await findingsOf(options)
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ findings, summary: summaryOf(findings) }, null, 2)}\n`
          : findingsText(findings),
      )
      const failing = findings.filter((finding) => isAtLeast(finding.severity, options.failOn))
      if (failing.length > 0) {
        throw new CheckFailed(`${failing.length} of the findings are at or above ${options.failOn}.`)
      }
    })
}

async function findingsOf(options: AuditCommandOptions): Promise<readonly Finding[]> {
  const source = await sourceOf(options, options.roles)
  const catalog = await openCatalog({ ...source, security: true }, silent)
  if (catalog.security === undefined) {
    throw new UsageError(
      'This catalog lacks the facts that an audit needs: it was written by an older version. Write it again with `rolecast snapshot`.',
    )
  }
  const anonymous = options.anonymous ?? (catalog.security.apiRoles.includes('anon') ? 'anon' : null)
  return audit(
    catalog,
    {
      schemas: source.schemas,
      authenticator: source.authenticator ?? null,
      anonymous,
      ...(options.roles && { roles: options.roles }),
    },
    await loadLints(),
  )
}

function severity(text: string): Severity {
  const found = severities.find((known) => known === text)
  if (found === undefined) throw new InvalidArgumentError(`It must be one of: ${severities.join(', ')}.`)
  return found
}
