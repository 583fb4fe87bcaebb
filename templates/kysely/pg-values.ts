import type { TypeSurface, TypeUse } from '@rolecast/catalog'
import { nameKey, parseQualifiedName } from '../writing/qualified-name.js'
import { imported, type Source, source } from '../writing/source.js'
import { arrayOf } from '../writing/type-text.js'

/** What `pg` returns for a type, and what it takes for one. Without null. */
export interface PgValue {
  readonly read: Source
  readonly written: Source
  /** what an array of it is read as; without: `pg` has no parser for it, and returns PostgreSQL's text */
  readonly isParsedInArrays?: boolean
  /** what an array of it is read as, where its elements are read in another way there */
  readonly inArrays?: Source
}

const said = (text: string): Source => ({ text, uses: [] })

function value(read: string, written = read, rest: Partial<PgValue> = {}): PgValue {
  return { read: said(read), written: said(written), isParsedInArrays: true, ...rest }
}

const text: PgValue = { read: said('string'), written: said('string') }
const listed = value('string')
const moment = value('Date', 'Date | string')
const json: PgValue = {
  read: imported('Json'),
  written: source`string | ${imported('JsonObject')}`,
  isParsedInArrays: true,
}
const interval: PgValue = {
  read: imported('Interval'),
  written: source`string | ${imported('Interval')}`,
  isParsedInArrays: true,
}

/** Base types that `pg` parses, by name: the table of its package pg-types. All others are read as PostgreSQL's text. */
const parsed: ReadonlyMap<string, PgValue> = new Map([
  ...each(['int2', 'int4', 'oid', 'float4', 'float8'], value('number')),
  ['int8', value('string', 'string | number | bigint')],
  ['numeric', value('string', 'string | number', { inArrays: said('number') })],
  ['bool', value('boolean')],
  ...each(['date', 'timestamp', 'timestamptz'], moment),
  ['interval', interval],
  ['bytea', value('Buffer', 'Uint8Array')],
  ...each(['json', 'jsonb'], json),
  ['point', value('{ x: number; y: number }', 'string')],
  ['circle', { read: said('{ x: number; y: number; radius: number }'), written: said('string') }],
  ...each(['text', 'varchar', 'bpchar', 'uuid', 'inet', 'cidr', 'macaddr', 'money', 'time', 'timetz'], listed),
  ['numrange', listed],
  ['regproc', listed],
])

function each(names: readonly string[], one: PgValue): [string, PgValue][] {
  return names.map((name) => [name, one])
}

function listOf({ text: element, uses }: Source): Source {
  return { text: arrayOf(element), uses }
}

/** Domains over domains: PostgreSQL has no cycles, a catalog that lies may. */
const maximumDepth = 32

/** Maps the types of a surface to values of `pg`. */
export class PgValues {
  readonly #types: ReadonlyMap<string, TypeSurface>
  readonly #labels: ReadonlyMap<TypeSurface, string>
  readonly #overrides: Readonly<Record<string, string>>
  readonly #used = new Set<TypeSurface>()
  readonly #known = new Map<string, PgValue>()

  /** `labels`: what the type of an enum's labels is called in the file. */
  constructor(
    types: readonly TypeSurface[],
    labels: ReadonlyMap<TypeSurface, string>,
    overrides: Readonly<Record<string, string>> = {},
  ) {
    this.#types = new Map(types.map((type) => [nameKey(type.schema, type.name), type]))
    this.#labels = labels
    this.#overrides = overrides
  }

  /** `key`: `schema.relation.column`, which the configuration may give a type. */
  of(use: TypeUse, key: string): PgValue {
    // a schema has few types for its many columns
    const name = use.array ? `${use.type}[]` : use.type
    const found = this.#known.get(name) ?? this.#resolve(use, 0)
    this.#known.set(name, found)
    return Object.hasOwn(this.#overrides, key) ? { ...found, read: said(this.#overrides[key] ?? '') } : found
  }

  /** Whether an enum was asked for. */
  isUsed(type: TypeSurface): boolean {
    return this.#used.has(type)
  }

  #resolve(use: TypeUse, depth: number): PgValue {
    const element = this.#element(use, depth)
    if (!use.array) return element
    const items = listOf(element.written)
    if (element.isParsedInArrays !== true) return { read: said('string'), written: source`string | ${items}` }
    return { read: listOf(element.inArrays ?? element.read), written: items }
  }

  #element(use: TypeUse, depth: number): PgValue {
    const [schema, name] = parseQualifiedName(use.type)
    const override = `${schema}.${name}`
    if (Object.hasOwn(this.#overrides, override)) return { ...text, read: said(this.#overrides[override] ?? '') }
    const known = schema === 'pg_catalog' ? parsed.get(name) : undefined
    const named = this.#types.get(nameKey(schema, name))
    if (known !== undefined || named === undefined) return known ?? text
    this.#used.add(named)
    if (named.kind === 'domain' && depth <= maximumDepth) {
      // A column of a domain is described as one of its base type; an array of the domain is not.
      const { read, written } = this.#resolve(named.base, depth + 1)
      return { read, written }
    }
    if (named.kind !== 'enum') return text
    const labels = said(this.#labels.get(named) ?? 'string')
    return { read: labels, written: labels }
  }
}
