import type { Json } from './input.js'

/** PostgreSQL's types as OpenAPI 2.0 knows them; every other one is a string, or an array of such. */
const types: ReadonlyMap<string, string | null> = new Map([
  ['character varying', 'string'],
  ['character', 'string'],
  ['text', 'string'],
  ['boolean', 'boolean'],
  ['smallint', 'integer'],
  ['integer', 'integer'],
  ['bigint', 'integer'],
  ['numeric', 'number'],
  ['real', 'number'],
  ['double precision', 'number'],
  ['json', null],
  ['jsonb', null],
])

const formats: ReadonlyMap<string, string> = new Map([
  ['smallint', 'int32'],
  ['integer', 'int32'],
  ['bigint', 'int64'],
])

/** Null: anything. */
export function typeOf(sqlType: string): string | null {
  const known = types.get(sqlType)
  return known === undefined ? (sqlType.endsWith('[]') ? 'array' : 'string') : known
}

export function formatOf(sqlType: string): string {
  return formats.get(sqlType) ?? sqlType
}

/** Type and format of a value in a JSON body. */
export function bodyValue(sqlType: string): Json {
  const type = typeOf(sqlType)
  return {
    format: formatOf(sqlType),
    ...(type !== null && { type }),
    ...(type === 'array' && { items: optionalType(elementOf(sqlType)) }),
  }
}

/** Type and format of an argument in a URL, where arrays are literals and everything is at least text. */
export function urlValue(sqlType: string): Json {
  const type = typeOf(sqlType)
  return { format: formatOf(sqlType), type: type === null || type === 'array' ? 'string' : type }
}

/** A variadic argument in a URL: the parameter occurs once for each value. */
export function repeatedUrlValue(sqlType: string): Json {
  const element = elementOf(sqlType)
  return {
    type: typeOf(sqlType) ?? 'string',
    items: { ...optionalType(element), format: formatOf(element) },
    collectionFormat: 'multi',
  }
}

function optionalType(sqlType: string): Json {
  const type = typeOf(sqlType)
  return type === null ? {} : { type }
}

function elementOf(arrayType: string): string {
  return arrayType.slice(0, -2)
}

/** Without length, precision and scale. */
export function withoutModifier(sqlType: string): string {
  return sqlType.replace(/\(\d+(?:,-?\d+)?\)/, '')
}
