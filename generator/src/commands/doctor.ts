import type { Command } from 'commander'
import { diagnose } from '../doctor/diagnose.js'
import type { Diagnosis, Question } from '../doctor/diagnosis.js'
import { doctorText } from '../doctor/doctor-text.js'
import { planOf } from '../doctor/plan.js'
import { readClaims, readRequest } from '../doctor/request-line.js'
import { CheckFailed, UsageError } from '../errors.js'
import { type ConfigFiles, withConfigFiles } from '../input/config-files.js'
import type { CatalogSource } from '../input/open-catalog.js'
import { sourceOptions } from '../input/open-judged.js'
import { readServerConfiguration } from '../input/server-facts.js'
import { type SourceOptions, sourceOf, withDatabaseOptions, withPresetOption } from '../input/source-options.js'
import { startLoaded } from '../input/start-loaded.js'
import { silent } from '../progress.js'

const help = `
Examples:
  rolecast doctor --role anon 'GET /orders?select=id,total'
  rolecast doctor --role app_user --claims '{"sub": "42"}' 'POST /orders {"total": "9.90"}' -H 'Prefer: return=representation'
  rolecast doctor --role anon --db postgresql://me@localhost/shop --schemas api --authenticator authenticator 'GET /rpc/report'
  rolecast doctor --role anon --config postgrest.conf 'GET /orders?select=total.sum()'

It asks the request as the role, in a transaction that is rolled back. If it is refused, or nothing comes, it finds the one
thing that is missing, and the narrowest SQL that mends it. The repair is tried in a transaction that is rolled back, too: that
locks the tables concerned for moments and needs a login role that may grant. With another one the repair comes from the
catalogs alone, and says so.

Exit codes: 0 allowed; 1 refused or empty; 2 wrong use, or a request that cannot be read; 3 the database cannot be reached.`

interface DoctorOptions extends Omit<SourceOptions, 'config'> {
  readonly config?: ConfigFiles
  readonly role: string
  readonly claims?: string
  readonly body?: string
  readonly header: readonly string[]
  readonly json?: boolean
  readonly plan?: boolean
}

export function addDoctor(program: Command): Command {
  return withPresetOption(withConfigFiles(withDatabaseOptions(program.command('doctor'))))
    .summary('say why a request is refused or finds nothing, and what mends it')
    .argument('<request>', "method, path and query, and a body if there is one: 'GET /orders?select=id'")
    .requiredOption('--role <role>', 'the role that the request runs as')
    .option('--claims <json>', 'the claims of its token: a JSON object')
    .option('--body <text>', "the request's body")
    .option(
      '-H, --header <header>',
      "one of the request's headers; may be repeated",
      (text, all: string[]) => [...all, text],
      [],
    )
    .option('--plan', 'show how PostgreSQL runs it as the role (EXPLAIN)')
    .option('--json', 'as JSON')
    .addHelpText('after', help)
    .action(async (text: string, options: DoctorOptions) => {
      const request = readRequest(text, options.body, options.header)
      const claims = readClaims(options.claims ?? '{}')
      const { config = {}, ...given } = options
      const server = config.server === undefined ? null : readServerConfiguration(config.server, process.env)
      const source = await sourceOf(sourceOptions(given, config, server), [options.role])
      await using database = await openDatabase(source)
      const question: Question = {
        uri: database.uri,
        schemas: source.schemas,
        role: options.role,
        claims,
        authenticator: source.authenticator,
        request,
        server: config.server === undefined ? {} : { configFile: config.server },
      }
      const diagnosis = await diagnose(question)
      const plan = options.plan ? await planOf(question) : null
      process.stdout.write(options.json ? asJson(diagnosis, plan) : doctorText(diagnosis, plan))
      if (diagnosis.verdict !== 'allowed') throw new CheckFailed(`The request is ${diagnosis.verdict}.`)
    })
}

function asJson(diagnosis: Diagnosis, plan: string | null): string {
  return `${JSON.stringify({ ...diagnosis, ...(plan !== null && { plan }) }, null, 2)}\n`
}

async function openDatabase({ database, platform, folder }: CatalogSource): Promise<{ uri: string } & AsyncDisposable> {
  if ('uri' in database) return { uri: database.uri, [Symbol.asyncDispose]: async () => {} }
  if ('catalog' in database) {
    throw new UsageError('doctor asks the request, so it needs a database: give --db URI.')
  }
  return startLoaded({ database, platform, folder }, silent)
}
