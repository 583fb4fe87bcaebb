import type { OperatorSurface, Surface, TypeSurface, TypeUse } from '@rolecast/catalog'
import type { ColumnKind } from '@rolecast/client'
import { nameKey, parseQualifiedName, withSchemas } from '../writing/qualified-name.js'
import { type Source, source } from '../writing/source.js'
import { arrayOf, orNull } from '../writing/type-text.js'
import { type Abilities, abilitiesOf } from './abilities.js'
import type { ClientOptions } from './options.js'
import { runtimeType } from './runtime-names.js'
import { ofExtensions, rangeScalar, type Scalar, scalarTypes, unknownScalar } from './scalars.js'

/** A PostgreSQL type as TypeScript sees it where it is used. Without null. */
export interface ColumnType {
  /** in rows */
  readonly type: string
  /** in writes and arguments */
  readonly input: string
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
}

interface Resolved {
  readonly type: string
  readonly input: string
  readonly filter: Scalar['filter'] | 'array'
  /** what conditions compare with, if not values as rows have them */
  readonly compared?: string
  readonly element: string
  readonly kind: ColumnKind | null
  readonly base: string
  readonly abilities: Abilities
}

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
  #hasBigints = false

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

  /** Whether any type that was asked for is a bigint. */
  get hasBigints(): boolean {
    return this.#hasBigints
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
    const kind = overridden === undefined ? resolved.kind : kindAs(overridden, resolved.kind)
    this.#hasBigints ||= kind === 'b' || kind === 'B'
    const input = said ?? resolved.input
    const filter = filterType(resolved, type, said !== undefined)
    return { type, input, filter, kind, base: resolved.base, abilities: resolved.abilities }
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
    const { type, input, filter } = element
    const base = element.abilities.ordered ? 'array' : 'list'
    return {
      type: arrayOf(type),
      input: arrayOf(input),
      filter: incomparable.has(filter) || !element.abilities.ordered ? 'none' : 'array',
      element: element.compared ?? (takesDates(element) ? input : type),
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
      const kind = scalar.kind ?? null
      return {
        ...plain(name, override ?? scalar.type, scalar.filter, override ?? scalar.input),
        kind: override === undefined ? kind : kindAs(override, kind),
      }
    }
    const { surface, typeName } = named
    this.#used.add(named)
    switch (surface.kind) {
      case 'domain': {
        const base = this.#resolve(surface.base, depth + 1)
        const type = override ?? typeName
        const input = base.input === base.type ? type : base.input
        return { ...base, type, input }
      }
      case 'enum':
        return plain('enum', override ?? typeName, 'compare')
      case 'composite': {
        const parts = surface.attributes.map(({ type }) => this.#resolve(type, depth + 1))
        const base = parts.every((part) => part.abilities.ordered) ? 'composite' : 'list'
        return { ...plain(base, override ?? typeName, 'parts'), kind: 'j' }
      }
      case 'range':
      case 'multirange':
        return plain('range', override ?? rangeScalar.type, rangeScalar.filter)
    }
  }

  /** The value of an attribute: inside a composite nothing can be cast, so numbers are JSON's, with the digits these have. */
  insideJson(use: TypeUse): { readonly type: string; readonly isRounded: boolean } {
    const { type, kind } = this.of(use)
    if (kind === 't' || kind === 'b') return { type: 'number', isRounded: true }
    return kind === 'T' || kind === 'B' ? { type: 'number[]', isRounded: true } : { type, isRounded: false }
  }
}

/** What arrays cannot be compared of: PostgreSQL has no equality for it, or the API no text of it. */
const incomparable: ReadonlySet<Resolved['filter']> = new Set(['none', 'parts', 'text-parts', 'array', 'equal'])

const arrayKinds: Readonly<Partial<Record<ColumnKind, ColumnKind>>> = { t: 'T', b: 'B' }

/** An override decides how digits travel, too. */
function kindAs(override: string, kind: ColumnKind | null): ColumnKind | null {
  if (kind !== 't' && kind !== 'b' && kind !== 'n') return kind
  if (override === 'number') return 'n'
  return override === 'bigint' ? 'b' : 't'
}

function plain(base: string, type: string, filter: Scalar['filter'], input = type): Resolved {
  return { type, input, filter, element: type, kind: null, base, abilities: abilitiesOf(base) }
}

/** Extensions' types whose operators are more than those of comparisons: as PostgreSQL's own of that kind. */
const hasOwnOperators: ReadonlySet<string> = new Set(['citext', 'hstore'])

function comparedBy({ comparing }: OperatorSurface): Scalar['filter'] {
  const has = (...names: string[]) => names.every((name) => comparing.includes(name))
  if (!has('=', '<>')) return 'none'
  return has('<', '<=', '>', '>=') ? 'compare' : 'equal'
}

function takesDates({ input }: Pick<Resolved, 'input'>): boolean {
  return input.endsWith(' | Date')
}

/** `isSaid`: the configuration, or a JSON Schema, says the type. */
function filterType({ filter, element, input, compared }: Resolved, type: string, isSaid: boolean): Source {
  switch (filter) {
    case 'compare':
      return source`${runtimeType('Filter')}<${compared ?? (takesDates({ input }) && !isSaid ? input : type)}>`
    case 'equal':
      return source`${runtimeType('EqualityFilter')}<${compared ?? type}>`
    case 'text':
      return runtimeType('TextFilter')
    case 'boolean':
      return runtimeType('BooleanFilter')
    case 'json':
      return runtimeType('JsonFilter')
    case 'parts':
      return runtimeType('PartsFilter')
    case 'text-parts':
      return runtimeType('TextPartsFilter')
    case 'range':
      return runtimeType('RangeFilter')
    case 'search':
      return runtimeType('SearchFilter')
    case 'array':
      return source`${runtimeType('ArrayFilter')}<${element}>`
    case 'none':
      return runtimeType('NullFilter')
  }
}

/** What can be given for a value. JSON of any form may be null: of what refuses null that is taken away. */
export function inputOf(
  { input, base }: ColumnType,
  { nullable, refusesNull }: { readonly nullable: boolean; readonly refusesNull: boolean },
): string {
  return refusesNull && (base === 'json' || base === 'jsonb') ? `NonNullable<${input}>` : orNull(input, nullable)
}
