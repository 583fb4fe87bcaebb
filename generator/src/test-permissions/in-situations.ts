import {
  type Caller,
  type Outcome,
  Relevance,
  rowTrials,
  type Situation,
  situationsFor,
  type Trial,
  type World,
} from '@rolecast/audit'
import { qualifiedName, type Relation } from '@rolecast/catalog'
import { asked, type Laboratory } from './laboratory.js'
import type { MadeRows } from './make-rows.js'
import type { Subject } from './subject.js'

/**
 * Asks about the same rows again where the owner has changed something. What comes out as before tells nothing new, and
 * is left out: all that a caller is asked about a relation in one situation is kept where one answer is another.
 *
 * @param before what was asked without a change, with its outcomes
 */
export async function askInSituations(
  laboratory: Laboratory,
  subject: Subject,
  world: World,
  { rows, unmade }: MadeRows,
  {
    callers,
    relations,
    before,
  }: {
    readonly callers: readonly Caller[]
    readonly relations: readonly Relation[]
    readonly before: readonly (readonly [Trial, Outcome | undefined])[]
  },
): Promise<readonly (readonly [Trial, Outcome])[]> {
  const known = new Map(before.map(([trial, outcome]) => [keyOf(trial), outcome]))
  const relevance = new Relevance(world.catalog)
  const situations: Situation[] = []
  for (const situation of situationsFor(world, rows, unmade)) {
    if (await isPossible(laboratory, situation)) situations.push(situation)
  }
  const groups = situations.flatMap((situation) =>
    callers.flatMap((caller) =>
      relations.flatMap((relation) => {
        const { schema, name } = relation
        const surface = subject.surfaceOf(caller.role, schema, name)
        return surface === undefined || !relevance.leadsTo(qualifiedName(schema, name), situation.relation)
          ? []
          : [{ situation, trials: rowTrials(world, caller, relation, surface, rows, situation) }]
      }),
    ),
  )
  const outcomes = await laboratory.ask(groups.flatMap(({ trials }) => trials).map(asked))
  let from = 0
  return groups.flatMap(({ situation, trials }) => {
    const answers = trials.flatMap((trial, at): (readonly [Trial, Outcome])[] => {
      const outcome = outcomes[from + at]
      return outcome === undefined ? [] : [[trial, outcome]]
    })
    from += trials.length
    const isNew = answers.some(([trial, outcome]) => {
      const other = known.get(keyOf(trial))
      return other !== undefined && other !== outcome
    })
    // That a row is seen where all are seen is no promise.
    const isTold = ({ steps }: Trial) => situation.persona !== null || steps[0]?.request?.method !== 'GET'
    return isNew ? answers.filter(([trial]) => isTold(trial)) : []
  })
}

/** What is asked, without what the owner does before. */
const keyOf = ({ caller, object, steps }: Trial) => JSON.stringify([caller.name, object, steps.map(({ sql }) => sql)])

const isPossible = (laboratory: Laboratory, { setup }: Situation): Promise<boolean> =>
  laboratory.undone(async () => {
    for (const sql of setup) if ((await laboratory.attempt(sql)) !== null) return false
    return true
  })
