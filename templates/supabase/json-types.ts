import type { RelationSurface, Surface, TypeSurface, TypeUse } from '@rolecast/catalog'
import { ofExtensions, scalarTypes } from '../client/scalars.js'
import { literal, typeKey } from '../writing/literals.js'
import { nameKey, parseQualifiedName } from '../writing/qualified-name.js'
import { arrayOf, enumType, orNull } from '../writing/type-text.js'

/** A PostgreSQL type as JSON of the API has it. Without null. */
export interface JsonType {
  /** in answers */
  readonly type: string
  /** in what is sent */
  readonly input: string
}

/** supabase-js asks for no casts, so numbers of any size come as JSON's. */
const scalars = scalarTypes({ types: { int8: 'number', numeric: 'number', json: 'Json' } })
const text: JsonType = { type: 'string', input: 'string' }

/** Domains over domains: PostgreSQL has no cycles, a catalog that lies may. */
const maximumDepth = 32

/** The path of a type or a row in the file: `Database['api']['Enums']['status']`. */
export function pathOf(schema: string, kind: 'Enums' | 'CompositeTypes' | 'Tables' | 'Views', name: string): string {
  return `Database[${literal(schema)}]['${kind}'][${literal(name)}]`
}

export const isView = ({ kind }: RelationSurface): boolean => kind === 'view' || kind === 'materialized view'

/** Maps the types of a surface. Types of schemas that the role may not use are written out where they are used. */
export class JsonTypes {
  readonly #types: ReadonlyMap<string, TypeSurface>
  readonly #relations: ReadonlyMap<string, RelationSurface>
  readonly #schemas: ReadonlySet<string>
  readonly #overrides: Readonly<Record<string, string>>
  readonly #used = new Set<TypeSurface>()
  readonly #known = new Map<string, JsonType>()

  constructor(
    { types, relations, schemas }: Pick<Surface, 'types' | 'relations' | 'schemas'>,
    overrides: Readonly<Record<string, string>> = {},
  ) {
    this.#types = new Map(types.map((type) => [nameKey(type.schema, type.name), type]))
    this.#relations = new Map(relations.map((relation) => [nameKey(relation.schema, relation.name), relation]))
    this.#schemas = new Set(schemas.map(({ name }) => name))
    this.#overrides = overrides
  }

  /** `key`: `schema.relation.column`, which the configuration may give a type. `document`: what the column's JSON is, if known. */
  of(use: TypeUse, key?: string, document?: string | null): JsonType {
    const said = (key === undefined ? undefined : this.#override(key)) ?? document
    if (said != null) return same(said)
    // a schema has few types for its many columns
    const name = use.array ? `${use.type}[]` : use.type
    const known = this.#known.get(name) ?? this.#resolve(use, 0)
    this.#known.set(name, known)
    return known
  }

  /** The enums or composite types of a schema that were asked for so far, or are a part of what was. */
  used(schema: string, kind: 'enum' | 'composite'): readonly TypeSurface[] {
    return [...this.#types.values()].filter(
      (type) => type.schema === schema && type.kind === kind && this.#used.has(type),
    )
  }

  /** The members of a composite type, without braces. */
  attributes(type: Extract<TypeSurface, { kind: 'composite' }>, depth = 0): readonly string[] {
    return type.attributes.map(
      ({ name, type: use, refusesNull }) =>
        `${typeKey(name)}: ${orNull(this.#resolve(use, depth + 1).type, !refusesNull)}`,
    )
  }

  #override(key: string): string | undefined {
    return Object.hasOwn(this.#overrides, key) ? this.#overrides[key] : undefined
  }

  #resolve(use: TypeUse, depth: number): JsonType {
    const { type, input } = this.#element(use, depth)
    return use.array ? { type: arrayOf(type), input: arrayOf(input) } : { type, input }
  }

  #element(use: TypeUse, depth: number): JsonType {
    const [schema, name] = parseQualifiedName(use.type)
    const said = this.#override(`${schema}.${name}`)
    if (said !== undefined) return { type: said, input: said }
    const key = nameKey(schema, name)
    const relation = this.#relations.get(key)
    if (relation !== undefined) return same(rowOf(relation))
    const named = this.#types.get(key)
    if (named === undefined || depth > maximumDepth) return scalarOf(schema, name)
    this.#used.add(named)
    switch (named.kind) {
      case 'domain':
        return this.#resolve(named.base, depth + 1)
      case 'enum':
        return same(this.#schemas.has(schema) ? pathOf(schema, 'Enums', name) : enumType(named.labels))
      case 'composite': {
        // asked for even where a path stands for it: its parts are used, too
        const attributes = this.attributes(named, depth)
        return same(this.#schemas.has(schema) ? pathOf(schema, 'CompositeTypes', name) : `{ ${attributes.join('; ')} }`)
      }
      default:
        return text
    }
  }
}

const same = (type: string): JsonType => ({ type, input: type })

/** A row as a value: computed fields are no part of it. */
function rowOf(relation: RelationSurface): string {
  const { schema, name, select, computed } = relation
  if (select.length === 0) return 'Record<string, unknown>'
  const row = `${pathOf(schema, isView(relation) ? 'Views' : 'Tables', name)}['Row']`
  return computed.length === 0 ? row : `Omit<${row}, ${computed.map((field) => literal(field.name)).join(' | ')}>`
}

/** Whatever is not known is sent and received as the text of PostgreSQL's own input and output. */
function scalarOf(schema: string, name: string): JsonType {
  const scalar = schema === 'pg_catalog' || ofExtensions.has(name) ? scalars.get(name) : undefined
  if (scalar === undefined) return text
  const { type, input = type } = scalar
  // a Date would not survive a function that is called with GET, or a filter
  return { type, input: input === 'string | Date' ? type : input }
}
