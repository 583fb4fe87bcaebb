import { literal, typeKey } from '../writing/literals.js'
import { optionalMember } from '../writing/optional-member.js'

/** What a hostile schema may not exceed: how deep it is nested, and how many parts of it are looked at. */
const maximumDepth = 16
const maximumParts = 1000

type JsonObject = { readonly [key: string]: unknown }

/**
 * The TypeScript type of the documents that a JSON Schema (draft 2020-12 and those before) lets through, or null where
 * the text is none or says nothing of them. What has no counterpart in TypeScript is `unknown` or left out, so the type
 * may let more through than the schema, never less.
 */
export function typeOfJsonSchema(text: string): string | null {
  let schema: unknown
  try {
    schema = JSON.parse(text)
  } catch {
    return null // PostgreSQL takes a CHECK whose text is no schema; it then fails at every row
  }
  const type = new SchemaTypes(schema).typeOf(schema)
  return type === 'unknown' ? null : type
}

class SchemaTypes {
  readonly #root: unknown
  /** schemas whose types are being written: one that leads back to them never ends */
  readonly #open = new Set<unknown>()
  /** before draft 2019-09 a reference stands for all that is beside it */
  readonly #onlyReference: boolean
  #parts = 0

  constructor(root: unknown) {
    this.#root = root
    this.#onlyReference = isObject(root) && /\bdraft-0\d\b/.test(String(root.$schema))
  }

  /** `inherited`: the `type` of the schema that this one stands in as an alternative. */
  typeOf(schema: unknown, depth = 0, inherited?: unknown): string {
    this.#parts += 1
    if (schema === false) return 'never'
    if (!isObject(schema) || this.#open.has(schema)) return 'unknown'
    if (depth > maximumDepth || this.#parts > maximumParts) return 'unknown'
    this.#open.add(schema)
    const type = this.#fullType(schema, depth, schema.type ?? inherited)
    this.#open.delete(schema)
    return type
  }

  #fullType(schema: JsonObject, depth: number, type: unknown): string {
    const { $ref, anyOf, oneOf, allOf } = schema
    const referred = typeof $ref === 'string' ? this.typeOf(this.#find($ref), depth + 1, type) : 'unknown'
    if ($ref !== undefined && this.#onlyReference) return referred
    const alternatives = [anyOf, oneOf].map((choices) =>
      Array.isArray(choices) ? union(choices.map((choice) => this.typeOf(choice, depth + 1, type))) : 'unknown',
    )
    const all = Array.isArray(allOf) ? allOf.map((part) => this.typeOf(part, depth + 1, type)) : []
    return intersection([this.#ownType(schema, type, depth), referred, ...all, ...alternatives])
  }

  #ownType(schema: JsonObject, type: unknown, depth: number): string {
    if (Object.hasOwn(schema, 'const')) return literalType(schema.const)
    if (Array.isArray(schema.enum)) return union(schema.enum.map((value) => literalType(value)))
    if (Array.isArray(type)) return union(type.map((one) => this.#ownType(schema, one, depth)))
    if (type === 'array') return this.#arrayType(schema, depth)
    if (type === 'object') return this.#objectType(schema, depth)
    return typeof type === 'string' ? (plainTypes.get(type) ?? 'unknown') : 'unknown'
  }

  #arrayType({ items, prefixItems, minItems, maxItems, additionalItems }: JsonObject, depth: number): string {
    const first = Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : null
    if (first === null) return arrayOf(this.typeOf(items, depth + 1))
    const ends = items === false || additionalItems === false || maxItems === first.length
    if (!ends || minItems !== first.length) return 'unknown[]'
    return `[${first.map((item) => this.typeOf(item, depth + 1)).join(', ')}]`
  }

  #objectType(schema: JsonObject, depth: number): string {
    const { properties, patternProperties, additionalProperties, required } = schema
    const known = new Map(isObject(properties) ? Object.entries(properties) : [])
    const must = new Set(Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [])
    for (const name of must) if (!known.has(name)) known.set(name, true)
    const members = [...known].map(([name, property]) => {
      const type = this.typeOf(property, depth + 1)
      return must.has(name) ? `${typeKey(name)}: ${type}` : optionalMember(name, type)
    })
    const isClosed = additionalProperties === false && !isObject(patternProperties)
    if (isClosed) return members.length === 0 ? 'Record<string, never>' : `{ ${members.join('; ')} }`
    // An index signature holds for the known properties too, so beside these it can only say unknown.
    const isMap = known.size === 0 && !isObject(patternProperties) && additionalProperties !== undefined
    const others = isMap ? this.typeOf(additionalProperties, depth + 1) : 'unknown'
    return `{ ${[...members, `[key: string]: ${others}`].join('; ')} }`
  }

  /** What `#`, or `#/$defs/name`, leads to; a schema elsewhere is not looked up. */
  #find(reference: string): unknown {
    if (!reference.startsWith('#')) return true
    const keys = reference.slice(1).split('/').slice(1)
    return keys.reduce<unknown>((found, key) => {
      const name = key.replaceAll('~1', '/').replaceAll('~0', '~')
      return isObject(found) && Object.hasOwn(found, name) ? found[name] : true
    }, this.#root)
  }
}

const plainTypes = new Map([
  ['string', 'string'],
  ['integer', 'number'],
  ['number', 'number'],
  ['boolean', 'boolean'],
  ['null', 'null'],
])

function literalType(value: unknown, depth = 0): string {
  if (depth > maximumDepth) return 'unknown'
  if (typeof value === 'string') return literal(value)
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'number'
  if (Array.isArray(value)) return `[${value.map((item) => literalType(item, depth + 1)).join(', ')}]`
  if (!isObject(value)) return String(value)
  const members = Object.entries(value).map(([name, inner]) => `${typeKey(name)}: ${literalType(inner, depth + 1)}`)
  return members.length === 0 ? 'Record<string, never>' : `{ ${members.join('; ')} }`
}

function union(types: readonly string[]): string {
  const different = [...new Set(types)].filter((type) => type !== 'never')
  if (different.includes('unknown')) return 'unknown'
  return different.length === 0 ? 'never' : different.join(' | ')
}

function intersection(types: readonly string[]): string {
  const different = [...new Set(types)].filter((type) => type !== 'unknown')
  if (different.length === 0) return 'unknown'
  return different.length === 1 ? (different[0] ?? '') : different.map(grouped).join(' & ')
}

function arrayOf(type: string): string {
  return `${grouped(type)}[]`
}

const grouped = (type: string): string => (/^\w+(?:\[\])*$/.test(type) ? type : `(${type})`)

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
