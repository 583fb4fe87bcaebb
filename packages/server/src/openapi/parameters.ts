import type { DescribedRelation } from './described.js'
import type { Json } from './input.js'

function preference(...values: readonly string[]): Json {
  return {
    name: 'Prefer',
    description: 'Preference',
    required: false,
    in: 'header',
    type: 'string',
    ...(values.length > 0 && { enum: values }),
  }
}

function text(name: string, description: string, place: 'query' | 'header', more: Json = {}): Json {
  return { name, description, required: false, in: place, type: 'string', ...more }
}

const returns = ['return=representation', 'return=minimal', 'return=none'] as const
const resolutions = ['resolution=ignore-duplicates', 'resolution=merge-duplicates'] as const
const pagination = 'Limiting and Pagination'

/** Parameters that operations share, by the name that they are referred to with. */
export const commonParameters: Json = {
  preferParams: preference(),
  preferReturn: preference(...returns),
  preferCount: preference('count=none'),
  preferPost: preference(...returns, ...resolutions),
  select: text('select', 'Filtering Columns', 'query'),
  on_conflict: text('on_conflict', 'On Conflict', 'query'),
  order: text('order', 'Ordering', 'query'),
  range: text('Range', pagination, 'header'),
  rangeUnit: text('Range-Unit', pagination, 'header', { default: 'items' }),
  offset: text('offset', pagination, 'query'),
  limit: text('limit', pagination, 'query'),
}

/** The body of writes to a relation, and a filter for each column. */
export function relationParameters({ cached, columns }: DescribedRelation): [string, Json][] {
  const { name } = cached
  const body = {
    name,
    description: name,
    required: false,
    in: 'body',
    schema: { $ref: `#/definitions/${name}` },
  }
  return [
    [bodyParameter(name), body],
    ...columns.map((column): [string, Json] => [
      filterParameter(name, column.name),
      {
        name: column.name,
        ...(column.comment !== null && { description: column.comment }),
        required: false,
        in: 'query',
        type: 'string',
      },
    ]),
  ]
}

export function bodyParameter(relation: string): string {
  return `body.${relation}`
}

export function filterParameter(relation: string, column: string): string {
  return `rowFilter.${relation}.${column}`
}

export function reference(parameter: string): Json {
  return { $ref: `#/parameters/${parameter}` }
}
