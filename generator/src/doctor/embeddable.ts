import { type Catalog, qualifiedName, type Relationship, relationshipsOf, splitQualifiedName } from '@rolecast/catalog'
import type { ApiAnswer } from '../ask/ask.js'

/** No relationship, and several of them. */
const refusals: ReadonlySet<string> = new Set(['PGRST200', 'PGRST201'])

/**
 * What the relation of a refused embed could embed, one sentence; null for any other refusal. A foreign key is named where
 * several lead to the same relation, since the request must then say which.
 *
 * @param schema the one that the request is about
 */
export function embeddable({ code, message }: ApiAnswer, catalog: Catalog, schema: string): string | null {
  if (!refusals.has(code ?? '')) return null
  const source = sourceIn(message ?? '', catalog, schema)
  if (source === null) return null
  const found = relationshipsOf(catalog, [schema]).filter((item) => item.source === qualifiedName(schema, source))
  const names = [...new Set(found.map((item) => spelling(item, found)))].sort()
  return names.length === 0
    ? `${source} has no relationship: a foreign key between the two would make one.`
    : `${source} can embed: ${names.join(', ')}.`
}

/** The first relation that the message quotes: the one that embeds. */
function sourceIn(message: string, catalog: Catalog, schema: string): string | null {
  const places = catalog.relations
    .filter((relation) => relation.schema === schema)
    .map(({ name }) => ({ name, at: message.indexOf(`'${name}'`) }))
    .filter(({ at }) => at !== -1)
    .sort((a, b) => a.at - b.at)
  return places[0]?.name ?? null
}

/** As a request writes it: `lines`, or `lines!lines_order_id_fkey`. */
function spelling(relationship: Relationship, all: readonly Relationship[]): string {
  const { name } = splitQualifiedName(relationship.target)
  const { computed } = relationship
  if (computed !== null) return relationship.name
  const isAmbiguous = all.filter(({ target }) => target === relationship.target).length > 1
  const hint =
    relationship.junction === null ? relationship.name : splitQualifiedName(relationship.junction.relation).name
  return isAmbiguous ? `${name}!${hint}` : name
}
