import type { Json } from './json.js'

/** Query parameters of the API itself: a column of such a name cannot be filtered by it. */
export const reservedParameters: ReadonlySet<string> = new Set(
  'select order limit offset columns on_conflict and or not.and not.or'.split(' '),
)

const query = (name: string, description: string, schema: Json = { type: 'string' }): Json => ({
  name,
  in: 'query',
  description,
  schema,
})

/** Parameters that operations share, by their component's name. */
export const parameters = {
  select: query('select', 'Columns, and other relations in parentheses: `id,total,lines(qty)`.'),
  order: query('order', 'Columns to sort by: `created_at.desc,id`.'),
  limit: query('limit', 'The number of rows at most.', { type: 'integer', minimum: 0 }),
  offset: query('offset', 'The number of rows to leave out first.', { type: 'integer', minimum: 0 }),
  and: query('and', 'Conditions that all hold: `(a.gt.1,b.eq.2)`.'),
  or: query('or', 'Conditions of which one holds: `(a.gt.1,b.eq.2)`.'),
  columns: query('columns', 'The columns to write; other keys of the body are left out.'),
  onConflict: query('on_conflict', 'The columns of the key that an upsert goes by.'),
} as const satisfies Record<string, Json>

export type SharedParameter = keyof typeof parameters

export const parameter = (name: SharedParameter): Json => ({ $ref: `#/components/parameters/${name}` })

/** `Prefer`, with what it may say here. Several are separated by commas. */
export function prefer(...values: readonly string[]): Json {
  return {
    name: 'Prefer',
    in: 'header',
    description: `Any of these, separated by commas: ${values.map((value) => `\`${value}\``).join(', ')}.`,
    schema: { type: 'string' },
  }
}

/** The schema of the database, where it is not the API's default. */
export function profile(schema: string, isWrite: boolean): Json {
  return {
    name: isWrite ? 'Content-Profile' : 'Accept-Profile',
    in: 'header',
    required: true,
    description: 'The schema of the database.',
    schema: { type: 'string', enum: [schema] },
  }
}

/** What an error says. */
export const errorSchema: Json = {
  type: 'object',
  required: ['code', 'message', 'details', 'hint'],
  properties: {
    code: { type: 'string', description: 'An SQLSTATE of PostgreSQL, or a code that begins with PGRST.' },
    message: { type: 'string' },
    details: { type: ['string', 'null'] },
    hint: { type: ['string', 'null'] },
  },
}

const problem = (description: string): Json => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
})

/** Responses that operations share. */
export const responses: Json = {
  BadRequest: problem('The request cannot be understood, or its values do not fit.'),
  Unauthorized: problem('There is no token, or it is not valid.'),
  Forbidden: problem('The role may not do this, or row-level security refuses the row.'),
  Conflict: problem('A key is taken, or a row that is referred to is not there.'),
  Error: problem('Another error.'),
}

export function errors(isWrite: boolean): Json {
  const response = (name: string) => ({ $ref: `#/components/responses/${name}` })
  return {
    400: response('BadRequest'),
    401: response('Unauthorized'),
    403: response('Forbidden'),
    ...(isWrite && { 409: response('Conflict') }),
    default: response('Error'),
  }
}

/** Rows as JSON: with other forms beside it, clients that are made of the document would not know which one comes. */
export function jsonContent(schema: Json): Json {
  return { 'application/json': { schema } }
}

export const listOf = (row: Json): Json => ({ type: 'array', items: row })

export const contentRange: Json = {
  'Content-Range': { description: 'Which rows these are, and of how many: `0-19/57`.', schema: { type: 'string' } },
}
