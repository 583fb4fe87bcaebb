import { printable } from '@rolecast/audit/printable'
import { inspectionOf, whyOf } from '@rolecast/catalog'
import type { Command } from 'commander'
import { factsOn } from '../emit/facts-on.js'
import { openCatalog } from '../input/open-catalog.js'
import { type SourceOptions, sourceOf, withSourceOptions } from '../input/source-options.js'
import { progressTo, silent } from '../progress.js'
import { surfaceTable } from './surface-table.js'

const help = `
Examples:
  rolecast inspect --role anon
  rolecast inspect --role anon --json --db postgresql://me@localhost/shop --schemas api
  rolecast inspect --role anon --why api.orders.insert

In the JSON form, of each relation:
  select   columns c for which SELECT c FROM r is not refused
  insert   columns c for which INSERT INTO r (c) VALUES (...) is not refused
  update   columns c for which UPDATE r SET c = ... is not refused
  delete   whether DELETE FROM r is not refused
"Refused" is PostgreSQL's error 42501; row-level security may still hide rows. With facts of the role in the configuration,
verbs that no row can pass then count as such, and standard error says which; --why tells what the database alone says.

Exit codes: 0 done; 2 wrong use or configuration; 3 the database cannot be reached or refuses.`

export function addInspect(program: Command): Command {
  return withSourceOptions(program.command('inspect'))
    .summary('print what a role may do')
    .requiredOption('--role <role>', 'the role')
    .option('--json', 'as JSON')
    .option('--why <what>', 'explain one answer: schema.relation.verb, schema.relation.column.verb or schema.function')
    .addHelpText('after', help)
    .action(async (options: InspectOptions) => {
      process.stdout.write(await inspect(options))
    })
}

interface InspectOptions extends SourceOptions {
  role: string
  json?: boolean
  why?: string
}

async function inspect({ role, json, why, ...options }: InspectOptions): Promise<string> {
  const source = await sourceOf(options, [role])
  const { schemas } = source
  const facts = source.configuration?.config.facts
  const catalog = await openCatalog({ ...source, security: facts !== undefined }, silent)
  if (why !== undefined) {
    const chain = whyOf(catalog, role, why, { schemas })
    return json ? `${JSON.stringify(chain, null, 2)}\n` : chain.facts.map((fact) => `${printable(fact)}\n`).join('')
  }
  const { surface, remarks } = factsOn(catalog, role, { schemas, facts })
  for (const remark of remarks) progressTo(process.stderr).say(remark)
  return json ? `${JSON.stringify(inspectionOf(surface), null, 2)}\n` : surfaceTable(surface, schemas)
}
