import { type Catalog, indexCatalog, quoteIdentifier } from '@rolecast/catalog'
import type { ApiAnswer, Asker } from '../ask/ask.js'
import { causeOf } from './cause.js'
import { conditionsFor, rowsNamed } from './conditions.js'
import type { Diagnosis, OuterFault, Question, Repair } from './diagnosis.js'
import type { Facts } from './facts.js'
import type { Link } from './link.js'
import { type Mentioned, mentionedBy, withoutReturning } from './mentioned.js'
import { missingLinks, verbsFor } from './missing-links.js'
import { narrowest } from './narrowest.js'
import { otherCause } from './other-cause.js'
import { reachedBy } from './reached.js'
import { type ConditionOf, repairSql } from './repair-sql.js'
import { widenedBeside } from './widened.js'

export interface Examination {
  /** with what the faults before changed */
  readonly question: Question
  /** as it was asked */
  readonly before: Question
  readonly facts: Facts
  readonly asker: Asker
  readonly answer: ApiAnswer
  readonly faults: readonly OuterFault[]
  readonly status: number
}

/** Whether a request is answered, with something where rows are asked for. */
export const passes = ({ status, rows }: ApiAnswer) => status < 400 && rows !== 0

/** Finds the privileges and policies that a request lacks. */
export async function examine(examination: Examination): Promise<Diagnosis> {
  const { answer, faults, status, question, facts } = examination
  const outer = faults[0]?.cause ?? null
  const verdict = status >= 400 && answer.code !== 'PGRST116' ? 'refused' : 'empty'
  if (passes(answer)) {
    if (outer === null) return { verdict: 'allowed', status, cause: null, repair: null }
    return { verdict: 'refused', status, cause: outer, repair: await repairOf(examination, [], () => 'true') }
  }
  const found = await lacking(examination)
  if (found === null) {
    const isEmpty = answer.rows === 0 || answer.code === 'PGRST116'
    const cause = outer ?? (isEmpty ? null : otherCause(answer, question.request, facts.catalog, question.schemas))
    const repair =
      outer === null
        ? null
        : untried(
            faults.flatMap(({ sql }) => sql),
            'The request does not pass with it alone.',
          )
    return { verdict, status, cause, repair }
  }
  const { links, conditionOf, note } = found
  const cause = outer ?? causeOf(links, await causeContext(examination, links))
  if (note !== null)
    return { verdict, status, cause, repair: untried(statements(examination, links, conditionOf), note) }
  return { verdict, status, cause, repair: await repairOf(examination, links, conditionOf) }
}

interface Lacking {
  readonly links: readonly Link[]
  readonly conditionOf: ConditionOf
  /** why it is a guess from the catalogs that was not tried; null where it was */
  readonly note: string | null
}

/** Everything that may be missing is given, then taken back as long as the request passes. Null: no privilege helps. */
async function lacking(examination: Examination): Promise<Lacking | null> {
  const { question, facts, asker, answer, faults } = examination
  const mentioned = mentionedBy(question.request)
  const base = faults.flatMap(({ trial }) => trial)
  const ask = (links: readonly Link[], conditionOf?: ConditionOf) =>
    asker.ask(question.request, [...base, ...repairSql(links, conditionOf)])
  const spoken = [answer.message ?? '']
  let all: readonly Link[] = []
  let best = answer
  for (let round = 0; round < 5; round += 1) {
    const schemas = ofRequest(question.schemas, mentioned)
    const reached = reachedBy(facts.catalog, question.role, mentioned, schemas, spokenOf(spoken))
    const next = missingLinks(facts.catalog, question.role, mentioned, reached)
    if (round > 0 && next.length === all.length) break
    all = next
    try {
      best = await ask(all)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
      return guessed(all, examination, `It could not be tried: ${error.message}.`)
    }
    if (best.code !== '42501') break
    spoken.push(best.message ?? '')
  }
  const isBetter = passes(best) || (best.code !== answer.code && best.code !== '42501' && best.status >= 400)
  if (!isBetter)
    return best.code === '42501'
      ? guessed(all, examination, 'It could not be tried: the login role may not grant it.')
      : null
  const holds = (reply: ApiAnswer) => (passes(best) ? passes(reply) : reply.code === best.code)
  const links = await narrowest(all, async (chosen) => holds(await ask(chosen)))
  const conditionOf = await narrowConditions(links, examination, mentioned, async (conditions) => {
    // A condition that does not fit the columns is an error of the statement.
    return ask(links, conditions).then(holds, () => false)
  })
  return { links, conditionOf, note: null }
}

/** One relation after the other; `true` where nothing narrower lets the request through. */
async function narrowConditions(
  links: readonly Link[],
  { facts, question }: Examination,
  mentioned: Mentioned,
  holds: (conditionOf: ConditionOf) => Promise<boolean>,
): Promise<ConditionOf> {
  const chosen = new Map<string, string>()
  const { relations } = indexCatalog(facts.catalog)
  const changed = new Set(
    links.flatMap((link) => (link.kind === 'policy' || link.kind === 'restrictive' ? [link.relation] : [])),
  )
  for (const name of changed) {
    const relation = relations.get(name as `${string}.${string}`)
    if (relation === undefined) continue
    for (const condition of conditionsFor(relation, question.claims, mentioned, question.request)) {
      if (await holds((key) => (key === name ? condition : (chosen.get(key) ?? 'true')))) {
        chosen.set(name, condition)
        break
      }
    }
  }
  return (name) => chosen.get(name) ?? 'true'
}

/** Where nothing may be changed: what the catalogs say is missing on the object that PostgreSQL refused. */
function guessed(all: readonly Link[], { question, facts, answer }: Examination, why: string): Lacking | null {
  const { message, rows } = answer
  const mentioned = mentionedBy(question.request)
  const names = spokenOf([message ?? ''])
  const isRefusal = rows === null
  const verbs = verbsFor(mentioned)
  const links = all.filter((link) => {
    if (link.kind === 'usage') return isRefusal && names(link.schema)
    if (link.kind === 'function') return isRefusal && names(bare(link.signature.replace(/\(.*$/s, '')))
    if (link.kind === 'sequence') return isRefusal && names(bare(link.sequence))
    if (link.kind === 'grant') {
      const isMeant =
        link.column === null || mentioned.mentions(link.column) || (link.verb === 'select' && mentioned.isEveryColumn)
      return isRefusal && names(bare(link.relation)) && verbs.includes(link.verb) && isMeant
    }
    return link.kind === 'policy' && bare(link.relation) === mentioned.name
  })
  const { relations } = indexCatalog(facts.catalog)
  const conditionOf = (name: string) => {
    const relation = relations.get(name as `${string}.${string}`)
    return (relation && rowsNamed(relation, mentioned, question.request)) ?? 'true'
  }
  return links.length === 0 ? null : { links, conditionOf, note: [why, ...openings(links, conditionOf)].join(' ') }
}

const bare = (name: string) => name.replace(/^.*\./s, '').replaceAll('"', '')

/** Whether messages of PostgreSQL, in whatever language, speak of a name. */
function spokenOf(messages: readonly string[]): (name: string) => boolean {
  const words = new Set(messages.flatMap((message) => message.split(/[\s"'«»„“”‚‘’().,:;]+/)))
  return (name) => words.has(name) || (/[^\w$]/.test(name) && messages.some((message) => message.includes(name)))
}

/** The exposed schemas, the one that the request is about first. */
function ofRequest(schemas: readonly string[], { profile }: Mentioned): readonly string[] {
  return profile === null ? schemas : [profile, ...schemas.filter((schema) => schema !== profile)]
}

async function causeContext({ question, facts, asker, faults }: Examination, links: readonly Link[]) {
  const base = faults.flatMap(({ trial }) => trial)
  const stripped = withoutReturning(question.request)
  const rights = links.filter(({ kind }) => kind !== 'policy' && kind !== 'restrictive')
  const withRights = await asker.ask(question.request, [...base, ...repairSql(rights)]).catch(() => null)
  const catalog: Catalog = facts.catalog
  return {
    catalog,
    role: question.role,
    claims: question.claims,
    onlyReturning: stripped !== null && passes(await asker.ask(stripped, base)),
    isRowRefused: withRights?.code === '42501',
  }
}

function statements({ faults }: Examination, links: readonly Link[], conditionOf: ConditionOf): readonly string[] {
  return [...faults.flatMap(({ sql }) => sql), ...repairSql(links, conditionOf)]
}

function untried(sql: readonly string[], note: string): Repair {
  return { sql: sqlText(sql), widens: [], tried: false, note }
}

const sqlText = (sql: readonly string[]) => sql.map((statement) => `${statement};`).join('\n')

async function repairOf(examination: Examination, links: readonly Link[], conditionOf: ConditionOf): Promise<Repair> {
  const { question, before, facts, asker, faults } = examination
  const sql = statements(examination, links, conditionOf)
  const trial = [...faults.flatMap((fault) => fault.trial), ...repairSql(links, conditionOf)]
  const reply = await asker.ask(question.request, trial)
  const widens = await widenedBeside({
    uri: question.uri,
    statements: trial,
    links,
    role: question.role,
    mentioned: mentionedBy(question.request),
    schemas: [before.schemas, question.schemas],
    roles: facts.roles,
  })
  return { sql: sqlText(sql), widens, tried: true, note: noteOf(links, conditionOf, reply) }
}

function noteOf(links: readonly Link[], conditionOf: ConditionOf, reply: ApiAnswer): string | null {
  const notes = [
    ...(links.some(({ kind }) => kind === 'policy' || kind === 'restrictive')
      ? ['The policies may be right and the claims wrong: apply this only if the role should see or write these rows.']
      : []),
    ...openings(links, conditionOf),
    ...(passes(reply)
      ? []
      : [`No privilege is missing then, but the request still fails: ${reply.message ?? reply.status}.`]),
  ]
  return notes.length === 0 ? null : notes.join(' ')
}

/** What policies without a condition open: a sentence for each. */
function openings(links: readonly Link[], conditionOf: ConditionOf): readonly string[] {
  return links.flatMap((link) => {
    if ((link.kind !== 'policy' && link.kind !== 'restrictive') || conditionOf(link.relation) !== 'true') return []
    const verb = link.kind === 'policy' ? link.verb.toUpperCase() : 'pass'
    const rows = link.kind === 'policy' && link.verb === 'insert' ? 'any row into' : 'every row of'
    return [
      `It lets ${quoteIdentifier(link.who)} ${verb} ${rows} ${link.relation}, now and later: nothing narrower is known to do, so write the condition that you mean in place of true.`,
    ]
  })
}
