import type { QualifiedName, TypeUse } from '../model/catalog.js'
import { splitQualifiedName } from '../postgres/names.js'
import type { TypeSurface } from '../surface/surface.js'
import { description, type Json, object } from './json.js'

const text: Json = { type: 'string' }

/** PostgreSQL's types in JSON; every other one is text. */
const schemas: Readonly<Record<string, Json>> = {
  int2: { type: 'integer', format: 'int32', minimum: -32768, maximum: 32767 },
  int4: { type: 'integer', format: 'int32', minimum: -2147483648, maximum: 2147483647 },
  int8: { type: 'integer', format: 'int64' },
  numeric: { type: 'number' },
  float4: { type: 'number', format: 'float' },
  float8: { type: 'number', format: 'double' },
  bool: { type: 'boolean' },
  json: {},
  jsonb: {},
  record: { type: 'object' },
  date: { type: 'string', format: 'date' },
  timestamptz: { type: 'string', format: 'date-time' },
  timestamp: text,
  uuid: { type: 'string', format: 'uuid' },
  int2vector: { type: 'array', items: { type: 'integer' } },
  oidvector: { type: 'array', items: text },
}

/** Types whose digits JSON's numbers may lose, so that they can be written as texts. */
const exact: ReadonlySet<string> = new Set(['int8', 'numeric'])

/** Base types of extensions that are JSON in rows. */
const documents: ReadonlySet<string> = new Set(['hstore', 'geometry', 'geography'])

/** JSON Schemas of values. */
export class ValueSchemas {
  readonly #components: ReadonlyMap<QualifiedName, string>
  readonly #hasComments: boolean

  /** @param names of components, by the types' qualified names */
  constructor(names: ReadonlyMap<QualifiedName, string>, hasComments: boolean) {
    this.#components = names
    this.#hasComments = hasComments
  }

  /** @param isWritten in a body: numbers of many digits may be texts there */
  of(
    use: TypeUse,
    { nullable, isWritten = false }: { readonly nullable: boolean; readonly isWritten?: boolean },
  ): Json {
    const element = this.#element(use, isWritten)
    return use.array ? orNull({ type: 'array', items: element }, nullable) : orNull(element, nullable)
  }

  /** Of a type that has a component. */
  component(type: TypeSurface): Json {
    const said = this.#hasComments ? description(type.comment) : {}
    switch (type.kind) {
      case 'enum':
        return { ...said, type: 'string', enum: type.labels }
      case 'domain':
        return { ...said, ...this.of(type.base, { nullable: false }) }
      case 'composite':
        return {
          ...said,
          type: 'object',
          properties: object(
            type.attributes.map(({ name, type: use, refusesNull }) => [name, this.of(use, { nullable: !refusesNull })]),
          ),
        }
      default:
        return { ...said, ...text }
    }
  }

  #element(use: TypeUse, isWritten: boolean): Json {
    const component = this.#components.get(use.type)
    if (component !== undefined) return { $ref: `#/components/schemas/${component}` }
    const { schema, name } = splitQualifiedName(use.type)
    if (schema !== 'pg_catalog') return documents.has(name) ? {} : text
    const [, length] = /^character(?: varying)?\((\d+)\)/.exec(use.formatted) ?? []
    if (length !== undefined) return { type: 'string', maxLength: Number(length) }
    const found = Object.hasOwn(schemas, name) ? schemas[name] : undefined
    return isWritten && found && exact.has(name) ? { ...found, type: [found.type, 'string'] } : (found ?? text)
  }
}

function orNull(schema: Json, nullable: boolean): Json {
  if (!nullable) return schema
  if (schema.$ref !== undefined) return { oneOf: [schema, { type: 'null' }] }
  if (schema.type === undefined) return schema
  return { ...schema, type: [...[schema.type].flat(), 'null'] }
}
