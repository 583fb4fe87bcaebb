import type { OperatorSurface, Surface, TypeSurface, TypeUse } from '@rolecast/catalog'
import type { ColumnKind } from '@rolecast/client'
import { nameKey, parseQualifiedName, withSchemas } from '../writing/qualified-name.js'
import type { Source } from '../writing/source.js'
import { arrayOf, orNull } from '../writing/type-text.js'
import { type Abilities, abilitiesOf } from './abilities.js'
import { filterType, isRange, type Resolved, takesDates } from './filter-type.js'
import type { ClientOptions } from './options.js'
import { type RuntimeType, runtimeType } from './runtime-names.js'
import { ofExtensions, type Scalar, scalarTypes, unknownScalar, unlikeRanges } from './scalars.js'

/** A PostgreSQL type as TypeScript sees it where it is used. Without null. */
export interface ColumnType {
  /** in rows */
  readonly type: string
  /** in writes and arguments */
  readonly input: string
  /** what `type` and `input` name of the runtime */
  readonly uses: readonly RuntimeType[]
  /** in filters */
  readonly filter: Source
  /** how the runtime must read it */
  readonly kind: ColumnKind | null
  /** what it is below all domains: a base type's name, or `enum`, `composite`, `range`, `array`; `list`: of what has no order */
  readonly base: string
  /** what PostgreSQL does with its values beyond comparing them */
  readonly abilities: Abilities
}

export interface NamedType {
  readonly surface: TypeSurface
  readonly typeName: string
  /** a composite that is the row of a relation */
  readonly isRow?: boolean
}

/** Values that the runtime makes of their text: bigints and Dates. */
export type MadeKind = 'b' | 'd'

/** Domains over domains: PostgreSQL has no cycles, a catalog that lies may. */
const maximumDepth = 32

/** Maps the types of a surface, given the names that its enums, domains and composites have in the output. */
export class ColumnTypes {
  readonly #scalars: ReadonlyMap<string, Scalar>
  readonly #named: ReadonlyMap<string, NamedType>
  readonly #overrides: Readonly<Record<string, string>>
  readonly #hasOverrides: boolean
  readonly #schemas: ReadonlySet<string>
  readonly #operators: Surface['operators']
  readonly #used = new Set<NamedType>()
  readonly #made = new Set<MadeKind>()

  constructor(
    named: readonly NamedType[],
    { schemas, operators }: Pick<Surface, 'schemas' | 'operators'>,
    options: ClientOptions,
  ) {
    this.#operators = operators
    this.#schemas = new Set(schemas.map(({ name }) => name))
    this.#scalars = scalarTypes(options)
    this.#named = new Map(named.map((type) => [nameKey(type.surface.schema, type.surface.name), type]))
    this.#overrides = options.overrides ?? {}
    this.#hasOverrides = Object.keys(this.#overrides).length > 0
  }

  /** The kinds of values that JSON does not have, among all types that were asked for. */
  get made(): ReadonlySet<MadeKind> {
    return this.#made
  }

  /**
   * `override`: `schema.relation.column`, looked up in the configuration. `document`: the type of the column's documents,
   * if that is known.
   */
  of(use: TypeUse, override?: string, document?: string): ColumnType {
    const resolved = this.#resolve(use, 0)
    const overridden = override === undefined ? undefined : this.#override(override)
    const said = overridden ?? document
    const type = said ?? resolved.type
    const kind = overridden === undefined ? resolved.kind : kindAs(overridden, resolved.kind, resolved.base)
    if (kind === 'b' || kind === 'B') this.#made.add('b')
    if (kind === 'd' || kind === 'D') this.#made.add('d')
    const input = said ?? resolved.input
    const filter = filterType(resolved, type, said !== undefined)
    const uses = said === undefined ? resolved.uses : []
    return { type, input, uses, filter, kind, base: resolved.base, abilities: resolved.abilities }
  }

  /** Whether it was asked for, or is a part of what was. */
  isUsed(type: NamedType): boolean {
    return this.#used.has(type)
  }

  /** A type, or a function's arguments, as PostgreSQL prints them, without schemas that the role may not see. */
  shown(formatted: string): string {
    return withSchemas(formatted, this.#schemas)
  }

  /** Whether the configuration says the type of `schema.relation.column` or `schema.type`. */
  isOverridden(key: string): boolean {
    return this.#override(key) !== undefined
  }

  #override(key: string): string | undefined {
    if (!this.#hasOverrides) return undefined
    return Object.hasOwn(this.#overrides, key) ? this.#overrides[key] : undefined
  }

  #resolve(use: TypeUse, depth: number): Resolved {
    const element = this.#element(use, depth)
    if (!use.array) return element
    const kind = (element.kind === null ? null : arrayKinds[element.kind]) ?? 'a'
    const { type, input, uses, filter } = element
    const compared = isRange(filter) ? undefined : element.compared
    const base = element.abilities.ordered ? 'array' : 'list'
    return {
      type: arrayOf(type),
      input: arrayOf(input),
      uses,
      filter: incomparable.has(filter) || !element.abilities.ordered ? 'none' : 'array',
      element: { text: compared ?? (takesDates(element) ? input : type), uses },
      kind,
      base,
      abilities: abilitiesOf(base),
    }
  }

  #element(use: TypeUse, depth: number): Resolved {
    const [schema, name] = parseQualifiedName(use.type)
    const override = this.#override(`${schema}.${name}`)
    const named = this.#named.get(nameKey(schema, name))
    if (named === undefined || depth > maximumDepth) {
      const operators = this.#operators[use.type]
      const known = schema === 'pg_catalog' || ofExtensions.has(name) ? this.#scalars.get(name) : undefined
      const scalar = known ?? unknownScalar
      if (operators !== undefined && !(known && hasOwnOperators.has(name))) {
        return {
          ...plain(name, override ?? scalar.type, comparedBy(operators), override ?? scalar.input),
          ...(scalar.type !== 'string' && { compared: 'string' }),
          abilities: {
            ordered: operators.isOrdered,
            ranked: operators.isRanked,
            summed: operators.isSummed,
          },
        }
      }
      if (scalar.subtype !== undefined && isRange(scalar.filter)) {
        const subtype = { type: `pg_catalog.${scalar.subtype}`, formatted: scalar.subtype, array: false }
        return this.#range(scalar.filter, this.#element(subtype, depth), override)
      }
      const kind = scalar.kind ?? null
      return {
        ...plain(name, override ?? scalar.type, scalar.filter, override ?? scalar.input),
        kind: override === undefined ? kind : kindAs(override, kind, name),
      }
    }
    const { surface, typeName } = named
    this.#used.add(named)
    switch (surface.kind) {
      case 'domain': {
        const base = this.#resolve(surface.base, depth + 1)
        const type = override ?? typeName
        const input = base.input === base.type ? type : base.input
        return { ...base, type, input, uses: [] }
      }
      case 'enum':
        return plain('enum', override ?? typeName, 'compare')
      case 'composite': {
        const parts = surface.attributes.map(({ type }) => this.#resolve(type, depth + 1))
        const base = parts.every((part) => part.abilities.ordered) ? 'composite' : 'list'
        const type = override ?? typeName
        return { ...plain(base, type, 'parts', hasInput(named) && !override ? `${type}Input` : type), kind: 'j' }
      }
      case 'range':
      case 'multirange':
        return this.#range(surface.kind, this.#resolve(surface.subtype, depth + 1), override)
    }
  }

  /** Text, in rows and in what is sent; conditions also look for one value of the subtype, where it can be told from a range. */
  #range(filter: 'range' | 'multirange', subtype: Resolved, override: string | undefined): Resolved {
    const name = filter === 'range' ? 'RangeText' : 'MultirangeText'
    return {
      ...plain('range', override ?? name, filter),
      ...(override === undefined && { uses: [name], element: runtimeType(name) }),
      compared: unlikeRanges.has(subtype.base) ? subtype.input : 'never',
      kind: filter === 'range' ? 'r' : 'R',
    }
  }

  /**
   * The value of an attribute: what is inside a composite is JSON's own, numbers with the digits that these have, and
   * timestamps as text. `isOther`: than as a column.
   */
  insideJson(use: TypeUse): Pick<ColumnType, 'type' | 'input' | 'uses'> & { readonly isOther: boolean } {
    const { type, input, uses, kind } = this.#resolve(use, 0)
    const [inside, given] = (kind === null ? undefined : insideJson[kind]) ?? []
    return { type: inside ?? type, input: given ?? input, uses, isOther: inside !== undefined }
  }
}

/** What arrays cannot be compared of: PostgreSQL has no equality for it, or the API no text of it. */
const incomparable: ReadonlySet<Resolved['filter']> = new Set(['none', 'parts', 'text-parts', 'array', 'equal'])

const arrayKinds: Readonly<Partial<Record<ColumnKind, ColumnKind>>> = { t: 'T', b: 'B', d: 'D' }

/** As it is read inside of JSON, and what can be given there. */
const insideJson: Readonly<Partial<Record<ColumnKind, readonly [type: string, input: string]>>> = {
  t: ['number', 'number | string'],
  b: ['number', 'number | string | bigint'],
  d: ['string', 'string | Date'],
  T: ['number[]', '(number | string)[]'],
  B: ['number[]', '(number | string | bigint)[]'],
  D: ['string[]', '(string | Date)[]'],
}

/** Whether writes take another form of a composite than rows have: rows of a relation are as they are read. */
export function hasInput({ surface, isRow }: NamedType): boolean {
  return surface.kind === 'composite' && !isRow && surface.attributes.length > 0
}

/** An override decides how digits travel, too, and whether a moment becomes a Date. */
function kindAs(override: string, kind: ColumnKind | null, base: string): ColumnKind | null {
  if (base === 'timestamptz') return override === 'Date' ? 'd' : null
  if (kind !== 't' && kind !== 'b' && kind !== 'n') return kind
  if (override === 'number') return 'n'
  return override === 'bigint' ? 'b' : 't'
}

function plain(base: string, type: string, filter: Scalar['filter'], input = type): Resolved {
  return {
    type,
    input,
    uses: [],
    filter,
    element: { text: type, uses: [] },
    kind: null,
    base,
    abilities: abilitiesOf(base),
  }
}

/** Extensions' types whose operators are more than those of comparisons: as PostgreSQL's own of that kind. */
const hasOwnOperators: ReadonlySet<string> = new Set(['citext', 'hstore'])

function comparedBy({ comparing }: OperatorSurface): Scalar['filter'] {
  const has = (...names: string[]) => names.every((name) => comparing.includes(name))
  if (!has('=', '<>')) return 'none'
  return has('<', '<=', '>', '>=') ? 'compare' : 'equal'
}

/** What can be given for a value. JSON of any form may be null: of what refuses null that is taken away. */
export function inputOf(
  { input, base, uses }: ColumnType,
  { nullable, refusesNull }: { readonly nullable: boolean; readonly refusesNull: boolean },
): Source {
  const isJson = base === 'json' || base === 'jsonb'
  return { text: refusesNull && isJson ? `NonNullable<${input}>` : orNull(input, nullable), uses }
}

/** A value in rows. */
export function inRows({ type, uses }: Pick<ColumnType, 'type' | 'uses'>, nullable = false): Source {
  return { text: orNull(type, nullable), uses }
}
