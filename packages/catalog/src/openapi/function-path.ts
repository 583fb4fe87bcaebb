import type { FunctionSurface, ReturnSurface } from '../surface/surface.js'
import { description, type Json, object } from './json.js'
import { errors, jsonContent, listOf, parameter, prefer, profile, reservedParameters } from './parts.js'
import type { ValueSchemas } from './value-schemas.js'

export interface FunctionContext {
  /** of one name and schema */
  readonly overloads: readonly FunctionSurface[]
  readonly name: string
  readonly values: ValueSchemas
  readonly isDefaultSchema: boolean
  readonly hasComments: boolean
}

const bodyTypes: Readonly<Record<string, string>> = {
  'pg_catalog.bytea': 'application/octet-stream',
  'pg_catalog.text': 'text/plain',
  'pg_catalog.xml': 'text/xml',
}

/** Calls of a function, of all of its overloads together. */
export function functionPath(context: FunctionContext): Json {
  const { overloads, name, hasComments } = context
  const [first] = overloads
  if (first === undefined) return {}
  const said = hasComments ? description(overloads.find(({ comment }) => comment !== null)?.comment ?? null) : {}
  const common = { tags: [`(rpc) ${first.name}`], ...said }
  const readable = overloads.filter(({ readOnly, bodyType }) => readOnly && bodyType === null)
  const rows = rowParameters(overloads)
  const profiled = (isWrite: boolean) => (context.isDefaultSchema ? [] : [profile(first.schema, isWrite)])
  return {
    ...(readable.length > 0 && {
      get: {
        ...common,
        operationId: `get${name}`,
        parameters: [...argumentParameters(readable), ...rows, ...profiled(false)],
        responses: answers(readable, context),
      },
    }),
    post: {
      ...common,
      operationId: `post${name}`,
      parameters: [...rows, prefer('tx=rollback'), ...profiled(true)],
      ...requestBody(context),
      responses: answers(overloads, context),
    },
  }
}

function requestBody({ overloads, values }: FunctionContext): Json {
  const schemas = overloads
    .filter(({ bodyType }) => bodyType === null)
    .map((overload) => argumentsSchema(overload, values))
  const [only] = schemas
  const content = object([
    ...(only === undefined
      ? []
      : [['application/json', { schema: schemas.length === 1 ? only : { anyOf: schemas } }] as const]),
    ...overloads.flatMap(({ bodyType }) =>
      bodyType === null
        ? []
        : [[bodyTypes[bodyType.type] ?? 'application/json', { schema: bodySchema(bodyType.type) }] as const],
    ),
  ])
  const needsBody = overloads.every(({ parameters, bodyType }) => bodyType !== null || parameters.some(({ required }) => required)) // biome-ignore format: a condition
  return { requestBody: { required: needsBody, content } }
}

const bodySchema = (type: string): Json =>
  type === 'pg_catalog.bytea' ? {} : bodyTypes[type] === undefined ? {} : { type: 'string' }

function argumentsSchema({ parameters, strict }: FunctionSurface, values: ValueSchemas): Json {
  const required = parameters.filter((one) => one.required).map((one) => one.name)
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    properties: object(
      parameters.map(({ name, type, refusesNull }) => [
        name,
        values.of(type, { nullable: !strict && !refusesNull, isWritten: true }),
      ]),
    ),
  }
}

/** Arguments in a URL are texts as PostgreSQL reads them. */
function argumentParameters(overloads: readonly FunctionSurface[]): Json[] {
  const names = [...new Set(overloads.flatMap(({ parameters }) => parameters.map(({ name }) => name)))]
  return names
    .filter((name) => !reservedParameters.has(name))
    .map((name) => {
      const isRequired = overloads.every(({ parameters }) =>
        parameters.some((one) => one.name === name && one.required),
      )
      const variadic = overloads.some(({ parameters }) => parameters.some((one) => one.name === name && one.variadic))
      const text: Json = { type: 'string' }
      return {
        name,
        in: 'query',
        ...(isRequired && { required: true }),
        schema: variadic ? { type: 'array', items: text } : text,
      }
    })
}

/** Of functions that return rows: what is done with these. */
function rowParameters(overloads: readonly FunctionSurface[]): Json[] {
  const returnsRows = overloads.some(({ returns }) => returns.kind === 'row' && returns.set)
  return returnsRows ? (['select', 'order', 'limit', 'offset'] as const).map(parameter) : []
}

function answers(overloads: readonly FunctionSurface[], { values }: FunctionContext): Json {
  const results = overloads.map(({ returns }) => resultSchema(returns, values)).filter((schema) => schema !== null)
  const schemas = [...new Map(results.map((schema) => [JSON.stringify(schema), schema])).values()]
  const [only] = schemas
  return {
    ...(only !== undefined && {
      200: { description: 'The result.', content: jsonContent(schemas.length === 1 ? only : { anyOf: schemas }) },
    }),
    ...(overloads.some(({ returns }) => returns.kind === 'void') && { 204: { description: 'Done.' } }),
    ...errors(true),
  }
}

function resultSchema(returns: ReturnSurface, values: ValueSchemas): Json | null {
  switch (returns.kind) {
    case 'void':
      return null
    case 'value': {
      const value = values.of(returns.type, { nullable: !returns.set })
      return returns.set ? listOf(value) : value
    }
    case 'row': {
      const row: Json = {
        type: 'object',
        required: returns.columns.map(({ name }) => name),
        properties: object(returns.columns.map(({ name, type, nullable }) => [name, values.of(type, { nullable })])),
      }
      return returns.set ? listOf(row) : { oneOf: [row, { type: 'null' }] }
    }
  }
}
