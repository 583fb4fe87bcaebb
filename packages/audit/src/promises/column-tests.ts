import type { Relation, RelationSurface } from '@rolecast/catalog'
import { keyOfRelation } from '../rows/claims.js'
import type { Caller, Outcome, PermissionTest, Step } from './permission-test.js'
import { deleteNone, insertColumns, readColumns, updateColumns } from './requests.js'

type ColumnVerb = 'read' | 'insert' | 'update'
type Verb = ColumnVerb | 'delete'

/** Whether a caller may do something with a column at all; with no row. `column` null: to delete. */
export interface ColumnQuestion {
  readonly caller: Caller
  readonly relation: Relation
  readonly verb: Verb
  readonly column: string | null
  readonly step: Step
}

/** Every verb on every column of a relation. `surface`: what the caller's role may do with it, as far as is known. */
export function columnQuestions(
  caller: Caller,
  relation: Relation,
  surface: RelationSurface | undefined,
): readonly ColumnQuestion[] {
  const question = (verb: Verb, column: string | null): ColumnQuestion => {
    const step = stepFor(verb, relation, column === null ? [] : [column], surface?.filter[0], true)
    return { caller, relation, verb, column, step }
  }
  const written = relation.columns.filter(({ generated, identity }) => generated === null && identity !== 'always')
  return [
    ...relation.columns.map(({ name }) => question('read', name)),
    ...written.flatMap(({ name }) => [question('insert', name), question('update', name)]),
    question('delete', null),
  ]
}

/** One test of all columns that are allowed, and one of those that are refused, per verb. */
export function columnTests(
  answers: readonly (readonly [ColumnQuestion, Outcome])[],
  surfaceOf: (caller: Caller, relation: Relation) => RelationSurface | undefined,
): readonly PermissionTest[] {
  const groups = new Map<string, (readonly [ColumnQuestion, Outcome])[]>()
  for (const answer of answers) {
    const [{ caller, relation, verb }] = answer
    const key = JSON.stringify([keyOfRelation(relation), caller.name, verb])
    groups.set(key, [...(groups.get(key) ?? []), answer])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const [{ caller, relation, verb }] = first
    const readable = surfaceOf(caller, relation)?.filter[0]
    const base = { object: keyOfRelation(relation), caller, setup: [] }
    const allowed = group.filter(([, outcome]) => outcome.endsWith(' rows')).map(([question]) => question)
    const refused = group.filter(([, outcome]) => outcome === 'refused').map(([question]) => question)
    const columns = allowed.flatMap(({ column }) => (column === null ? [] : [column]))
    return [
      ...(allowed.length === 0
        ? []
        : [
            {
              ...base,
              title: verb === 'delete' ? 'may delete' : `may ${verb} ${columns.join(', ')}`,
              steps: [stepFor(verb, relation, columns, readable, false)],
              expected: 'answered' as const,
            },
          ]),
      ...(refused.length === 0
        ? []
        : [
            {
              ...base,
              title: verb === 'delete' ? 'may not delete' : `may not ${verb} ${namesOf(refused, group)}`,
              steps: refused.map(({ step }) => step),
              expected: 'refused' as const,
            },
          ]),
    ]
  })
}

function namesOf(refused: readonly ColumnQuestion[], all: readonly unknown[]): string {
  return refused.length === all.length && all.length > 1 ? 'any column' : refused.map(({ column }) => column).join(', ')
}

function stepFor(
  verb: Verb,
  relation: Relation,
  columns: readonly string[],
  readable: string | undefined,
  isRefused: boolean,
): Step {
  switch (verb) {
    case 'read':
      return readColumns(relation, columns)
    case 'insert':
      return insertColumns(relation, columns)
    case 'update':
      return updateColumns(relation, columns, readable, isRefused)
    case 'delete':
      return deleteNone(relation, readable, isRefused)
  }
}
