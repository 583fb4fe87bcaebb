import { type Mutant, mutantsOf, type PermissionTest, Relevance, spread } from '@rolecast/audit'
import { count, type Progress } from '../progress.js'
import { type Difference, Equality } from './equality.js'
import type { Laboratory } from './laboratory.js'
import type { Pinned } from './pin.js'
import type { Subject } from './subject.js'

export type Verdict =
  /** `by`: what noticed it; `role`: whom it matters to */
  | { readonly verdict: 'killed'; readonly by: string; readonly role: string }
  | { readonly verdict: 'survived'; readonly difference: Difference }
  | { readonly verdict: 'equivalent' }
  /** PostgreSQL does not take it */
  | { readonly verdict: 'impossible'; readonly reason: string }

export interface Judged {
  readonly mutant: Mutant
  readonly result: Verdict
}

/** The mutants of a database, as many as are wanted. */
export function mutantsFor(subject: Subject, most: number): readonly Mutant[] {
  const { catalog, roles, schemas, authenticator, login } = subject
  return spread(mutantsOf(catalog, { roles, exposed: schemas, authenticator, login }), most)
}

/**
 * Tries each mutant in the laboratory, and undoes it: does a test fail? If none does, does anything differ at all: what a role
 * may do, or the rows that it reaches?
 */
export async function judge(
  laboratory: Laboratory,
  subject: Subject,
  pinned: Pinned,
  tests: readonly PermissionTest[],
  mutants: readonly Mutant[],
  progress: Progress,
): Promise<readonly Judged[]> {
  await laboratory.load(tests)
  const relevance = new Relevance(subject.catalog)
  const order = orderOf(tests, relevance)
  const equality = await Equality.of(laboratory, subject, pinned, relevance)
  const judged: Judged[] = []
  progress.say(`trying ${count(mutants.length, 'mutant')} against ${count(tests.length, 'test')}`)
  for (const [at, mutant] of mutants.entries()) {
    judged.push({ mutant, result: await laboratory.undone(() => judgeOne(laboratory, equality, tests, order, mutant)) })
    if ((at + 1) % 250 === 0) progress.say(`${at + 1} of ${mutants.length} mutants`)
  }
  return judged
}

async function judgeOne(
  laboratory: Laboratory,
  equality: Equality,
  tests: readonly PermissionTest[],
  order: (mutant: Mutant) => readonly number[],
  mutant: Mutant,
): Promise<Verdict> {
  const before = await equality.holders(mutant)
  for (const sql of mutant.sql) {
    const error = await laboratory.attempt(sql)
    if (error !== null) return { verdict: 'impossible', reason: error.message }
  }
  // Who holds what in effect is what PostgreSQL decides by: where that is the same, everything is.
  if (before !== null && before === (await equality.holdersNow(mutant))) return { verdict: 'equivalent' }
  const broken = await laboratory.firstBroken(order(mutant))
  const test = broken === null ? undefined : tests[broken.index]
  if (broken !== null && test !== undefined) {
    const by = `${test.object}: ${test.caller.name} ${test.title}: ${test.expected} expected, ${broken.outcome} found`
    return { verdict: 'killed', by, role: test.caller.role }
  }
  const difference = await equality.difference(mutant)
  return difference === null ? { verdict: 'equivalent' } : { verdict: 'survived', difference }
}

/** The tests that may see it; those of the same object and role first, where most are found. */
function orderOf(tests: readonly PermissionTest[], relevance: Relevance): (mutant: Mutant) => readonly number[] {
  return (mutant) => {
    const { relation, object, roles } = mutant
    const rank = (number: number) => {
      const test = tests[number]
      if (test === undefined) return 4
      const isObject = test.object === (relation ?? object)
      const isRole = roles.length === 0 || roles.includes(test.caller.role)
      return isObject && isRole ? 0 : isObject ? 1 : isRole && roles.length > 0 ? 2 : 3
    }
    const asked = tests.flatMap((test, number) =>
      relevance.isRelevant(mutant, { role: test.caller.role, object: test.object }) ? [number] : [],
    )
    const ranks = new Map(asked.map((number) => [number, rank(number)]))
    return asked.sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0) || a - b)
  }
}
