import type { TypeUse } from '@rolecast/catalog'
import { literal } from '../writing/literals.js'
import type { BaseTypes } from './base-types.js'
import type { Helper } from './helpers.js'
import type { ZodOptions } from './options.js'

/** The dates and times that PostgreSQL prints, and those of ISO 8601 that it reads. */
const day = '\\\\d{4,6}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\\\d|3[01])'
const clock = '(?:[01]\\\\d|2[0-4]):[0-5]\\\\d(?::[0-5]\\\\d(?:\\\\.\\\\d+)?|:60)?'
const zone = '(?:Z|[+-]\\\\d\\\\d(?::?[0-5]\\\\d){0,2})'
const era = '(?: BC)?'

const formats: Readonly<Record<string, readonly [pattern: string, message: string]>> = {
  date: [`^(?:-?infinity|${day}${era})$`, 'Expected a date: 2020-12-31'],
  timestamp: [
    `^(?:-?infinity|${day}(?:[T ]${clock})?${zone}?${era})$`,
    'Expected a date and time: 2020-12-31T23:59:59',
  ],
  timestamptz: [
    `^(?:-?infinity|${day}(?:[T ]${clock})?${zone}?${era})$`,
    'Expected a date, time and offset: 2020-12-31T23:59:59Z',
  ],
  time: [`^${clock}$`, 'Expected a time: 23:59:59'],
  timetz: [`^${clock}${zone}?$`, 'Expected a time with an offset: 23:59:59+00'],
  uuid: ['^\\\\{?[0-9a-f]{4}(?:-?[0-9a-f]{4}){7}\\\\}?$', 'Expected a UUID'],
  bit: ['^[01]*$', 'Expected bits: 0101'],
  varbit: ['^[01]*$', 'Expected bits: 0101'],
  range: ['^\\\\s*(?:empty|[[(].*[\\\\])])\\\\s*$', 'Expected a range: [1,5)'],
  multirange: ['^\\\\s*\\\\{.*\\\\}\\\\s*$', 'Expected ranges: {[1,5)}'],
}

const bounds: Readonly<Record<string, readonly [number, number]>> = {
  int2: [-32768, 32767],
  int4: [-2147483648, 2147483647],
}

/** Schemas of values, without null. Those that many columns share are declared once. */
export class ValueSchemas {
  readonly helpers = new Set<Helper>()
  readonly #shared = new Map<string, string>()
  readonly #types: BaseTypes
  readonly #names: ReadonlyMap<string, string>
  readonly #options: ZodOptions

  /** @param names of the schemas of enums, domains and composites, by the types' qualified names */
  constructor(types: BaseTypes, names: ReadonlyMap<string, string>, options: ZodOptions) {
    this.#types = types
    this.#names = names
    this.#options = options
  }

  /** Declarations of what columns share. */
  get declarations(): readonly string[] {
    return [...this.#shared].map(([name, schema]) => `const ${name} = ${schema}\n`)
  }

  /** Arrays may have null in them; those that are written have none, as in the client's types. */
  of(use: TypeUse, isWritten = false): string {
    const element = this.#names.get(use.type) ?? this.#base(use)
    if (!use.array) return element
    return `z.array(${isWritten ? element : `z.nullable(${element})`})`
  }

  #base(use: TypeUse): string {
    const { name, modifiers } = this.#types.of({ ...use, array: false })
    const [first, second = 0] = modifiers
    const range = bounds[name]
    const format = /^(?:int[48]|num|ts|tstz|date)(multi)?range$/.exec(name)
    if (range !== undefined) return this.#share(`${name}Value`, `z.int().check(z.gte(${range[0]}), z.lte(${range[1]}))`)
    const form = format === null ? name : format[1] === undefined ? 'range' : 'multirange'
    const pattern = formats[form]
    if (pattern !== undefined) return this.#share(`${form}Value`, matching(...pattern))
    switch (name) {
      case 'bool':
        return 'z.boolean()'
      case 'float4':
      case 'float8':
        return this.#share(
          'floatValue',
          "z.union([z.number(), z.literal(['NaN', 'Infinity', '-Infinity'])], { error: 'Expected a number' })",
        )
      case 'int8':
        return this.#int8()
      case 'numeric':
        return this.#numeric(first, second)
      case 'varchar':
        return first === undefined ? 'z.string()' : this.#limited(first)
      case 'bpchar':
        return this.#limited(first ?? 1)
      case 'json':
      case 'jsonb':
      case 'record':
      case 'composite':
        return 'z.json()'
      case 'int2vector':
        return 'z.array(z.int())'
      case 'oidvector':
        return 'z.array(z.string())'
      case 'other':
        return /\.(?:hstore|geometry|geography)$/.test(use.type) ? 'z.json()' : 'z.string()'
      default:
        return 'z.string()'
    }
  }

  #int8(): string {
    const text = matching('^\\\\s*[+-]?\\\\d+\\\\s*$', 'Expected an integer')
    const limits = ['-9223372036854775808', '9223372036854775807']
    const test = `test(numbers(value, '${limits[0]}'), '>=') !== false && test(numbers(value, '${limits[1]}'), '<=') !== false`
    this.#uses('numbers', 'test')
    return this.#share('int8Value', exact('z.int()', text, this.#options.types?.int8, `${test}`, 'bigint out of range'))
  }

  #numeric(precision: number | undefined, scale: number): string {
    const text = matching(
      '^(?:[+-]?(?:\\\\d+\\\\.?\\\\d*|\\\\.\\\\d+)(?:e[+-]?\\\\d{1,4})?|NaN|-?Infinity)$',
      'Expected a number',
    )
    const plain = this.#share('numericValue', exact('z.number()', text, this.#options.types?.numeric))
    if (precision === undefined) return plain
    this.#uses('fits')
    const name = `numeric${precision}_${String(scale).replace('-', 'm')}`
    const message = `Too large for numeric(${precision},${scale})`
    return this.#share(
      name,
      `${plain}.check(z.refine((value) => fits(value, ${precision}, ${scale}), { error: ${literal(message)} }))`,
    )
  }

  #limited(length: number): string {
    this.#uses('fitsLength')
    const message = `Longer than ${length} characters`
    return this.#share(
      `text${length}`,
      `z.string().check(z.refine((value) => fitsLength(value, ${length}), { error: '${message}' }))`,
    )
  }

  #uses(...helpers: Helper[]): void {
    for (const helper of helpers) this.helpers.add(helper)
  }

  #share(name: string, schema: string): string {
    this.#shared.set(name, schema)
    return name
  }
}

function matching(pattern: string, message: string): string {
  return `z.string().check(z.regex(new RegExp('${pattern}', 'i'), { error: ${literal(message)} }))`
}

/** Takes numbers and texts, and gives one of these. */
function exact(number: string, text: string, form: 'string' | 'number' = 'string', test?: string, error = ''): string {
  const pipe = `z.pipe(z.union([${number}, ${text}], { error: 'Expected a number' }), z.transform(${form === 'string' ? 'String' : 'Number'}))`
  return test === undefined ? pipe : `${pipe}.check(z.refine((value) => ${test}, { error: ${literal(error)} }))`
}
