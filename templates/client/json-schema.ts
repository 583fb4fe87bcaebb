import { literal, typeKey } from './literals.js'

/** A check of the extension pg_jsonschema, or of a function of that name: the schema is its first argument. */
const schemaCheck = /\bjsonb?_matches_schema\(\s*(?:schema\s*=>\s*)?'((?:[^']|'')*)'/
const maximumDepth = 16

type JsonObject = { readonly [key: string]: unknown }

/** The TypeScript type of documents that a CHECK expression holds to a JSON Schema, or null where it does not. */
export function typeOfCheckedJson(check: string): string | null {
  const text = schemaCheck.exec(check)?.[1]?.replace(/''/g, "'")
  if (text === undefined) return null
  try {
    return typeOfSchema(JSON.parse(text), 0)
  } catch {
    // PostgreSQL takes a CHECK whose text is no JSON; it then fails at every row.
    return null
  }
}

/** What of JSON Schema (draft 2020-12) has a counterpart in TypeScript; the rest is `unknown`, never a wrong type. */
function typeOfSchema(schema: unknown, depth: number): string {
  if (!isObject(schema) || depth > maximumDepth) return 'unknown'
  if ('const' in schema) return literalType(schema.const)
  if (Array.isArray(schema.enum)) return union(schema.enum.map(literalType))
  const choices = schema.anyOf ?? schema.oneOf
  if (Array.isArray(choices)) return union(choices.map((choice) => typeOfSchema(choice, depth + 1)))
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeOfSchema({ ...schema, type }, depth + 1)))
  switch (schema.type) {
    case 'string':
      return 'string'
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'null':
      return 'null'
    case 'array':
      return `(${typeOfSchema(schema.items, depth + 1)})[]`
    case 'object':
      return objectType(schema, depth)
    default:
      return 'unknown'
  }
}

function objectType({ properties, required, additionalProperties }: JsonObject, depth: number): string {
  const known = isObject(properties) ? Object.entries(properties) : []
  const must = new Set(Array.isArray(required) ? required : [])
  const members = known.map(
    ([name, schema]) => `${typeKey(name)}${must.has(name) ? '' : '?'}: ${typeOfSchema(schema, depth + 1)}`,
  )
  const open = additionalProperties === false ? [] : ['[key: string]: unknown']
  const all = [...members, ...open]
  return all.length === 0 ? 'Record<string, never>' : `{ ${all.join('; ')} }`
}

function literalType(value: unknown): string {
  if (typeof value === 'string') return literal(value)
  return value === null || typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'unknown'
}

function union(types: readonly string[]): string {
  return types.length === 0 ? 'never' : [...new Set(types)].join(' | ')
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
