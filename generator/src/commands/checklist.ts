import { audit, type ChecklistPoint, checklist, loadLints } from '@rolecast/audit'
import { printable, printableJson } from '@rolecast/audit/printable'
import type { Command } from 'commander'
import { CheckFailed } from '../errors.js'
import { withJudgedOptions } from '../input/config-files.js'
import { type JudgedOptions, openJudged } from '../input/open-judged.js'
import { namesIn } from '../input/source-options.js'
import { count } from '../progress.js'

const help = `
Examples:
  rolecast checklist --config postgrest.conf
  rolecast checklist --db postgresql://me@localhost/shop --schemas api --authenticator authenticator --config postgrest.conf
  rolecast checklist --json

Twelve points to go through before production. Each is PASS or FAIL by evidence from the database's catalogs, the findings
of \`rolecast audit\` and the server's configuration, or MANUAL where only people can know. Two need the configuration.

Exit codes: 0 no point fails; 1 a point fails; 2 wrong use or configuration; 3 the database cannot be reached.`

export function addChecklist(program: Command): Command {
  return withJudgedOptions(program.command('checklist'))
    .summary('go through what an API needs before production')
    .option(
      '--roles <names>',
      'the roles that requests run as (default: all that the authenticator can become)',
      namesIn('--roles'),
    )
    .option('--json', 'as JSON')
    .addHelpText('after', help)
    .action(async ({ json = false, ...options }: JudgedOptions & { readonly json?: boolean }) => {
      const judged = await openJudged(options)
      const findings = audit(judged.catalog, judged.options, await loadLints())
      const points = checklist(judged.catalog, judged.options, findings)
      process.stdout.write(json ? `${printableJson({ points })}\n` : textOf(points))
      const failed = points.filter(({ state }) => state === 'fail').length
      if (failed > 0)
        throw new CheckFailed(`${count(failed, 'point')} of the checklist ${failed === 1 ? 'fails' : 'fail'}.`)
    })
}

function textOf(points: readonly ChecklistPoint[]): string {
  return points
    .map(({ title, state, evidence }) => `${state.toUpperCase().padEnd(6)}  ${title}\n        ${printable(evidence)}\n`)
    .join('')
}
