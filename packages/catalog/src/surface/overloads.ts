import type { Argument, Routine } from '../model/catalog.js'

/** Of one overload, what a request has to give, and what it must not, so that no other one is meant. */
export interface ChosenBy {
  readonly required: ReadonlySet<string>
  readonly withheld: ReadonlySet<string>
}

/** Other overloads may have many ways to be excluded: the shortest are enough. */
const maxWays = 8

interface Form {
  readonly names: ReadonlySet<string>
  readonly required: ReadonlySet<string>
  /** the type of its one unnamed argument, which takes the body */
  readonly body: string | null
}

const isInput = ({ mode }: Argument) => mode !== 'out' && mode !== 'table'

function formOf(routine: Routine): Form {
  const inputs = routine.arguments.filter(isInput)
  const [only] = inputs
  return {
    names: new Set(inputs.map(({ name }) => name)),
    required: new Set(inputs.filter(({ hasDefault }) => !hasDefault).map(({ name }) => name)),
    body: inputs.length === 1 && only?.name === '' ? only.type.type : null,
  }
}

/**
 * Overloads are told apart by the names of the arguments that are given, those too that this role may not call ("Overloaded
 * functions" in PostgREST's manual). The parts of an overload that no other one answers to: some of its optional
 * arguments must be given for that, or must not. Shortest first; none: no request means this overload.
 *
 * @param offered the arguments that this role can give
 * @param required those of `offered` that it has to give
 */
export function chosenBy(
  routine: Routine,
  overloads: readonly Routine[],
  offered: readonly string[],
  required: readonly string[],
): readonly ChosenBy[] {
  const form = formOf(routine)
  const others = overloads.filter((other) => other !== routine && other.kind === 'function').map(formOf)
  const always: ChosenBy = { required: new Set(required), withheld: new Set() }
  if (form.body !== null) return isOnlyBody(form.body, others) ? [always] : []
  const rivals = others.filter(
    ({ names, required: needed }) =>
      required.every((name) => names.has(name)) && [...needed].every((name) => offered.includes(name)),
  )
  const optional = offered.filter((name) => !required.includes(name))
  return rivals.reduce<readonly ChosenBy[]>(
    (ways, rival) => shortest(ways.flatMap((way) => without(rival, way, optional))),
    [always],
  )
}

/** The ways that exclude a rival as well: by an argument that it does not have, or without one that it needs. */
function without(rival: Form, way: ChosenBy, optional: readonly string[]): readonly ChosenBy[] {
  const { required, withheld } = way
  const isExcluded =
    [...required].some((name) => !rival.names.has(name)) || [...withheld].some((name) => rival.required.has(name))
  if (isExcluded) return [way]
  const free = optional.filter((name) => !required.has(name) && !withheld.has(name))
  return [
    ...free
      .filter((name) => !rival.names.has(name))
      .map((name) => ({ required: new Set([...required, name]), withheld })),
    ...free
      .filter((name) => rival.required.has(name))
      .map((name) => ({ required, withheld: new Set([...withheld, name]) })),
  ]
}

/** Without ways that are part of another one. */
function shortest(ways: readonly ChosenBy[]): readonly ChosenBy[] {
  const sizeOf = ({ required, withheld }: ChosenBy) => required.size + withheld.size
  const isPart = (way: ChosenBy, of: ChosenBy) =>
    [...of.required].every((name) => way.required.has(name)) && [...of.withheld].every((name) => way.withheld.has(name))
  const kept: ChosenBy[] = []
  for (const way of [...ways].sort((a, b) => sizeOf(a) - sizeOf(b))) {
    if (kept.length < maxWays && !kept.some((other) => isPart(way, other))) kept.push(way)
  }
  return kept
}

const json = new Set(['pg_catalog.json', 'pg_catalog.jsonb'])

/** A body goes to an overload with named arguments first: of JSON its keys decide, of others whether none must be given. */
function isOnlyBody(type: string, others: readonly Form[]): boolean {
  return others.every((other) => {
    if (other.body !== null) return other.body !== type && !(json.has(other.body) && json.has(type))
    return !json.has(type) && (other.names.size === 0 || other.required.size > 0)
  })
}
