import {
  type Catalog,
  type RelationSurface,
  type RoleFacts,
  type Surface,
  surfaceOf,
  withFacts,
} from '@rolecast/catalog'

interface Generated {
  readonly schemas: readonly string[]
  readonly extraSearchPath?: readonly string[] | undefined
  readonly facts?: Readonly<Record<string, RoleFacts>> | undefined
}

const verbs = ['select', 'insert', 'update', 'delete'] as const

/** A role's surface by what is known of its requests, with a line about what that leaves out. */
export function factsOn(
  catalog: Catalog,
  role: string,
  { facts, ...options }: Generated,
): { readonly surface: Surface; readonly remarks: readonly string[] } {
  const before = surfaceOf(catalog, role, options)
  const known = facts !== undefined && Object.hasOwn(facts, role) ? facts[role] : undefined
  if (known === undefined) return { surface: before, remarks: [] }
  const { catalog: after, shut } = withFacts(catalog, known)
  if (shut.length === 0) return { surface: before, remarks: [] }
  const surface = surfaceOf(after, role, options)
  const left = surface.relations.map((relation) => lostBy(relation, before)).filter((line) => line !== null)
  const given = Object.entries(known.claims).map(([claim, value]) => `${claim} is ${JSON.stringify(value)}`)
  return { surface, remarks: left.length === 0 ? [] : [`no row passes where ${given.join(', ')}: ${left.join('; ')}`] }
}

/** `public.posts insert, update`; null where nothing is lost. */
function lostBy({ schema, name, verdicts }: RelationSurface, before: Surface): string | null {
  const was = before.relations.find((relation) => relation.schema === schema && relation.name === name)?.verdicts
  const lost = verbs.filter((verb) => isUseful(was?.[verb]) && !isUseful(verdicts[verb]))
  return lost.length === 0 ? null : `${schema}.${name} ${lost.join(', ')}`
}

const isUseful = (verdict: RelationSurface['verdicts']['select'] | undefined) =>
  verdict !== undefined && verdict !== 'never' && verdict !== 'zero-rows'
