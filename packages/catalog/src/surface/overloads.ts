import type { Argument, Routine } from '../model/catalog.js'

/** Of one overload, what a request has to give, and what it must not, so that no other one is meant. */
export interface ChosenBy {
  readonly required: ReadonlySet<string>
  readonly withheld: ReadonlySet<string>
}

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
 * functions" in PostgREST's manual). The part of an overload that no other one answers to: some of its optional
 * arguments must be given for that, or must not. Null: no request means this overload.
 *
 * @param offered the arguments that this role can give
 * @param required those of `offered` that it has to give
 */
export function chosenBy(
  routine: Routine,
  overloads: readonly Routine[],
  offered: readonly string[],
  required: readonly string[],
): ChosenBy | null {
  const form = formOf(routine)
  const others = overloads.filter((other) => other !== routine && other.kind === 'function').map(formOf)
  if (form.body !== null) return isOnlyBody(form.body, others) ? { required: new Set(), withheld: new Set() } : null
  const rivals = others.filter(
    ({ names, required: needed }) =>
      required.every((name) => names.has(name)) && [...needed].every((name) => offered.includes(name)),
  )
  const optional = offered.filter((name) => !required.includes(name))
  const ways = [
    ['required', hittingSet(optional, rivals, (rival, name) => !rival.names.has(name))],
    ['withheld', hittingSet(optional, rivals, (rival, name) => rival.required.has(name))],
  ] as const
  const [shortest] = ways
    .flatMap(([kind, names]) => (names === null ? [] : [{ kind, names }]))
    .sort((a, b) => a.names.length - b.names.length)
  if (shortest === undefined) return null
  const none = new Set<string>()
  const names = new Set(shortest.names)
  return shortest.kind === 'required'
    ? { required: new Set([...required, ...names]), withheld: none }
    : { required: new Set(required), withheld: names }
}

/** Few names, one at least for each rival; null: there are none for some. */
function hittingSet(
  names: readonly string[],
  rivals: readonly Form[],
  hits: (rival: Form, name: string) => boolean,
): string[] | null {
  const chosen: string[] = []
  let left = rivals
  while (left.length > 0) {
    const counts = names.map((name) => left.filter((rival) => hits(rival, name)).length)
    const best = counts.indexOf(Math.max(...counts))
    const name = names[best]
    if (name === undefined || counts[best] === 0) return null
    chosen.push(name)
    left = left.filter((rival) => !hits(rival, name))
  }
  return chosen
}

const json = new Set(['pg_catalog.json', 'pg_catalog.jsonb'])

/** A body goes to an overload with named arguments first: of JSON its keys decide, of others whether none must be given. */
function isOnlyBody(type: string, others: readonly Form[]): boolean {
  return others.every((other) => {
    if (other.body !== null) return other.body !== type && !(json.has(other.body) && json.has(type))
    return !json.has(type) && (other.names.size === 0 || other.required.size > 0)
  })
}
