import type { DescribedRelation } from './described.js'
import { type Json, splitComment } from './input.js'
import { bodyParameter, filterParameter, reference } from './parameters.js'

const pageParameters = ['select', 'order', 'range', 'rangeUnit', 'offset', 'limit', 'preferCount']

/** What can be done with a relation. */
export function relationPath({ cached, columns }: DescribedRelation): Json {
  const { name, relation } = cached
  const common = { tags: [name], ...splitComment(relation.comment) }
  const filters = columns.map((column) => filterParameter(name, column.name))
  const operation = (parameters: readonly string[], responses: Json) => ({
    ...common,
    parameters: parameters.map(reference),
    responses,
  })
  const rows = { type: 'array', items: { $ref: `#/definitions/${name}` } }
  const get = operation([...filters, ...pageParameters], {
    200: { description: 'OK', schema: rows },
    206: { description: 'Partial Content' },
  })
  const { updatable } = relation
  if (!updatable.insert && !updatable.update && !updatable.delete) return { get }
  const noContent = { 204: { description: 'No Content' } }
  const body = bodyParameter(name)
  return {
    get,
    post: operation([body, 'select', 'preferPost'], { 201: { description: 'Created' } }),
    patch: operation([...filters, body, 'preferReturn'], noContent),
    delete: operation([...filters, 'preferReturn'], noContent),
  }
}
