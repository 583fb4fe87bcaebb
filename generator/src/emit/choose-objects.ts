import { patternOf } from '@rolecast/audit'
import type { Catalog, RelationSurface, Surface } from '@rolecast/catalog'
import { UsageError } from '../errors.js'

/** Which relations and functions are generated: patterns over `schema.name`, in which `*` stands for any characters. */
export interface Choice {
  /** taken in, whatever else leaves them out */
  readonly include?: readonly string[] | undefined
  readonly exclude?: readonly string[] | undefined
}

export interface Chosen {
  readonly surface: Surface
  /** what is left out of it because an extension owns it: how many, by extension */
  readonly ofExtensions: ReadonlyMap<string, number>
  /** all that is left out, by `schema.name` */
  readonly left: ReadonlySet<string>
}

/**
 * Leaves out what a project does not want: what an extension owns, and what `exclude` names, unless `include` names it.
 *
 * @throws UsageError for a pattern that nothing in the exposed schemas fits
 */
export function chooserOf(catalog: Catalog, schemas: readonly string[], choice: Choice): (surface: Surface) => Chosen {
  const objects = [...catalog.relations, ...catalog.routines].filter(({ schema }) => schemas.includes(schema))
  const names = new Set(objects.map(nameOf))
  for (const option of ['include', 'exclude'] as const) {
    const stray = choice[option]?.find((pattern) => ![...names].some(fits([pattern])))
    if (stray !== undefined) throw new UsageError(`${option}: nothing in ${schemas.join(', ')} fits ${stray}.`)
  }
  const [included, excluded] = [fits(choice.include ?? []), fits(choice.exclude ?? [])]
  const owners = new Map(objects.map((object) => [keyOf(object), object.extension]))
  const ownerOf = (object: Thing) => owners.get(keyOf(object)) ?? null
  const isWanted = (object: Thing) =>
    included(nameOf(object)) || (ownerOf(object) === null && !excluded(nameOf(object)))

  return (surface) => {
    const left = [...surface.relations, ...surface.functions].filter((object) => !isWanted(object))
    const ofExtensions = new Map<string, number>()
    for (const owner of left.map(ownerOf))
      if (owner !== null) ofExtensions.set(owner, (ofExtensions.get(owner) ?? 0) + 1)
    return {
      surface: left.length === 0 ? surface : without(surface, isWanted),
      ofExtensions,
      left: new Set(left.map(nameOf)),
    }
  }
}

type Thing = { readonly schema: string; readonly name: string } & (
  | { readonly arguments?: string }
  | { readonly identityArguments?: string }
)

const nameOf = ({ schema, name }: { readonly schema: string; readonly name: string }) => `${schema}.${name}`

/** Overloads of a function may belong to different extensions, or to none. */
function keyOf(object: object & { readonly schema: string; readonly name: string }): string {
  const { arguments: listed, identityArguments } = object as { arguments?: unknown; identityArguments?: unknown }
  return JSON.stringify([object.schema, object.name, identityArguments ?? listed ?? null])
}

function fits(patterns: readonly string[]): (name: string) => boolean {
  const expressions = patterns.map(patternOf)
  return (name) => expressions.some((expression) => expression.test(name))
}

/** A surface without some of its relations and functions, and without what leads to them. */
function without(surface: Surface, isWanted: (object: Thing) => boolean): Surface {
  const relations = surface.relations.filter(isWanted)
  const present = new Set(relations.map(nameOf))
  const functions = surface.functions.filter(isWanted)
  const gone = new Set(surface.functions.filter((each) => !isWanted(each)).map(nameOf))
  const reduced = (relation: RelationSurface): RelationSurface => ({
    ...relation,
    computed: relation.computed.filter(({ name }) => !gone.has(nameOf({ schema: relation.schema, name }))),
    relationships: relation.relationships.filter(
      ({ kind, target, junction, request }) =>
        present.has(nameOf(target)) &&
        (junction === null || present.has(nameOf(junction))) &&
        !(kind === 'computed' && gone.has(nameOf({ schema: relation.schema, name: request }))),
    ),
  })
  return {
    ...surface,
    relations: relations.map(reduced),
    functions: functions.map((each) => {
      const { returns } = each
      const isLost = returns.kind === 'row' && returns.relation !== null && !present.has(nameOf(returns.relation))
      return isLost ? { ...each, returns: { ...returns, relation: null } } : each
    }),
  }
}
