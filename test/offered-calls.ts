import type { RelationSurface, Surface } from '@rolecast/catalog'

/** One request to the API. */
export interface Call {
  readonly method: string
  readonly schema: string
  readonly path: string
  readonly body?: unknown
}

/** A name in a query string: quoted, as any character may be in it. */
const name = (text: string) => encodeURIComponent(/^\w+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`)
const names = (list: readonly string[]) => list.map(name).join(',')

/** Relations with very many relationships would take very many calls. */
const embedsOfOneCall = 8

/**
 * Everything that a relation's surface offers to read: every column, every filter, the relationships some at a time. Rows do not matter.
 *
 * @param mostEmbeds relationships to ask of the relation; of more, every so many
 */
export function* offeredReads(
  surface: Surface,
  relation: RelationSurface,
  mostEmbeds = Number.POSITIVE_INFINITY,
): Generator<Call> {
  const { schema } = relation
  if (relation.select.length === 0) return
  const [first = ''] = relation.select
  const path = encodeURIComponent(relation.name)
  const get = (query: string): Call => ({ method: 'GET', schema, path: `${path}?limit=1&${query}` })
  yield get(`select=${names(relation.select)}`)
  if (relation.filter.length > 0) {
    yield get(`select=${name(first)}&${relation.filter.map((column) => `${name(column)}=is.null`).join('&')}`)
  }
  const stride = Math.max(1, Math.ceil(relation.relationships.length / mostEmbeds))
  const asked = relation.relationships.filter((_, index) => index % stride === 0)
  const embeds = asked.flatMap(({ request, hint, target }) => {
    const other = surface.relations.find((each) => each.schema === target.schema && each.name === target.name)
    if (other === undefined || other.select.length === 0) return []
    return [`${name(request)}${hint === null ? '' : `!${name(hint)}`}(${names(other.select)})`]
  })
  for (let start = 0; start < embeds.length; start += embedsOfOneCall) {
    const together = embeds.slice(start, start + embedsOfOneCall)
    yield get(`select=${together.map((embed, index) => `x${index}:${embed}`).join(',')}`)
  }
  for (const computed of relation.computed) yield get(`select=${name(computed.name)}`)
}

/** Everything that a relation's surface offers to write, one call each, of no row: privileges are checked all the same. */
export function* offeredWrites(relation: RelationSurface): Generator<Call> {
  const { schema } = relation
  const path = encodeURIComponent(relation.name)
  const [filtered] = relation.filter
  const none = filtered === undefined ? '' : `?${name(filtered)}=is.null&${name(filtered)}=not.is.null`
  for (const column of relation.update) {
    if (filtered !== undefined) yield { method: 'PATCH', schema, path: path + none, body: { [column]: null } }
  }
  if (relation.delete && filtered !== undefined) yield { method: 'DELETE', schema, path: path + none }
  if (relation.insert.length > 0) {
    yield { method: 'POST', schema, path: `${path}?columns=${names(relation.insert)}`, body: [] }
  }
}
