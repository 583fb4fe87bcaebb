import { hasFeature, quoteIdentifier } from '@rolecast/catalog'
import { type ApiAnswer, type ApiRequest, openAsker } from '../ask/ask.js'
import { UsageError } from '../errors.js'
import type { Diagnosis, OuterFault, Question } from './diagnosis.js'
import { examine } from './examine.js'
import { type Facts, readFacts } from './facts.js'
import { mentionedBy } from './mentioned.js'
import { outerFault } from './outer-fault.js'

/** Refusals of what the request says, which no privilege changes. */
const unreadable = new Set([
  'PGRST100',
  'PGRST101',
  'PGRST102',
  'PGRST103',
  'PGRST104',
  'PGRST108',
  'PGRST114',
  'PGRST118',
  'PGRST125',
])

/**
 * Asks, and finds what the request lacks by trying: each trial is a transaction that is rolled back.
 *
 * @throws UsageError for a request that does not parse, UnknownNameError, UnreachableError
 */
export async function diagnose(question: Question): Promise<Diagnosis> {
  const mentioned = mentionedBy(question.request)
  const facts = await readFacts({ ...question, name: mentioned.name })
  const asked = {
    ...question,
    request: counted(question.request),
    server: { env: settingsOf(facts), ...question.server },
  }
  const faults: OuterFault[] = facts.isReachable ? [] : [roleFault(asked, facts)]
  let status: number | null = null
  for (let round = 0; ; round += 1) {
    const { next } = faults.at(-1) ?? { next: asked }
    const now = { ...asked, ...next }
    await using asker = await openAsker(now)
    const answer = await asker.ask(
      now.request,
      faults.flatMap(({ trial }) => trial),
    )
    mustParse(answer)
    status ??= facts.isReachable ? answer.status : 403
    const fault = round < 3 ? outerFault(answer, now, facts) : null
    if (fault === null) return await examine({ question: now, before: question, facts, asker, answer, faults, status })
    faults.push(fault)
  }
}

/** Writes without a body tell only with a count whether they found a row. */
function counted(request: ApiRequest): ApiRequest {
  const { method, headers } = request
  const isCounted = headers.some(([name, value]) => /^prefer$/i.test(name) && value.includes('count='))
  if (isCounted || (method !== 'PATCH' && method !== 'DELETE')) return request
  return { ...request, headers: [...headers, ['Prefer', 'count=exact']] }
}

/** The server's settings that the database keeps: `ALTER ROLE authenticator SET pgrst.db_max_rows = …`, as variables. */
function settingsOf({ catalog, authenticator }: Facts): Readonly<Record<string, string>> {
  const own = catalog.settings.filter(
    ({ role, name }) => name.startsWith('pgrst.') && (role === null || role === authenticator),
  )
  return Object.fromEntries(
    own.flatMap(({ name, value }) => (value === null ? [] : [[name.replace('.', '_').toUpperCase(), value]])),
  )
}

function mustParse({ code, message, body }: ApiAnswer): void {
  if (code !== null && unreadable.has(code))
    throw new UsageError(`The request cannot be read (${code}): ${message ?? body}`)
}

function roleFault({ role, request, schemas, server }: Question, { authenticator, catalog }: Facts): OuterFault {
  const [from, to] = [quoteIdentifier(role), quoteIdentifier(authenticator)]
  const sql = [
    `GRANT ${from} TO ${to}${hasFeature(catalog.serverVersion, 'membershipOptions') ? ' WITH INHERIT FALSE, SET TRUE' : ''}`,
  ]
  const message = `${to}, which the server logs in as, cannot become the role ${from}: it is no member of it.`
  return { cause: { kind: 'role', object: from, message }, sql, trial: sql, next: { request, schemas, server } }
}
