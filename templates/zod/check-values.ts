import type { CheckExpression } from '@rolecast/catalog'

export type Comparison = 'text' | 'padded' | 'label' | 'number' | 'boolean' | 'date' | 'timestamp' | 'timestamptz'

/** A value: `as` says how it is compared, null if not at all. `literal`: it is that text, or that number. */
export interface Value {
  readonly code: string
  readonly as: Comparison | null
  readonly literal?: string
  /** of a type of JSON, or an array */
  readonly form?: 'json' | 'array'
  readonly isInteger?: boolean
}

export const comparisons: Readonly<Record<string, Comparison>> = {
  ...Object.fromEntries(['text', 'varchar', 'name', 'character varying'].map((name) => [name, 'text'])),
  ...Object.fromEntries(['int2', 'int4', 'int8', 'numeric', 'smallint', 'integer', 'bigint'].map((name) => [name, 'number'])), // biome-ignore format: a table
  float8: 'number',
  'double precision': 'number',
  bpchar: 'padded',
  character: 'padded',
  bool: 'boolean',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
  'timestamp without time zone': 'timestamp',
  timestamptz: 'timestamptz',
  'timestamp with time zone': 'timestamptz',
  enum: 'label',
}

export const negated: Readonly<Record<string, string>> = { '=': '<>', '<>': '=' }
export const patternOperators: Readonly<Record<string, { readonly like: boolean; readonly ignoresCase: boolean }>> = {
  '~': { like: false, ignoresCase: false },
  '~*': { like: false, ignoresCase: true },
  '~~': { like: true, ignoresCase: false },
  '~~*': { like: true, ignoresCase: true },
}

/** Undefined: values of this type are not compared here. Types of a schema are the enums that columns have. */
export function kindOf(type: string): Comparison | undefined {
  if (type.includes('.')) return 'label'
  return comparisons[type.replace(/\(.*\)/, '')]
}

/** Casts that may change a value: to fewer characters or digits. */
export function isLossy(type: string, { isInteger = false }: Value): boolean {
  return type.includes('(') || (/^(?:smallint|integer|bigint)$/.test(type) && !isInteger)
}

/** The items of a list, each with the casts of the whole. */
export function itemsOf(list: CheckExpression): readonly CheckExpression[] | null {
  if (list.kind === 'list') return list.items
  if (list.kind === 'cast' && list.type.endsWith('[]')) {
    const type = list.type.slice(0, -2)
    return itemsOf(list.operand)?.map((operand) => ({ kind: 'cast', type, operand })) ?? null
  }
  if (list.kind !== 'constant' || list.value === null || !list.type?.endsWith('[]')) return null
  const type = list.type.slice(0, -2)
  const plain = /^\{((?:[^{}",\\\s]+(?:,|(?=\})))*)\}$/.exec(list.value)?.[1]
  if (plain === undefined || /(?:^|,)null(?:,|$)/i.test(plain)) return null
  return plain.split(',').map((value) => ({ kind: 'constant', value, type }))
}

export const escapeLike = (text: string) => `${text.replaceAll(/[\\%_]/g, '\\$&')}%`
