import type { Argument } from '@rolecast/catalog'
import type { CachedRoutine } from '../schema-cache/schema-cache.js'
import { type Json, type OpenApiInput, splitComment } from './input.js'
import { reference } from './parameters.js'
import { bodyValue, repeatedUrlValue, urlValue } from './value-types.js'

const produces = [
  'application/json',
  'application/vnd.pgrst.object+json;nulls=stripped',
  'application/vnd.pgrst.object+json',
]

interface Parameter {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly variadic: boolean
}

/** How a function is called. */
export function routinePath(cached: CachedRoutine, input: OpenApiInput): Json {
  const { name, routine } = cached
  const parameters = parametersOf(cached, input)
  const common = {
    tags: [`(rpc) ${name}`],
    ...splitComment(routine.comment),
    produces,
    responses: { 200: { description: 'OK' } },
  }
  const args = { name: 'args', required: true, in: 'body', schema: argumentsSchema(parameters, routine.comment) }
  const post = { ...common, parameters: [args, reference('preferParams')] }
  if (routine.volatility === 'volatile') return { post }
  return { get: { ...common, parameters: parameters.map(urlParameter) }, post }
}

function argumentsSchema(parameters: readonly Parameter[], comment: string | null): Json {
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name)
  return {
    ...(comment !== null && { description: comment }),
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, type }) => [name, bodyValue(type)])),
    ...(required.length > 0 && { required }),
  }
}

function urlParameter({ name, type, required, variadic }: Parameter): Json {
  return { name, required, in: 'query', ...(variadic ? repeatedUrlValue(type) : urlValue(type)) }
}

function parametersOf({ routine, parameters, schema }: CachedRoutine, { access }: OpenApiInput): Parameter[] {
  const inputs = routine.arguments.filter(({ mode }) => mode !== 'out' && mode !== 'table')
  return inputs.map((argument, index) => ({
    name: argument.name,
    type: access === null ? argument.type.formatted : unqualified(argument, schema),
    required: parameters[index]?.required ?? !argument.hasDefault,
    variadic: argument.mode === 'variadic',
  }))
}

/** Privileges are asked with the request's search path, in which types of the schema need no qualification. */
function unqualified({ type }: Argument, schema: string): string {
  return type.formatted.startsWith(`${schema}.`) ? type.formatted.slice(schema.length + 1) : type.formatted
}
