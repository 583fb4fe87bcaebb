import {
  type Caller,
  callersFor,
  canBecome,
  catalogFacts,
  catalogQuestions,
  catalogTests,
  columnQuestions,
  columnTests,
  type Expected,
  type FunctionTrial,
  functionTrials,
  isMet,
  type Outcome,
  type PermissionTest,
  referred,
  rowTrials,
  type SeedRow,
  type Trial,
  World,
} from '@rolecast/audit'
import type { Relation } from '@rolecast/catalog'
import { count, type Progress } from '../progress.js'
import { askInSituations } from './in-situations.js'
import { type Asked, asked, type Laboratory } from './laboratory.js'
import { type MadeRows, makeRows } from './make-rows.js'
import type { Subject } from './subject.js'

/** What a database promises now: the rows that its tests are about, and the tests, all of which hold. */
export interface Pinned {
  readonly rows: readonly SeedRow[]
  readonly failed: MadeRows['failed']
  readonly callers: readonly Caller[]
  readonly tests: readonly PermissionTest[]
  /** everything that was asked of rows and functions, whether a test came of it or not */
  readonly trials: readonly Trial[]
}

/** Asks what each role may do, and makes tests of the answers. The laboratory then holds the rows. */
export async function pin(laboratory: Laboratory, subject: Subject, progress: Progress): Promise<Pinned> {
  const { catalog, schemas, roles, anonymous } = subject
  if (catalog.security === undefined) throw new Error('The catalog was read without what an audit needs.')
  const world = new World(catalog, catalog.security, schemas)
  const callers = callersFor(world, roles, anonymous)
  const own = callers.filter(({ role }, at) => callers.findIndex((other) => other.role === role) === at)
  const relations = catalog.relations.filter(
    ({ schema, extension, isPartition }) => schemas.includes(schema) && extension === null && !isPartition,
  )
  progress.say(`asking about ${count(relations.length, 'relation')} as ${count(roles.length, 'role')}`)
  const questions = own.flatMap((caller) =>
    relations.flatMap((relation) => columnQuestions(caller, relation, surface(subject, caller, relation))),
  )
  const answers = await laboratory.ask(
    questions.map(({ caller, step }) => ({ caller, setup: [], statements: [step.sql], expected: null })),
  )
  const aboutColumns = columnTests(
    questions.flatMap((question, at) => {
      const outcome = answers[at]
      return outcome === undefined ? [] : [[question, outcome] as const]
    }),
    (caller, relation) => surface(subject, caller, relation),
  )
  const calls = own.flatMap((caller) => functionTrials(catalog, caller, schemas, []))
  const withoutRows = await laboratory.ask(calls.map(askedByName))

  progress.say(`making rows of ${count(world.order.length, 'table')}`)
  const made = await makeRows(laboratory, world)
  const trials = callers.flatMap((caller) =>
    relations.flatMap((relation) => {
      const known = surface(subject, caller, relation)
      return known === undefined ? [] : rowTrials(world, caller, relation, known, made.rows)
    }),
  )
  const outcomes = await laboratory.ask(trials.map(asked))
  const situated = await askInSituations(laboratory, subject, world, made, {
    callers,
    relations,
    before: trials.map((trial, at) => [trial, outcomes[at]]),
  })
  const aboutRows = [
    ...trials.flatMap((trial, at): PermissionTest[] => testOf(trial, outcomes[at])),
    ...situated.flatMap(([trial, outcome]) => testOf(trial, outcome)),
  ]

  const keyed = own.flatMap((caller) => functionTrials(catalog, caller, schemas, made.rows))
  const withRows = await laboratory.ask(keyed.map(askedByName))
  const aboutFunctions = keyed.map(({ trial, isCountable }, at): PermissionTest => {
    const [before, after] = [withoutRows[at], withRows[at]]
    const { titles, ...rest } = trial
    if (after?.startsWith('refused')) return { ...rest, title: titles[1], expected: after as Expected }
    // Rows are promised only where those of the tests made them appear.
    const isOfRows = isCountable && before === '0 rows' && after !== undefined && /^[1-9]\d* rows$/.test(after)
    return { ...rest, title: titles[0], expected: isOfRows ? (after as Expected) : 'not refused' }
  })
  const inCatalog = catalogQuestions(catalog, roles, subject.login)
  const found = await laboratory.ask(
    inCatalog.map(({ caller, sql }) => ({ caller, setup: [], statements: [sql], expected: null, ofCatalog: true })),
  )
  const aboutCatalog = catalogTests(
    inCatalog.flatMap((question, at) => {
      const outcome = found[at]
      return outcome === undefined ? [] : [[question, outcome] as const]
    }),
  )
  const all = [
    ...reachTests(subject),
    ...aboutCatalog,
    ...catalogFacts(catalog, subject.login),
    ...aboutColumns,
    ...aboutRows,
    ...aboutFunctions,
  ]
  return {
    ...made,
    callers,
    tests: await thatHold(laboratory, all),
    trials: [...trials, ...situated.map(([trial]) => trial), ...keyed.map(({ trial }) => trial)],
  }
}

const surface = (subject: Subject, { role }: Caller, { schema, name }: Relation) =>
  subject.surfaceOf(role, schema, name)

/** Whether the function itself is refused, or something that it uses. */
const askedByName = ({ trial, name }: FunctionTrial): Asked => ({ ...asked(trial), expected: `refused by ${name}` })

function testOf({ titles, titleOfReferred, ...trial }: Trial, outcome: Outcome | undefined): PermissionTest[] {
  if (outcome === referred && titleOfReferred !== undefined)
    return [{ ...trial, title: titleOfReferred, expected: referred }]
  if (outcome === undefined || outcome.startsWith('error')) return []
  const isDone = outcome !== 'refused' && outcome !== '0 rows'
  return [{ ...trial, title: titles[isDone ? 0 : 1], expected: outcome as Expected }]
}

/** Whom the server's login can become. */
function reachTests({ authenticator, catalog, login }: Subject): readonly PermissionTest[] {
  if (authenticator === null) return []
  const verb = catalog.serverVersion >= 160000 ? 'SET' : 'MEMBER'
  const others = catalog.roles.filter(({ name }) => name !== authenticator && name !== login && !name.startsWith('pg_'))
  const caller: Caller = { name: authenticator, role: authenticator, claims: {} }
  const isReached = new Set(reachable(catalog.roles, authenticator))
  return others.map(({ name }) => ({
    title: isReached.has(name) ? `can become ${name}` : `cannot become ${name}`,
    object: authenticator,
    caller,
    setup: [],
    steps: [{ sql: canBecome(authenticator, name, verb), request: null }],
    expected: isReached.has(name) ? '1 rows' : '0 rows',
    ofCatalog: true,
  }))
}

function reachable(
  roles: Subject['catalog']['roles'],
  from: string,
  seen: ReadonlySet<string> = new Set(),
): readonly string[] {
  const direct = (roles.find(({ name }) => name === from)?.memberOf ?? []).filter(
    ({ set, role }) => set && !seen.has(role),
  )
  const known = new Set([...seen, ...direct.map(({ role }) => role)])
  return [...direct.map(({ role }) => role), ...direct.flatMap(({ role }) => reachable(roles, role, known))]
}

/** A test that fails on the database that it was made of would be none. */
async function thatHold(laboratory: Laboratory, tests: readonly PermissionTest[]): Promise<readonly PermissionTest[]> {
  const outcomes = await laboratory.ask(
    tests.map(({ caller, setup, steps, expected, ofCatalog }) => ({
      caller,
      ofCatalog,
      setup,
      statements: steps.map(({ sql }) => sql),
      expected,
    })),
  )
  return tests.filter(({ expected }, at) => {
    const outcome = outcomes[at]
    return outcome !== undefined && isMet(expected, outcome)
  })
}
